import { join } from "node:path";
import { lastValueFrom, type Observable, tap } from "rxjs";
import {
  CHAT_TOKENS,
  createEngine,
  createTokenizer,
  createTransformerPolicy,
  grpo,
  hasCheckpoint,
  loadCheckpoint,
  openPolicy,
  savePolicy,
  sft,
  type Tokenizer,
  type TrainEvent,
  type TransformerPolicy,
  trainBpe,
  type Weights,
} from "../agents/index.js";
import type { TaskSource, VectorWebGenEnv } from "../env/index.js";
import type { Progress } from "../infra/progress.js";
import type { RunFolder } from "../infra/run-folder.js";
import type { Recipe } from "./recipe.js";

export interface TrainOptions {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly env: VectorWebGenEnv;
  readonly run: RunFolder;
  readonly progress: Progress;
}

/** Checkpoint folders that a finished training leaves behind. */
export interface TrainedStages {
  readonly untrained: string;
  readonly sft: string;
  readonly grpo: string;
  /** E.g. `wasm (2 workers, own kernels)`. */
  readonly backend: string;
}

/** The checkpoint that is written after every step, with the phase and step it belongs to. */
const LATEST = "latest";

/** Names of the phases as the progress bar and the event log show them. */
export const TRAIN_PHASES = ["Policy", "SFT", "GRPO"] as const;

/**
 * Builds a policy, warms it up on reference pages, and improves it on rendered rewards. Everything needed to go on is
 * on disk after each step, so a run that was stopped loses at most the step under way.
 */
export async function train(options: TrainOptions): Promise<TrainedStages> {
  const { run, recipe, progress } = options;
  const stages = {
    untrained: join(run.checkpoints, "untrained"),
    sft: join(run.checkpoints, "sft"),
    grpo: join(run.checkpoints, "grpo"),
  };
  const setup = progress.phase({ name: "Policy", total: 1, unit: "models" });
  const policy = await openUntrained(options, stages.untrained);
  const { engine } = policy;
  setup.advance();
  setup.done(`${(engine.parameterCount / 1e6).toFixed(2)} M parameters on ${engine.backend}`);
  try {
    await runStage(options, policy, {
      name: "SFT",
      phase: "sft",
      folder: stages.sft,
      steps: recipe.sft.steps,
      from: stages.untrained,
      learn: (resume) => sft.train(options.env, { ...recipe.sft, policy, seed: options.seed, ...resume }),
    });
    await runStage(options, policy, {
      name: "GRPO",
      phase: "grpo",
      folder: stages.grpo,
      steps: recipe.grpo.steps,
      from: stages.sft,
      learn: (resume, reference) =>
        grpo.train(options.env, {
          ...recipe.grpo,
          sampling: { ...recipe.grpo.sampling, maxTokens: recipe.maxTokens },
          firstTask: recipe.sft.demonstrations,
          policy,
          seed: options.seed,
          reference,
          ...resume,
        }),
    });
    return { ...stages, backend: engine.backend };
  } finally {
    await policy.close();
  }
}

interface Resume {
  readonly completedSteps: number;
  readonly completedTokens: number;
  readonly afterStep: (event: TrainEvent) => Promise<void>;
}

interface Stage {
  readonly name: (typeof TRAIN_PHASES)[number];
  readonly phase: string;
  /** Where the finished stage is kept. */
  readonly folder: string;
  readonly steps: number;
  /** The checkpoint it starts from. */
  readonly from: string;
  readonly learn: (resume: Resume, startingWeights: Weights) => Observable<TrainEvent>;
}

async function runStage(
  { run, progress }: TrainOptions,
  policy: TransformerPolicy,
  stage: Stage,
): Promise<void> {
  const { engine } = policy;
  const { name, phase, folder, steps, from, learn } = stage;
  if (await hasCheckpoint(folder)) {
    progress.phase({ name, total: steps, done: steps }).done("already there");
    return;
  }
  const { weights } = (await loadCheckpoint(from)).state;
  await engine.importState({ weights });
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
  const events = learn({ completedSteps, completedTokens, afterStep }, weights).pipe(
    tap(({ metrics }) => bar.advance(1, { metrics: shown(metrics) })),
  );
  await lastValueFrom(events, { defaultValue: undefined });
  await savePolicy(folder, policy, { phase, step: steps });
  bar.done();
}

/** The few figures that fit beside a bar. */
function shown(metrics: Readonly<Record<string, number>>): Record<string, number> {
  const { loss, reward, num_trained_tokens: tokens = 0, "time/train_seconds": seconds = 0 } = metrics;
  if (reward !== undefined) return { reward };
  return { ...(loss === undefined ? {} : { loss }), ...(seconds > 0 ? { "tok/s": tokens / seconds } : {}) };
}

/** The policy as it was before any training: from its checkpoint, or new. */
async function openUntrained(
  { recipe, seed, env }: TrainOptions,
  folder: string,
): Promise<TransformerPolicy> {
  if (await hasCheckpoint(folder)) return (await openPolicy(folder)).policy;
  const tokenizer = trainTokenizer(env.options.tasks, recipe);
  const engine = await createEngine({ config: { ...recipe.model, vocabSize: tokenizer.vocabSize }, seed });
  const policy = createTransformerPolicy({ engine, tokenizer, name: "policy" });
  await savePolicy(folder, policy);
  return policy;
}

/** A byte-pair vocabulary of the demonstrations' prompts and pages. */
function trainTokenizer(tasks: TaskSource, { vocabSize, sft: { demonstrations } }: Recipe): Tokenizer {
  const texts = Array.from({ length: Math.min(demonstrations, tasks.size("train")) }, (_, i) => {
    const { prompt, reference } = tasks.at("train", i);
    return [prompt, reference?.html ?? reference?.tsx ?? ""];
  }).flat();
  return createTokenizer(trainBpe({ texts, vocabSize, specialTokens: [...CHAT_TOKENS] }));
}
