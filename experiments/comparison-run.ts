import type { Agent } from "../agents/agent.js";
import { type AgentSpec, agentSpec } from "../agents/registry.js";
import type { Renderer } from "../env/contract/rendered-page.js";
import type { Split, TaskSource } from "../env/contract/task.js";
import { makeVector } from "../env/registry.js";
import { createRenderer } from "../env/render/index.js";
import { describeCache } from "../infra/cache.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import { createProgress, type Progress } from "../infra/progress.js";
import { recordProgress } from "../infra/progress-record.js";
import { openRun, type RunFolder } from "../infra/run-folder.js";
import { specOpener } from "./agent-openers.js";
import { chooseAgent } from "./choose/agent.js";
import { type ArenaChoice, type ChosenArena, chooseArena } from "./choose/arena.js";
import { type AgentOpener, compareAgents } from "./compare.js";
import type { ComparedAgent, Comparison } from "./comparison.js";
import { createComparisonStore } from "./comparison-store.js";
import { writeReport } from "./report/index.js";
import { type AgentSummary, buildSummary, type Summary } from "./summary.js";
import { formatSummary } from "./summary-file.js";
import { throughputOf } from "./throughput.js";

/** An agent that takes part: as the command line writes it, as it is, or a spec. */
export type AgentChoice = string | Agent | AgentSpec;

/** What is compared and how. */
export interface CompareRun extends ArenaChoice {
  readonly agents: readonly AgentChoice[];
  /** Default `test`. */
  readonly split?: Split;
  /** How many tasks, the first of the split; default 64, or all where there are fewer. */
  readonly tasks?: number;
  /** Sampling seeds, default `[1]`. */
  readonly seeds?: readonly number[];
  /** Default 1; 0 is greedy. */
  readonly temperature?: number;
  /** Tokens an answer may have, default 256. */
  readonly maxTokens?: number;
  /** Run folder for `report.html` and `summary.json`; the same folder resumes. Without it nothing is written. */
  readonly out?: string;
  /** Command line that does the same, for the report. */
  readonly command?: string;
  /** What else a resumed run must have in common. */
  readonly record?: JsonObject;
  /** Default: none in code. */
  readonly progress?: Progress;
}

/** Outcome of a comparison. */
export interface CompareResult {
  readonly summary: Summary;
  /** Every answer of every agent. */
  readonly comparison: Comparison;
  /** Null without a run folder. */
  readonly reportPath: string | null;
}

const DEFAULT_TASKS = 64;

/**
 * Lets agents answer the same held-out tasks, and compares them with paired 95 % intervals. Everything is looked up before a
 * browser is started. Throws a UsageError for a name there is not.
 *
 * @example
 * const { summary } = await compare({ agents: ["reference", myAgent], tasks: 16 });
 * summary.differences; // [{ a: "mine", b: "reference", mean: -0.4, ci95: [-0.5, -0.3], n: 16, excluded: 0 }]
 */
export async function compare(options: CompareRun): Promise<CompareResult> {
  const { out, command, record = {} } = options;
  const { temperature = 1, maxTokens = 256 } = options;
  const arena = await chooseArena(options);
  const openers = await Promise.all(
    options.agents.map((agent) => openerOf(agent, { temperature, maxTokens })),
  );
  refuseDoubles(openers.map(({ name }) => name));
  const count = countOf(options, arena.tasks);
  const run = out === undefined ? undefined : openRun(out, record, command === undefined ? {} : { command });
  const plan = ["Compare"];
  const shown = options.progress ?? createProgress({ plan, output: { write: () => true }, live: false });
  const progress = run
    ? recordProgress(shown, { plan, write: (text) => run.write("progress.json", text) })
    : shown;
  try {
    const renderer = await createRenderer();
    try {
      return await runIn({ ...options, arena, openers, count, progress, run, renderer });
    } finally {
      await renderer.close();
    }
  } finally {
    progress.close();
    run?.close();
  }
}

/** What to evaluate one agent with. */
export type EvaluateRun = Omit<CompareRun, "agents"> & { readonly agent: AgentChoice };

/**
 * Lets one agent answer held-out tasks: mean reward, parts and their 95 % intervals, and every answer.
 *
 * @example
 * const { reward } = await evaluate({ agent: "checkpoint:runs/quickstart/checkpoints/grpo", tasks: 32 });
 */
export async function evaluate({
  agent,
  ...options
}: EvaluateRun): Promise<AgentSummary & Pick<ComparedAgent, "entries">> {
  const { summary, comparison } = await compare({ ...options, agents: [agent] });
  const { entries } = comparison.agents[0] as ComparedAgent;
  return { ...(summary.agents[0] as AgentSummary), entries };
}

interface Running extends CompareRun {
  readonly arena: ChosenArena;
  readonly openers: readonly AgentOpener[];
  readonly count: number;
  readonly progress: Progress;
  readonly run: RunFolder | undefined;
  readonly renderer: Renderer;
}

async function runIn(running: Running): Promise<CompareResult> {
  const { arena, openers, count, run, renderer, progress, split = "test", seeds = [1] } = running;
  const { tasks, evaluator } = (await makeVector(arena.spec.id, { ...arena.options, renderer })).options;
  const total = openers.length * seeds.length * count;
  const phase = progress.phase({ name: "Compare", total, unit: "answers" });
  const comparison = await compareAgents({
    envId: arena.spec.id,
    tasks,
    evaluator,
    agents: openers,
    split,
    count,
    seeds,
    phase,
    ...(run ? { store: createComparisonStore(`${run.path}/comparison`) } : {}),
  });
  phase.done();
  if (renderer.cache) progress.note(describeCache(renderer.cache));
  const events = run?.events.read() ?? [];
  const summary = buildSummary(comparison, {
    backend: comparison.agents.find(({ backend }) => backend)?.backend ?? "none",
    browser: renderer.browserVersion,
    seed: seeds[0] ?? 0,
    throughput: throughputOf(events),
  });
  if (run === undefined) return { summary, comparison, reportPath: null };
  run.write("summary.json", formatSummary(summary));
  const report = await writeReport({ run, comparison, summary, events, name: "comparison" });
  return { summary, comparison, reportPath: run.write("report.html", report) };
}

async function openerOf(
  agent: AgentChoice,
  sampling: { readonly temperature: number; readonly maxTokens: number },
): Promise<AgentOpener> {
  return typeof agent === "string" ? chooseAgent(agent, sampling) : specOpener(agentSpec(agent), sampling);
}

function refuseDoubles(names: readonly string[]): void {
  if (names.length === 0) throw new UsageError("A comparison wants at least one agent.");
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(`Two agents are called "${twice}". Name them: first=..., second=...`);
}

function countOf({ tasks: asked, split = "test" }: CompareRun, tasks: TaskSource): number {
  const size = tasks.size(split);
  if (size === 0) throw new UsageError(`${tasks.name} has no ${split} tasks.`);
  const count = asked ?? Math.min(DEFAULT_TASKS, size);
  if (count > size)
    throw new UsageError(`${tasks.name} has ${size} ${split} tasks, but ${count} were asked for.`);
  return count;
}
