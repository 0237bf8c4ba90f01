import type { VectorWebGenEnv } from "../env/vector-env.js";
import { UsageError } from "../infra/errors.js";
import { createRandom, type RandomStream } from "../infra/random.js";
import { createStopwatch } from "../infra/stopwatch.js";
import type { TrainEvent } from "./agent.js";
import type { AdamWSettings, Loss, RolloutSequence, StepMetrics, Weights } from "./policy/engine/engine.js";
import type { TrainablePolicy } from "./policy/policy.js";
import { rolloutMetrics, updateMetrics } from "./rollout-metrics.js";
import { collectRollouts, type Rollout, type RolloutOptions, type RolloutWatches } from "./rollouts.js";
import { learningRateAt, type Schedule } from "./schedule.js";

/** Options that every learner has which samples answers, has them scored, and learns from them. */
export interface OnlineOptions extends RolloutOptions {
  readonly policy: TrainablePolicy;
  readonly seed: number;
  /** Batches of rollouts in all. */
  readonly steps: number;
  readonly learningRate: Schedule;
  readonly optimizer?: AdamWSettings;
  /** Passes over each batch of rollouts, default 1. */
  readonly epochs?: number;
  /** Optimiser steps per pass, default 1. */
  readonly updatesPerEpoch?: number;
  /**
   * Weights of the reference, where there is one; default the policy's own at step 0. Needed to go on after
   * `completedSteps`, when those are no longer the policy's: those of the checkpoint that training began with.
   */
  readonly reference?: Weights;
  /** Begin after this many steps already done, default 0. */
  readonly completedSteps?: number;
  /** `num_tokens` of the last of those steps, from where the count goes on, default 0. */
  readonly completedTokens?: number;
  /** Runs after each step and before its event is emitted, e.g. to log it and to write a checkpoint. */
  readonly afterStep?: (event: TrainEvent) => Promise<void>;
}

/** What a batch of rollouts teaches. */
export interface Lesson<Unit> {
  /** What is shuffled and cut into updates. */
  readonly units: readonly Unit[];
  /** Loss of one of `updates` updates; undefined for one that there is nothing to learn from. */
  lossOf(units: readonly Unit[], updates: number): Loss | undefined;
  readonly metrics: Readonly<Record<string, number>>;
}

/** What makes one learner differ from another. */
export interface OnlineMethod<Unit> {
  /** Name of the phase and of its random streams. */
  readonly name: string;
  /** Whether it needs weights to be kept as a reference. */
  readonly needsReference: boolean;
  /** Samples a batch, default `collectRollouts`. `learnable` is what the lesson is of, by default all. */
  collect?(random: RandomStream, watches: RolloutWatches): Promise<CollectedRollouts>;
  lesson(rollouts: readonly Rollout[]): Promise<Lesson<Unit>>;
}

/** Rollouts of a step, and those that are learned from. Groups stand side by side. */
export interface CollectedRollouts {
  readonly all: readonly Rollout[];
  readonly learnable: readonly Rollout[];
  readonly metrics?: Readonly<Record<string, number>>;
}

/** The training loop: rollouts, what they teach, the inner epochs, one event a step. */
export async function* learnOnline<Unit>(
  env: VectorWebGenEnv,
  options: OnlineOptions,
  { name, needsReference, collect, lesson }: OnlineMethod<Unit>,
): AsyncGenerator<TrainEvent> {
  const { policy, seed, steps, learningRate, optimizer } = options;
  const { epochs = 1, updatesPerEpoch = 1, completedSteps = 0, afterStep = async () => {} } = options;
  let tokens = options.completedTokens ?? 0;
  if (needsReference && completedSteps < steps) await policy.engine.keepReference(options.reference);

  for (let step = completedSteps + 1; step <= steps; step++) {
    const random = createRandom(seed).stream(name).stream(step);
    const rate = learningRateAt(learningRate, step, steps);
    const watches = { generate: createStopwatch(), score: createStopwatch() };
    const started = performance.now();
    const rollouts = await (collect?.(random, watches) ?? everything(env, options, random, watches));
    const collected = performance.now();

    const taught = await lesson(rollouts.learnable);
    const updates: StepMetrics[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = random.stream("order").stream(epoch).shuffle(taught.units);
      const size = Math.ceil(order.length / updatesPerEpoch);
      const parts = size === 0 ? 0 : Math.ceil(order.length / size);
      for (let part = 0; part < parts; part++) {
        const loss = taught.lossOf(order.slice(part * size, (part + 1) * size), parts);
        if (loss) updates.push(await policy.engine.step(loss, { ...optimizer, learningRate: rate }));
      }
    }
    const trained = performance.now();

    const metrics: Record<string, number> = {
      ...rolloutMetrics(rollouts.all, tokens),
      ...rollouts.metrics,
      ...updateMetrics(updates),
      ...taught.metrics,
      learning_rate: rate,
      step_time: (trained - started) / 1000,
      "time/rollout_seconds": (collected - started) / 1000,
      "time/generate_seconds": watches.generate.seconds(),
      "time/score_seconds": watches.score.seconds(),
      "time/train_seconds": (trained - collected) / 1000,
    };
    tokens = metrics.num_tokens ?? tokens;
    const event = { phase: name, step, steps, metrics };
    await afterStep(event);
    yield event;
  }
}

