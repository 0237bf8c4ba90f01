import { Command } from "commander";
import { createRenderer, makeVector, type Split } from "../../index.js";
import { describeCache } from "../../infra/cache.js";
import { UsageError } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { createProgress } from "../../infra/progress.js";
import { openRun } from "../../infra/run-folder.js";
import { compareAgents } from "../compare.js";
import { createComparisonStore } from "../comparison-store.js";
import { AGENT_GRAMMAR, parseContestant } from "../contestants.js";
import { writeReport } from "../report/index.js";
import { buildSummary } from "../summary.js";
import { formatSummary } from "../summary-file.js";
import { formatTable } from "../table.js";
import { throughputOf } from "../throughput.js";
import { onInterrupt } from "./interrupt.js";
import { parseWhole, parseWholeList, print, printJson } from "./options.js";

interface CompareFlags {
  readonly env: string;
  readonly levels?: number[];
  readonly split: Split;
  readonly tasks: number;
  readonly seeds: number[];
  readonly temperature: number;
  readonly maxTokens: number;
  readonly out: string;
  readonly json?: boolean;
}

export function compareCommand(): Command {
  return new Command("compare")
    .description("Let agents answer the same held-out tasks, and compare them with paired intervals.")
    .argument("<agents...>", "the agents, see below")
    .option("--env <id>", "environment id", "webgen/Pages-v0")
    .option("--levels <list>", "difficulty levels, e.g. 1,2,3", parseWholeList("--levels"))
    .option("--split <name>", "train, validation or test", parseSplit, "test")
    .option("--tasks <n>", "how many tasks, the first of the split", parseWhole("--tasks", 1), 64)
    .option("--seeds <list>", "sampling seeds, e.g. 1,2,3", parseWholeList("--seeds"), [1])
    .option("--temperature <t>", "sampling temperature, 0 is greedy", Number, 1)
    .option("--max-tokens <n>", "tokens an answer may have", parseWhole("--max-tokens", 1), 256)
    .option(
      "--out <folder>",
      "run folder for report.html and summary.json; the same folder resumes",
      "runs/compare",
    )
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      `
${AGENT_GRAMMAR}

Examples:
  webgen compare reference checkpoint:runs/quickstart/checkpoints/grpo
  webgen compare sft=checkpoint:runs/q/checkpoints/sft best=best-of-8:checkpoint:runs/q/checkpoints/sft --seeds 1,2,3
  OPENAI_API_KEY=... webgen compare remote:gpt-5 polish-4:remote:gpt-5 --tasks 16 --max-tokens 8000`,
    )
    .action(async (agents: string[], flags: CompareFlags) => {
      onInterrupt(`Stopped. The same command goes on where ${flags.out} left off.`);
      const { temperature, maxTokens } = flags;
      const contestants = agents.map((text) => parseContestant(text, { temperature, maxTokens }));
      const names = contestants.map(({ name }) => name);
      const twice = names.find((name, i) => names.indexOf(name) !== i);
      if (twice !== undefined)
        throw new UsageError(`Two agents are called "${twice}". Name them: first=..., second=...`);
      const summary = await compareInto(contestants, agents, flags);
      if (flags.json) printJson(summary);
      else print(`\n${formatTable(summary)}\n\nLook at ${flags.out}/report.html`);
    });
}

async function compareInto(
  contestants: ReturnType<typeof parseContestant>[],
  agents: readonly string[],
  flags: CompareFlags,
) {
  const { env, split, tasks: count, seeds, out, levels } = flags;
  const progress = createProgress({ plan: ["Compare"] });
  const command = `webgen compare ${agents.join(" ")} --tasks ${count} --seeds ${seeds.join(",")} --out ${out}`;
  const run = openRun(out, JSON.parse(JSON.stringify({ ...flags, agents })) as JsonObject, { command });
  try {
    const renderer = await createRenderer();
    try {
      const dataset = levels ? { levels } : {};
      const { tasks, evaluator } = (await makeVector(env, { renderer, dataset })).options;
      const total = contestants.length * seeds.length * count;
      const phase = progress.phase({ name: "Compare", total, unit: "answers" });
      const store = createComparisonStore(`${out}/comparison`);
      const envId = env;
      const comparison = await compareAgents({
        envId,
        tasks,
        evaluator,
        contestants,
        split,
        count,
        seeds,
        store,
        phase,
      });
      phase.done();
      if (renderer.cache) progress.note(describeCache(renderer.cache));
      const facts = {
        backend: comparison.agents.find(({ backend }) => backend)?.backend ?? "none",
        browser: renderer.browserVersion,
        seed: seeds[0] ?? 0,
      };
      const events = run.events.read();
      const summary = buildSummary(comparison, { ...facts, throughput: throughputOf(events) });
      run.write("summary.json", formatSummary(summary));
      run.write("report.html", await writeReport({ run, comparison, summary, events, name: "comparison" }));
      return summary;
    } finally {
      await renderer.close();
    }
  } finally {
    progress.close();
    run.close();
  }
}

function parseSplit(text: string): Split {
  if (text === "train" || text === "validation" || text === "test") return text;
  throw new UsageError(`A split is train, validation or test, but "${text}" came.`);
}
