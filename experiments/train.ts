import { join } from "node:path";
import { lastValueFrom, type ObservableInput, from as observe, tap } from "rxjs";
import type { TrainEvent } from "../agents/agent.js";
import { hasCheckpoint, loadCheckpoint } from "../agents/policy/checkpoint/index.js";
import { createPolicy } from "../agents/policy/new-policy.js";
import { openPolicy, savePolicy } from "../agents/policy/policy-folder.js";
import type { TransformerPolicy } from "../agents/policy/transformer-policy.js";
import type { TrainSetting } from "../agents/registry.js";
import type { TaskSource } from "../env/contract/task.js";
import { referenceAnswer } from "../env/reference.js";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import type { Progress } from "../infra/progress.js";
import type { RunFolder } from "../infra/run-folder.js";
import { chooseSpec, requireCheckpoint } from "./choose/agent.js";
import type { Recipe } from "./recipes/recipe.js";
import { sectionOf, shownName } from "./stages.js";

export interface TrainOptions {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly env: VectorWebGenEnv;
  readonly run: RunFolder;
  readonly progress: Progress;
}

/** What a finished training leaves behind. */
export interface TrainedStages {
  /** Checkpoint folders by stage: `untrained`, and one for each agent that learned, e.g. `sft` and `grpo`. */
  readonly checkpoints: Readonly<Record<string, string>>;
  /** The checkpoint of the last stage. */
  readonly final: string;
  /** E.g. `wasm (2 workers, own kernels)`. */
  readonly backend: string;
}

/** The checkpoint that is written after every step, with the phase and step it belongs to. */
const LATEST = "latest";

/** Name of the checkpoint from before any training. */
const UNTRAINED = "untrained";

/** Names of the phases as the progress bar shows them. */
export const trainPhases = ({ stages }: Pick<Recipe, "stages">): string[] => [
  "Policy",
  ...stages.map(shownName),
];

/** The learner of a stage, with its steps and options. Throws a UsageError for an agent there is not or that cannot learn. */
async function chooseStage(recipe: Recipe, text: string, tasks: TaskSource): Promise<ChosenStage> {
  const spec = await chooseSpec(text);
  if (spec.train === undefined)
    throw new UsageError(`The agent "${spec.name}" does not learn: it has no train.`);
  const learn = spec.train.bind(spec);
  const name = spec.name.replaceAll("/", "-");
  if (name === UNTRAINED || name === LATEST)
    throw new UsageError(`An agent that learns cannot be called "${name}": its checkpoint's name is taken.`);
  return {
    name,
    learn,
    ...sectionOf(recipe, spec.name, tasks),
  };
}

interface ChosenStage {
  readonly name: string;
  readonly steps: number;
  readonly options: JsonObject;
  readonly learn: (env: VectorWebGenEnv, setting: TrainSetting) => ObservableInput<TrainEvent>;
}

/** Looks up everything that a recipe names, before anything starts. Throws a UsageError. */
export async function checkStages(recipe: Recipe, tasks: TaskSource): Promise<void> {
  const stages = await Promise.all(recipe.stages.map((stage) => chooseStage(recipe, stage, tasks)));
  const names = stages.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(`The agent "${twice}" learns twice; each stage is of another agent.`);
  if (recipe.from !== undefined) await requireCheckpoint(recipe.from);
  else if (recipe.lora)
    throw new UsageError(
      "The recipe's `lora` adapts a model that there is: say which by `from`, or --from FOLDER.",
    );
}

/**
 * Builds a policy, or opens one to go on from, and lets one agent after the other improve it: by default SFT on reference
 * pages, then GRPO on rendered rewards. Everything needed to go on is on disk after each step, so a run that was stopped
 * loses at most the step under way.
 */
