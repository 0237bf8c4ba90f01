import {
  bufferCount,
  concatMap,
  defer,
  from,
  lastValueFrom,
  mergeMap,
  type Observable,
  range,
  toArray,
} from "rxjs";
import type { Observation } from "../env/contract/observation.js";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import type { StepResult } from "../env/web-gen-env.js";
import { UsageError } from "../infra/errors.js";
import { createRandom, type RandomStream } from "../infra/random.js";
import { createStopwatch, type Stopwatch } from "../infra/stopwatch.js";
import { groupAdvantages, REWARD_SCALES, type RewardScale } from "./advantages.js";
import type { Learner, TrainEvent } from "./agent.js";
import { plainConversation } from "./conversation.js";
import type { RolloutSequence, StepMetrics } from "./policy/engine/engine.js";
import type { PolicyCompletion, Sampling, TrainablePolicy } from "./policy/policy.js";
import { toAction } from "./policy-agent.js";
import { type Rollout, rolloutMetrics, updateMetrics } from "./rollout-metrics.js";
import { learningRateAt, type Schedule } from "./schedule.js";

/**
 * GRPO (arXiv 2402.03300) as TRL and verl run it: groups of answers to one task, advantages normalised inside the
 * group, PPO's clipped ratio per token (arXiv 1707.06347), a k3 estimate of the KL divergence to a frozen reference
 * in the loss, several epochs over each batch of rollouts. Left out: a value network, reward shaping, replay.
 */
export interface GrpoOptions {
  readonly policy: TrainablePolicy;
  readonly seed: number;
  /** Batches of rollouts in all. */
  readonly steps: number;
  /** Different tasks per batch. */
  readonly tasksPerStep: number;
  /** Answers per task (the group). */
  readonly groupSize: number;
  readonly sampling: Omit<Sampling, "seed">;
  readonly learningRate: Schedule;
  /** What advantages are divided by, default `group`. */
  readonly scaleRewards?: RewardScale;
  /** Passes over each batch of rollouts, default 1. */
  readonly epochs?: number;
  /** Optimiser steps per pass, default 1. */
  readonly updatesPerEpoch?: number;
  /** The ratio is kept in [1 - clipLow, 1 + clipHigh]; defaults 0.2 and 0.28 (arXiv 2503.14476). */
  readonly clipLow?: number;
  readonly clipHigh?: number;
  /** Weight of the KL term, default 0.01. At 0 no reference is kept. */
  readonly klCoefficient?: number;
  readonly entropyCoefficient?: number;
  /** Tasks whose answers are generated together while the last ones render, default 4. */
  readonly tasksPerChunk?: number;
  /** Train tasks below this index are left to the demonstrations, default 0. */
  readonly firstTask?: number;
  readonly completedSteps?: number;
  /** Runs after each step and before its event is emitted, e.g. to log it and to write a checkpoint. */
  readonly afterStep?: (event: TrainEvent) => Promise<void>;
}

export const grpo: Learner<GrpoOptions> = {
  name: "grpo",
  train(env, options) {
    const { steps, completedSteps = 0, afterStep = async () => {} } = options;
    if (options.groupSize < 2)
      throw new UsageError("GRPO compares answers inside a group: groupSize must be at least 2.");
    if (!REWARD_SCALES.includes(options.scaleRewards ?? "group"))
      throw new UsageError(
        `scaleRewards is ${REWARD_SCALES.join(", ")}, but "${options.scaleRewards}" came.`,
      );

    async function runStep(step: number): Promise<TrainEvent> {
      const random = createRandom(options.seed).stream("grpo").stream(step);
      const started = performance.now();
      const watches = { generate: createStopwatch(), score: createStopwatch() };
      const rollouts = await collectRollouts(env, options, random, watches);
      const collected = performance.now();
      const { advantages, zeroSpreadFraction, meanStandardDeviation } = groupAdvantages(
        rollouts.map(({ result }) => result.reward),
        rollouts.map(({ result }) => result.info.task.id),
        options.scaleRewards,
      );
      const updates = await update(options, await toSequences(rollouts, advantages, options), random, step);
      const trained = performance.now();
      const metrics = {
        ...rolloutMetrics(rollouts),
        ...updateMetrics(updates),
        reward_std: meanStandardDeviation,
        frac_reward_zero_std: zeroSpreadFraction,
        learning_rate: learningRateAt(options.learningRate, step, steps),
        "time/rollout_seconds": (collected - started) / 1000,
        "time/generate_seconds": watches.generate.seconds(),
        "time/score_seconds": watches.score.seconds(),
        "time/train_seconds": (trained - collected) / 1000,
      };
      const event = { phase: "grpo", step, steps, metrics };
      await afterStep(event);
      return event;
    }

    return range(completedSteps + 1, Math.max(0, steps - completedSteps)).pipe(
      concatMap((step) => defer(() => runStep(step))),
    ) as Observable<TrainEvent>;
  },
};

