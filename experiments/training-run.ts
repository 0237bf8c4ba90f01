import type { TaskSource } from "../env/contract/task.js";
import { type MakeOptions, makeVector } from "../env/registry.js";
import { createRenderer } from "../env/render/index.js";
import type { JsonObject } from "../infra/json.js";
import { createProgress, type Progress } from "../infra/progress.js";
import { recordProgress } from "../infra/progress-record.js";
import { openRun } from "../infra/run-folder.js";
import { chooseArena } from "./choose/arena.js";
import { mergeRecipe, type Recipe } from "./recipes/recipe.js";
import { getRecipe } from "./recipes/registry.js";
import { samplesAnswers } from "./stages.js";
import { checkStages, type TrainedStages, trainPhases, trainStages } from "./train.js";

/** What is trained and where. */
export interface TrainRun {
  /** A recipe's name, or a whole recipe; default `quickstart`. */
  readonly recipe?: string | Recipe;
  /** Keys in which it differs, at any depth, e.g. `{ stages: ["grpo"], from: "my-checkpoint", grpo: { steps: 20 } }`. */
  readonly changes?: JsonObject;
  /** Seed of everything, default 1. */
  readonly seed?: number;
  /** Run folder; the same folder resumes. */
  readonly out: string;
  /** Command line that does the same, for the record. */
  readonly command?: string;
  /** Whether event files for TensorBoard are written, default true. */
  readonly tensorboard?: boolean;
  /** Default: none in code. */
  readonly progress?: Progress;
}

/**
 * Trains a policy by a recipe. Names, numbers and checkpoints are checked before anything starts. The same call resumes a
 * run that was stopped. Throws a UsageError for what the recipe cannot be.
 *
 * @example
 * const { final } = await train({ out: "runs/mine", changes: { grpo: { steps: 20 } } });
 * await evaluate({ agent: `checkpoint:${final}` });
 */
export async function train(options: TrainRun): Promise<TrainedStages> {
  const { recipe: named = "quickstart", changes = {}, seed = 1, out, command } = options;
  const recipe = mergeRecipe(typeof named === "string" ? getRecipe(named).recipe : named, changes);
  const arena = await openArena(recipe);
  await checkStages(recipe, arena.tasks);
  const plan = trainPhases(recipe);
  const config = JSON.parse(JSON.stringify({ seed, recipe })) as JsonObject;
  const { tensorboard = true } = options;
  const run = openRun(out, config, { tensorboard, ...(command === undefined ? {} : { command }) });
  const shown = options.progress ?? createProgress({ plan, output: { write: () => true }, live: false });
  const progress = recordProgress(shown, { plan, write: (text) => run.write("progress.json", text) });
  try {
    const renderer = await createRenderer();
    try {
      // Learners that sample train on episodes of one turn, however many the environment allows.
      const samples = recipe.stages.some(samplesAnswers);
      const turns = samples ? { maxTurns: 1 } : {};
      const env = await makeVector(arena.id, { ...arena.options, ...turns, renderer });
      return await trainStages({ recipe, seed, env, run, progress });
    } finally {
      await renderer.close();
    }
  } finally {
    progress.close();
    run.close();
  }
}

/** The environment a recipe speaks of, with its reward and tasks. Throws a UsageError for a name there is not. */
export async function openArena({
  env,
  dataset,
  tasks,
  reward,
}: Recipe): Promise<{ id: string; tasks: TaskSource; options: MakeOptions }> {
  const {
    spec,
    tasks: source,
    options,
  } = await chooseArena({
    env,
    datasetOptions: dataset,
    ...(tasks === undefined ? {} : { dataset: tasks }),
    ...(reward === undefined ? {} : { reward }),
  });
  return { id: spec.id, tasks: source, options };
}
