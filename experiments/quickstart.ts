import { createRenderer, makeVector, type Renderer } from "../index.js";
import { describeCache } from "../infra/cache.js";
import type { JsonObject } from "../infra/json.js";
import { createProgress, type Progress } from "../infra/progress.js";
import { recordProgress } from "../infra/progress-record.js";
import { openRun } from "../infra/run-folder.js";
import { checkpointSource, policyOpener, type Strategy } from "./agent-openers.js";
import { type AgentOpener, compareAgents } from "./compare.js";
import { createComparisonStore } from "./comparison-store.js";
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
  /** Run folder; the same folder resumes. */
  readonly out: string;
  /** Command line, for the record. */
  readonly command?: string;
  /** Whether event files for TensorBoard are written, default true. */
  readonly tensorboard?: boolean;
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
export async function quickstart(options: QuickstartOptions): Promise<QuickstartResult> {
  const { recipe, seed, out, command, tensorboard = true } = options;
  const plan = QUICKSTART_PHASES;
  const run = openRun(
    out,
    { seed, recipe: toJson(recipe) },
    { tensorboard, ...(command === undefined ? {} : { command }) },
  );
  const progress = recordProgress(options.progress ?? createProgress({ plan }), {
    plan,
    write: (text) => run.write("progress.json", text),
  });
  let renderer: Renderer | undefined;
  try {
    if (run.resumed) progress.note(`Going on with ${run.path}.`);
    renderer = await createRenderer();
    const env = await makeVector(recipe.env, { renderer, dataset: recipe.dataset });

    const stages = await trainStages({ recipe, seed, env, run, progress });

    const agents = lineUp(recipe, stages);
    const total = agents.length * recipe.compare.tasks;
    const answers = progress.phase({ name: "Compare", total, unit: "answers" });
    const comparison = await compareAgents({
      envId: recipe.env,
      tasks: env.options.tasks,
      evaluator: env.options.evaluator,
      agents,
      split: "test",
      count: recipe.compare.tasks,
      seeds: [seed],
      pairs: pairsOf(recipe),
      gallery: recipe.compare.gallery,
      store: createComparisonStore(`${run.path}/comparison`),
      phase: answers,
    });
    answers.done();
    if (renderer.cache) progress.note(describeCache(renderer.cache));

    const files = progress.phase({ name: "Report", total: 2, unit: "files" });
    const events = run.events.read();
    const summary = buildSummary(comparison, {
      seed,
      backend: stages.backend,
      browser: renderer.browserVersion,
      throughput: throughputOf(events),
    });
    const summaryPath = run.write("summary.json", formatSummary(summary));
    files.advance();
    const report = await writeReport({ name: "quickstart", run, comparison, summary, events });
    const reportPath = run.write("report.html", report);
    files.advance();
    files.done(reportPath);
    return { summary, summaryPath, reportPath };
  } finally {
    await renderer?.close();
    progress.close();
    run.close();
  }
}

/** The agents of the quickstart, all over the three checkpoints of one training. */
function lineUp({ compare, maxTokens }: Recipe, { checkpoints, final }: TrainedStages): AgentOpener[] {
  const sampling = { ...compare.sampling, maxTokens };
  const entry = (name: string, folder: string, strategy?: Strategy) =>
    policyOpener({ name, source: checkpointSource(folder), sampling, ...(strategy ? { strategy } : {}) });
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

const toJson = (recipe: Recipe) => JSON.parse(JSON.stringify(recipe)) as JsonObject;