export async function trainStages(options: TrainOptions): Promise<TrainedStages> {
  const { run, recipe, progress, env } = options;
  const { tasks } = env.options;
  const stages = await Promise.all(recipe.stages.map((stage) => chooseStage(recipe, stage, tasks)));
  const folderOf = (name: string) => join(run.checkpoints, name);
  const setup = progress.phase({ name: "Policy", total: 1, unit: "models" });
  const policy = await openUntrained(options, folderOf(UNTRAINED));
  const { engine } = policy;
  setup.advance();
  setup.done(`${(engine.parameterCount / 1e6).toFixed(2)} M parameters on ${engine.backend}`);
  const checkpoints: Record<string, string> = { [UNTRAINED]: folderOf(UNTRAINED) };
  let final = folderOf(UNTRAINED);
  try {
    for (const stage of stages) {
      await runStage(options, policy, stage, { from: final, to: folderOf(stage.name) });
      final = folderOf(stage.name);
      checkpoints[stage.name] = final;
    }
    return { checkpoints, final, backend: engine.backend };
  } finally {
    await policy.close();
  }
}

async function runStage(
  { run, progress, env, seed }: TrainOptions,
  policy: TransformerPolicy,
  { name: phase, steps, options, learn }: ChosenStage,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const { engine } = policy;
  const name = shownName(phase);
  if (await hasCheckpoint(to)) {
    progress.phase({ name, total: steps, done: steps }).done("already there");
    return;
  }
  const { weights: startingWeights } = (await loadCheckpoint(from)).state;
  await engine.importState({ weights: startingWeights });
  const latest = join(run.checkpoints, LATEST);
  const kept = (await hasCheckpoint(latest)) ? await loadCheckpoint(latest) : undefined;
  const trainer = kept?.trainerState?.phase === phase ? kept.trainerState : { step: 0, num_tokens: 0 };
  const [completedSteps, completedTokens] = [Number(trainer.step), Number(trainer.num_tokens)];
  if (kept && completedSteps > 0) await engine.importState(kept.state);
  run.events.rewind(phase, completedSteps);

  const bar = progress.phase({ name, total: steps, done: completedSteps });
  // The event comes first: a run killed between the two does the step again and drops the event.
  const afterStep = async ({ step, metrics }: TrainEvent) => {
    run.events.append({ phase, step, type: "metrics", metrics });
    await savePolicy(latest, policy, { phase, step, num_tokens: metrics.num_tokens ?? 0 });
  };
  const resume = { completedSteps, completedTokens, afterStep };
  const setting = { policy, seed, steps, startingWeights, options, ...resume };
  const events = observe(learn(env, setting)).pipe(
    tap(({ metrics }) => bar.advance(1, { metrics: shown(metrics) })),
  );
  await lastValueFrom(events, { defaultValue: undefined });
  await savePolicy(to, policy, { phase, step: steps });
  bar.done();
}

/** The few figures that fit beside a bar. */
function shown(metrics: Readonly<Record<string, number>>): Record<string, number> {
  const { loss, reward, num_trained_tokens: tokens = 0, "time/train_seconds": seconds = 0 } = metrics;
  if (reward !== undefined) return { reward };
  return { ...(loss === undefined ? {} : { loss }), ...(seconds > 0 ? { "tok/s": tokens / seconds } : {}) };
}

/** The policy as it was before any training: from its checkpoint, from the one to go on from, or new. */
async function openUntrained(
  { recipe, seed, env }: TrainOptions,
  folder: string,
): Promise<TransformerPolicy> {
  if (await hasCheckpoint(folder)) return (await openPolicy(folder)).policy;
  const { vocabSize, model, from, lora } = recipe;
  const policy =
    from === undefined
      ? await createPolicy({ texts: vocabularyTexts(env.options.tasks, recipe), vocabSize, model, seed })
      : (await openPolicy(from, lora ? { lora, seed } : {})).policy;
  await savePolicy(folder, policy);
  return policy;
}

/** Demonstrations that the vocabulary is made from, at most. */
const VOCABULARY_TEXTS = 4096;

/** Prompts and answers of the demonstrations. */
function vocabularyTexts(tasks: TaskSource, { sft: { demonstrations } }: Recipe): string[] {
  const count = Math.min(demonstrations, VOCABULARY_TEXTS, tasks.size("train"));
  return Array.from({ length: count }, (_, i) => {
    const task = tasks.at("train", i);
    return [task.prompt, referenceAnswer(task) ?? ""];
  }).flat();
}