async function everything(
  env: VectorWebGenEnv,
  options: RolloutOptions,
  random: RandomStream,
  watches: RolloutWatches,
): Promise<CollectedRollouts> {
  const all = await collectRollouts(env, options, random, watches);
  return { all, learnable: all };
}

/** The group of each rollout, of which `groupSize` stand side by side. */
export const groupsOf = (rollouts: readonly unknown[], groupSize: number): string[] =>
  rollouts.map((_, i) => String(Math.floor(i / groupSize)));

/** The measured answers of each group, the best first. */
export function groupedByRank(rollouts: readonly Rollout[], groupSize: number): Rollout[][] {
  const groups = new Map<string, Rollout[]>();
  groupsOf(rollouts, groupSize).forEach((group, i) => {
    const rollout = rollouts[i] as Rollout;
    const known = groups.get(group) ?? [];
    groups.set(group, rollout.result.reward === null ? known : [...known, rollout]);
  });
  const better = (a: Rollout, b: Rollout) => (b.result.reward as number) - (a.result.reward as number);
  return [...groups.values()].map((group) => group.sort(better));
}

/** The tokens of an answer as they were sampled. Throws a UsageError for a policy that does not tell them. */
export function sampledTokens(
  { completion: { tokens } }: Rollout,
  learner: string,
  policy: string,
): Pick<RolloutSequence, "prompt" | "completion" | "oldLogProbs"> {
  if (!tokens)
    throw new UsageError(
      `${learner} needs token ids and log-probabilities, but policy ${policy} returned text alone.`,
    );
  return { prompt: tokens.prompt, completion: tokens.completion, oldLogProbs: tokens.logProbs };
}

/** The least that each count can be; a group of one has nothing to be compared with. */
const LEAST = {
  steps: 0,
  completedSteps: 0,
  tasksPerStep: 1,
  groupSize: 2,
  tasksPerChunk: 1,
  firstTask: 0,
  epochs: 1,
  updatesPerEpoch: 1,
} as const;

/** Throws a UsageError, in the words of a learner, for options that no such training has. */
export function checkOnline(
  env: VectorWebGenEnv,
  options: OnlineOptions,
  learner: string,
  needsReference: boolean,
): void {
  const { completedSteps = 0, reference } = options;
  const { maxTurns = 1 } = env.options;
  if (maxTurns > 1)
    throw new UsageError(
      `${learner} trains on episodes of one turn, but those of ${env.options.id} have up to ${maxTurns}. Open the environment with maxTurns: 1.`,
    );
  for (const [name, least] of Object.entries(LEAST) as [keyof typeof LEAST, number][]) {
    const count = options[name] ?? least;
    if (!Number.isSafeInteger(count) || count < least)
      throw new UsageError(
        `${learner}'s ${name} must be a whole number of at least ${least}, but is ${count}.`,
      );
  }
  if (needsReference && completedSteps > 0 && !reference)
    throw new UsageError(
      `${learner} cannot go on after step ${completedSteps} without the weights of its reference: pass those of the policy it began with as reference, (await policy.engine.exportState()).weights of that policy.`,
    );
}
