import { createRenderer, makeVector, type Renderer } from "../index.js";
import { describeCache } from "../infra/cache.js";
import type { JsonObject } from "../infra/json.js";
import { createProgress, type Progress } from "../infra/progress.js";
import { openRun, type RunFolder } from "../infra/run-folder.js";
import { type Contestant, compareAgents } from "./compare.js";
import type { Comparison } from "./comparison.js";
import { createComparisonStore } from "./comparison-store.js";
import { checkpointSource, contestant, type Strategy } from "./contestants.js";
import { QUICKSTART } from "./recipes/quickstart.js";
import type { Recipe } from "./recipes/recipe.js";
import { writeReport } from "./report/index.js";
import { buildSummary, type Summary } from "./summary.js";
import { formatSummary } from "./summary-file.js";
import { throughputOf } from "./throughput.js";
import { type TrainedStages, trainPhases, trainStages } from "./train.js";

export interface QuickstartOptions {
  readonly recipe: Recipe;
  readonly seed: number;
  /** The run folder. */
  readonly out: string;
  /** The command line, for the record. */
  readonly command?: string;
  readonly progress?: Progress;
}

export interface QuickstartResult {
  readonly summary: Summary;
  readonly summaryPath: string;
  readonly reportPath: string;
}

/** Phases of a whole run, in order. */
export const QUICKSTART_PHASES = [...trainPhases(QUICKSTART), "Compare", "Report"];

/** Trains a policy, compares agents on held-out tasks, and writes the report. The same call resumes a stopped run. */
export async function quickstart({
  recipe,
  seed,
  out,
  command,
  progress,
}: QuickstartOptions): Promise<QuickstartResult> {
  const bars = progress ?? createProgress({ plan: QUICKSTART_PHASES });
  const run = openRun(out, { seed, recipe: toJson(recipe) }, command === undefined ? {} : { command });
  try {
    const renderer = await createRenderer();
    try {
      return await runPhases(recipe, seed, run, renderer, bars);
    } finally {
      await renderer.close();
    }
  } finally {
    bars.close();
    run.close();
  }
}

async function runPhases(
  recipe: Recipe,
  seed: number,
  run: RunFolder,
  renderer: Renderer,
  progress: Progress,
): Promise<QuickstartResult> {
  const env = await makeVector(recipe.env, { renderer, dataset: recipe.dataset });
  const { tasks, evaluator } = env.options;
  if (run.resumed) progress.note(`Going on with ${run.path}.`);
  const stages = await trainStages({ recipe, seed, env, run, progress });

  const contestants = lineUp(recipe, stages);
  const total = contestants.length * recipe.compare.tasks;
  const phase = progress.phase({ name: "Compare", total, unit: "answers" });
  const comparison = await compareAgents({
    envId: recipe.env,
    tasks,
    evaluator,
    contestants,
    split: "test",
    count: recipe.compare.tasks,
    seeds: [seed],
    pairs: pairsOf(recipe),
    gallery: recipe.compare.gallery,
    store: createComparisonStore(`${run.path}/comparison`),
    phase,
  });
  phase.done();
  if (renderer.cache) progress.note(describeCache(renderer.cache));
  return finish({
    comparison,
    run,
    seed,
    backend: stages.backend,
    browser: renderer.browserVersion,
    progress,
  });
}

/** The agents of the quickstart, all over the three checkpoints of one training. */
function lineUp({ compare, maxTokens }: Recipe, { checkpoints, final }: TrainedStages): Contestant[] {
  const sampling = { ...compare.sampling, maxTokens };
  const entry = (name: string, folder: string, strategy?: Strategy) =>
    contestant({ name, source: checkpointSource(folder), sampling, ...(strategy ? { strategy } : {}) });
  return [
    entry("untrained", checkpoints.untrained as string),
    entry("sft", checkpoints.sft as string),
    entry("grpo", final),
    entry(`best-of-${compare.bestOf}`, final, { kind: "best-of", n: compare.bestOf }),
    entry("polish", final, { kind: "polish", turns: compare.polishTurns }),
  ];
}

const pairsOf = ({ compare: { bestOf } }: Recipe): [string, string][] => [
  ["sft", "untrained"],
  ["grpo", "sft"],
  [`best-of-${bestOf}`, "grpo"],
  ["polish", "grpo"],
];

interface Finish {
  readonly comparison: Comparison;
  readonly run: RunFolder;
  readonly seed: number;
  readonly backend: string;
  readonly browser: string;
  readonly progress: Progress;
}

async function finish({
  comparison,
  run,
  seed,
  backend,
  browser,
  progress,
}: Finish): Promise<QuickstartResult> {
  const phase = progress.phase({ name: "Report", total: 1, unit: "files" });
  const events = run.events.read();
  const summary = buildSummary(comparison, { backend, browser, seed, throughput: throughputOf(events) });
  const summaryPath = run.write("summary.json", formatSummary(summary));
  const reportPath = run.write(
    "report.html",
    await writeReport({ name: "quickstart", run, comparison, summary, events }),
  );
  phase.advance();
  phase.done(reportPath);
  return { summary, summaryPath, reportPath };
}

const toJson = (recipe: Recipe) => JSON.parse(JSON.stringify(recipe)) as JsonObject;
