import { defer, from } from "rxjs";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import { UsageError } from "../infra/errors.js";
import { createRandom } from "../infra/random.js";
import { createStopwatch } from "../infra/stopwatch.js";
import { groupAdvantages, REWARD_SCALES, type RewardScale } from "./advantages.js";
import type { Learner, TrainEvent } from "./agent.js";
import type { AdamWSettings, RolloutSequence, StepMetrics, Weights } from "./policy/engine/engine.js";
import type { TrainablePolicy } from "./policy/policy.js";
import { rolloutMetrics, updateMetrics } from "./rollout-metrics.js";
import { collectRollouts, type Rollout, type RolloutOptions } from "./rollouts.js";
import { learningRateAt, type Schedule } from "./schedule.js";

/**
 * GRPO (arXiv 2402.03300) as TRL runs it: groups of answers to one task, advantages normalised inside the group, PPO's
 * clipped ratio per token (arXiv 1707.06347), a k3 estimate of the KL divergence to a frozen reference in the loss,
 * means over the tokens of a batch (TRL's `bnpo` and `dapo`), several epochs over each batch of rollouts. Left out: a
 * value network, reward shaping, replay, episodes of several turns.
 */
export interface GrpoOptions extends RolloutOptions {
  readonly policy: TrainablePolicy;
  readonly seed: number;
  /** Batches of rollouts in all. */
  readonly steps: number;
  readonly learningRate: Schedule;
  readonly optimizer?: AdamWSettings;
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
  /** Weight of the entropy bonus, default 0. */
  readonly entropyCoefficient?: number;
  /**
   * Weights that the KL term holds the policy to, default the policy's own at step 0. Needed to go on after
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

/**
 * Group-relative policy optimisation on rendered rewards. Everything is checked before anything starts.
 *
 * @throws UsageError for options that no training has, and for an environment whose episodes have several turns.
 * @example
 * const env = await makeVector("webgen/Pages-v0");
 * const { policy } = await openPolicy("runs/quickstart/checkpoints/sft");
 * grpo.train(env, { policy, seed: 1, steps: 90, tasksPerStep: 8, groupSize: 8, sampling: {}, learningRate: { peak: 6e-4 } })
 *   .subscribe(({ step, metrics }) => console.log(step, metrics.reward));
 */
export const grpo: Learner<GrpoOptions> = {
  name: "grpo",
  train(env, options) {
    checkOptions(env, options);
    return defer(() => from(learn(env, options)));
  },
};

/** The training loop: rollouts, advantages, the inner epochs, one event a step. */
async function* learn(env: VectorWebGenEnv, options: GrpoOptions): AsyncGenerator<TrainEvent> {
  const { policy, seed, steps, learningRate, optimizer, scaleRewards } = options;
  const { epochs = 1, updatesPerEpoch = 1, completedSteps = 0, afterStep = async () => {} } = options;
  const { clipLow = 0.2, clipHigh = 0.28, klCoefficient = 0.01, entropyCoefficient = 0 } = options;
  const objective = { kind: "policyGradient" as const, clipLow, clipHigh, klCoefficient, entropyCoefficient };
  let tokens = options.completedTokens ?? 0;
  if (klCoefficient !== 0 && completedSteps < steps) await policy.engine.keepReference(options.reference);

  for (let step = completedSteps + 1; step <= steps; step++) {
    const random = createRandom(seed).stream("grpo").stream(step);
    const rate = learningRateAt(learningRate, step, steps);
    const watches = { generate: createStopwatch(), score: createStopwatch() };
    const started = performance.now();
    const rollouts = await collectRollouts(env, options, random, watches);
    const collected = performance.now();

    const { advantages, zeroSpreadFraction, meanStandardDeviation } = groupAdvantages(
      rollouts.map(({ result }) => result.reward),
      rollouts.map(({ result }) => result.info.task.id),
      scaleRewards,
    );
    let sequences = toSequences(rollouts, advantages, policy.name);
    if (klCoefficient !== 0) {
      const reference = await policy.engine.logProbs(sequences, "reference");
      sequences = sequences.map((one, i) => ({ ...one, referenceLogProbs: reference[i] as Float32Array }));
    }

    const updates: StepMetrics[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = random.stream("order").stream(epoch).shuffle(sequences);
      const size = Math.ceil(order.length / updatesPerEpoch);
      for (let at = 0; at < order.length; at += size) {
        const loss = { ...objective, sequences: order.slice(at, at + size) };
        updates.push(await policy.engine.step(loss, { ...optimizer, learningRate: rate }));
      }
    }
    const trained = performance.now();

    const metrics: Record<string, number> = {
      ...rolloutMetrics(rollouts, tokens),
      ...updateMetrics(updates),
      frac_reward_zero_std: zeroSpreadFraction,
      reward_group_std: meanStandardDeviation,
      learning_rate: rate,
      step_time: (trained - started) / 1000,
      "time/rollout_seconds": (collected - started) / 1000,
      "time/generate_seconds": watches.generate.seconds(),
      "time/score_seconds": watches.score.seconds(),
      "time/train_seconds": (trained - collected) / 1000,
    };
    tokens = metrics.num_tokens ?? tokens;
    const event = { phase: "grpo", step, steps, metrics };
    await afterStep(event);
    yield event;
  }
}

/** Every rollout as the engine learns from it. */
function toSequences(
  rollouts: readonly Rollout[],
  advantages: readonly number[],
  policy: string,
): RolloutSequence[] {
  return rollouts.map(({ completion: { tokens } }, i) => {
    if (!tokens)
      throw new UsageError(
        `GRPO needs token ids and log-probabilities, but policy ${policy} returned text alone.`,
      );
    const { prompt, completion, logProbs } = tokens;
    return { prompt, completion, advantage: advantages[i] as number, oldLogProbs: logProbs };
  });
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

function checkOptions(env: VectorWebGenEnv, options: GrpoOptions): void {
  const { scaleRewards = "group", klCoefficient = 0.01, completedSteps = 0, reference } = options;
  const { maxTurns = 1 } = env.options;
  if (maxTurns > 1)
    throw new UsageError(
      `GRPO trains on episodes of one turn, but those of ${env.options.id} have up to ${maxTurns}. Open the environment with maxTurns: 1.`,
    );
  if (!REWARD_SCALES.includes(scaleRewards))
    throw new UsageError(`scaleRewards is ${REWARD_SCALES.join(", ")}, but "${scaleRewards}" came.`);
  for (const [name, least] of Object.entries(LEAST) as [keyof typeof LEAST, number][]) {
    const count = options[name] ?? least;
    if (!Number.isSafeInteger(count) || count < least)
      throw new UsageError(`GRPO's ${name} must be a whole number of at least ${least}, but is ${count}.`);
  }
  if (klCoefficient !== 0 && completedSteps > 0 && !reference)
    throw new UsageError(
      `GRPO cannot go on after step ${completedSteps} without the weights that its KL term holds the policy to: pass those of the policy it began with as reference, (await policy.engine.exportState()).weights of that policy, or set klCoefficient to 0.`,
    );
}