/** Samples a batch. The next chunk of tasks is generated while the browser renders and scores the last. */
async function collectRollouts(
  env: VectorWebGenEnv,
  options: GrpoOptions,
  random: RandomStream,
  watches: { readonly generate: Stopwatch; readonly score: Stopwatch },
): Promise<Rollout[]> {
  const { tasksPerStep, groupSize, tasksPerChunk = 4, policy, sampling } = options;
  const taskIds = drawTasks(env, options, random.stream("tasks"));
  const resets = await env.reset({ taskIds: taskIds.flatMap((id) => Array<string>(groupSize).fill(id)) });
  const samplingRandom = random.stream("sampling");
  const seeds = taskIds.map((_, i) => samplingRandom.stream(i).seed());
  const chunks = from(Array.from({ length: tasksPerStep }, (_, i) => i)).pipe(bufferCount(tasksPerChunk));
  const scoredChunks = chunks.pipe(
    concatMap(async (members) => {
      const indices = members.flatMap((task) =>
        Array.from({ length: groupSize }, (_, g) => task * groupSize + g),
      );
      const conversations = indices.map((i) => plainConversation(resets[i]?.observation as Observation));
      const seed = seeds[members[0] as number] as number;
      const completions = policy.generate(conversations, { ...sampling, seed });
      return { indices, completions: await watches.generate.time(completions) };
    }),
    mergeMap(async ({ indices, completions }) => {
      const results = await watches.score.time(env.step(completions.map(toAction), indices));
      return indices.map((index, i) => ({
        index,
        rollout: { completion: completions[i] as PolicyCompletion, result: results[i] as StepResult },
      }));
    }),
    toArray(),
  );
  const rollouts = (await lastValueFrom(scoredChunks)).flat();
  return rollouts.sort((a, b) => a.index - b.index).map(({ rollout }) => rollout);
}

function drawTasks(env: VectorWebGenEnv, options: GrpoOptions, random: RandomStream): string[] {
  const { tasks } = env.options;
  const { tasksPerStep, firstTask = 0 } = options;
  const size = Math.min(tasks.size("train"), 2 ** 31);
  if (size - firstTask < tasksPerStep)
    throw new UsageError(
      `GRPO draws ${tasksPerStep} tasks a step, but ${tasks.name} has ${Math.max(0, size - firstTask)} train tasks from index ${firstTask} on.`,
    );
  const ids = new Set<string>();
  while (ids.size < tasksPerStep) ids.add(tasks.at("train", random.integer(firstTask, size)).id);
  return [...ids];
}

/** Rollouts that carry an advantage, with reference log-probabilities when the KL term wants them. */
async function toSequences(
  rollouts: readonly Rollout[],
  advantages: readonly (number | null)[],
  { policy, klCoefficient = 0.01 }: GrpoOptions,
): Promise<RolloutSequence[]> {
  const sequences = rollouts.flatMap(({ completion }, i): RolloutSequence[] => {
    const advantage = advantages[i];
    if (advantage === null || advantage === undefined) return [];
    if (!completion.tokens)
      throw new UsageError(
        `GRPO needs token ids and log-probabilities, but policy ${policy.name} returned text alone.`,
      );
    const { prompt, completion: tokens, logProbs } = completion.tokens;
    return tokens.length === 0 ? [] : [{ prompt, completion: tokens, advantage, oldLogProbs: logProbs }];
  });
  if (klCoefficient === 0 || sequences.length === 0) return sequences;
  const reference = await policy.engine.logProbs(sequences, "reference");
  return sequences.map((sequence, i) => ({ ...sequence, referenceLogProbs: reference[i] as Float32Array }));
}

/** The inner epochs over one batch of rollouts. */
async function update(
  options: GrpoOptions,
  sequences: readonly RolloutSequence[],
  random: RandomStream,
  step: number,
): Promise<StepMetrics[]> {
  const { policy, epochs = 1, updatesPerEpoch = 1, learningRate, steps } = options;
  const { clipLow = 0.2, clipHigh = 0.28, klCoefficient = 0.01, entropyCoefficient = 0 } = options;
  const results: StepMetrics[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.stream("order").stream(epoch).shuffle(sequences);
    const size = Math.ceil(order.length / updatesPerEpoch);
    for (let at = 0; at < order.length; at += size) {
      const loss = {
        kind: "policyGradient" as const,
        sequences: order.slice(at, at + size),
        clipLow,
        clipHigh,
        klCoefficient,
        entropyCoefficient,
      };
      results.push(
        await policy.engine.step(loss, { learningRate: learningRateAt(learningRate, step, steps) }),
      );
    }
  }
  return results;
}
