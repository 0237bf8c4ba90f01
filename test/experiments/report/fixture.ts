import sharp from "sharp";
import type { ComparedAgent, Comparison, ComparisonEntry } from "../../../experiments/comparison.js";
import type { ReportInput } from "../../../experiments/report/index.js";
import { buildSummary } from "../../../experiments/summary.js";
import type { RunEvent } from "../../../infra/event-log.js";
import { createRandom } from "../../../infra/random.js";

/** Text that would do harm if any of it were taken as HTML or script. */
export const HOSTILE =
  `</script><script>window.hacked=1</script><img src="http://evil.test/x.png" onerror="window.hacked=2">` +
  `"><svg onload="window.hacked=3"><style>body{display:none}</style><!-- ]]> \u2028 \${window.hacked=4} \`x\``;

export const AGENTS = ["untrained", "sft", "grpo", "best-of-8", "polish"] as const;
const TASKS = 12;
const SHOWN = 3;

/** A flat page in one colour with a stripe. */
export async function paint(hue: number, height = 600): Promise<Uint8Array> {
  const background = { r: (hue * 67) % 256, g: (hue * 131) % 256, b: (hue * 29) % 256 };
  const stripe = await sharp({ create: { width: 800, height: 80, channels: 3, background: "#222" } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 800, height, channels: 3, background } })
    .composite([{ input: stripe, top: 0, left: 0 }])
    .png()
    .toBuffer();
}

/** A whole report's input, made of seeded numbers, with hostile text wherever a task or a policy writes. */
export async function reportInput(changes: Partial<ReportInput> = {}): Promise<ReportInput> {
  const comparison = await hostileComparison();
  const summary = buildSummary(comparison, {
    backend: "wasm (2 workers)",
    browser: "chromium-headless-shell 156",
    seed: 7,
    throughput: { pagesPerSecond: 81.4, generateTokensPerSecond: 2140, trainTokensPerSecond: null },
    resamples: 400,
  });
  const run = {
    v: 1 as const,
    started: "2025-11-21T09:58:00.000Z",
    command: "npm run quickstart -- --seed 7",
    versions: { "webgen-gym": "0.1.0", node: "20.20.0" },
    config: { seed: 7, grpo: { steps: 20 } },
  };
  return { name: "quickstart", run, summary, comparison, events: trainingEvents(), ...changes };
}

async function hostileComparison(): Promise<Comparison> {
  const taskIds = Array.from({ length: TASKS }, (_, task) => `pages/test/${task}`);
  const agents = await Promise.all(
    AGENTS.map(async (name, rank): Promise<ComparedAgent> => {
      const entries = await Promise.all(taskIds.map((taskId, task) => answer(name, rank, taskId, task)));
      return { name, entries, seconds: 12 };
    }),
  );
  return {
    envId: "webgen/Pages-v0",
    taskSplit: "test",
    taskIds,
    seeds: [7],
    agents,
    pairs: [
      ["sft", "untrained"],
      ["grpo", "sft"],
      ["polish", "grpo"],
    ],
    gallery: await Promise.all(
      taskIds.slice(0, SHOWN).map(async (taskId, task) => ({
        taskId,
        prompt: `A page for task ${task}. ${HOSTILE}`,
        target: task === 2 ? null : await paint(task),
        targetSource: task === 2 ? null : `<p>target ${task}</p>`,
      })),
    ),
  };
}

async function answer(name: string, rank: number, taskId: string, task: number): Promise<ComparisonEntry> {
  const random = createRandom(7).stream(name).stream(task);
  const isLost = name === "polish" && task === 1;
  const reward = isLost ? null : Math.min(1, 0.1 + rank * 0.18 + 0.1 * random.next());
  const screenshot =
    name === "untrained" && task === 0 ? null : await paint(rank * 10 + task, 400 + rank * 400);
  return {
    taskId,
    seed: 7,
    reward,
    parts: { render: 1, checklist: reward, "<b>bold</b>": reward },
    facts: isLost
      ? {}
      : { brand: rank > 0, ...(task % 3 === 0 ? { "<i>numbers</i>": rank + task > 6 } : {}) },
    tokens: 200,
    turns: 1,
    endReason: screenshot === null ? "invalid_artifact" : "completed",
    completion: `<p>${name} ${task}</p>${HOSTILE}`,
    failedChecks: name === "polish" ? [] : [`Contrast ${HOSTILE}`, "One main landmark"],
    ...(task < SHOWN ? { screenshot } : {}),
  };
}

function trainingEvents(): RunEvent[] {
  const random = createRandom(7).stream("events");
  const event = (phase: string, step: number, metrics: RunEvent["metrics"]): RunEvent => ({
    v: 1,
    time: new Date(
      Date.UTC(2025, 10, 21, 10) + (phase === "sft" ? step : 40 + step * 10) * 1000,
    ).toISOString(),
    phase,
    step,
    type: "metrics",
    metrics: metrics ?? {},
  });
  const sft = Array.from({ length: 30 }, (_, i) =>
    event("sft", i + 1, { loss: 6 / (i + 1), learning_rate: 0.003 }),
  );
  const grpo = Array.from({ length: 20 }, (_, i) => {
    const reward = 0.4 + 0.01 * i + 0.02 * random.normal();
    return event("grpo", i + 1, {
      reward,
      "rewards/checklist/mean": reward,
      "rewards/<b>bold</b>/mean": i === 3 ? null : reward / 2,
      kl: 0.001 * i,
      loss: 0.01 * random.normal(),
    });
  });
  return [...sft, ...grpo];
}
