import { UsageError } from "../infra/errors.js";
import { advantagesOf } from "./advantages.js";
import { needsReference, type PolicyAlgorithm } from "./grpo-options.js";
import { completionKl, importanceWeights } from "./losses/importance.js";
import { softOverlongPenalty } from "./losses/overlong.js";
import { groupsOf, sampledTokens } from "./online.js";
import type { RolloutSequence } from "./policy/engine/engine.js";
import type { TrainablePolicy } from "./policy/policy.js";
import type { Rollout, RolloutOptions } from "./rollouts.js";

/** A rollout as the engine learns from it; a masked one counts in means over sequences alone. */
export interface BatchSequence extends RolloutSequence {
  readonly masked: boolean;
}

/** Part of the reward that the overlong penalty is. */
const OVERLONG = "overlong";

/** A batch of rollouts with all that a policy-gradient loss needs of each, and what is told of it. */
export async function policyGradientBatch(
  rollouts: readonly Rollout[],
  options: PolicyAlgorithm & Pick<RolloutOptions, "groupSize" | "sampling">,
  policy: Pick<TrainablePolicy, "engine" | "name">,
): Promise<{ sequences: BatchSequence[]; metrics: Record<string, number> }> {
  const { beta = 0.01, klEstimator = "k3", klIn = "loss", importanceSampling } = options;
  const { engine, name } = policy;
  const sampled = rollouts.map((rollout) => sampledTokens(rollout, "GRPO", name));
  const references = needsReference(options) ? await engine.logProbs(sampled, "reference") : undefined;
  const learner = importanceSampling ? await engine.logProbs(sampled) : undefined;

  const penalties = sampled.map(({ oldLogProbs }, i) => {
    const reference = references?.[i];
    return klIn === "reward" && reference
      ? beta * completionKl(klEstimator, learner?.[i] ?? oldLogProbs, reference)
      : 0;
  });
  const parts = rollouts.map((rollout) => partsOf(rollout, options));
  const { advantages, zeroSpreadFraction, meanStandardDeviation } = advantagesOf(
    rollouts.map(({ result }, i) => ({
      reward: result.reward === null ? null : result.reward + (parts[i]?.[OVERLONG] ?? 0),
      parts: parts[i] ?? {},
      penalty: penalties[i] ?? 0,
    })),
    groupsOf(rollouts, options.groupSize),
    parts.some((part) => OVERLONG in part) && options.rewardWeights
      ? { ...options, rewardWeights: { ...options.rewardWeights, [OVERLONG]: 1 } }
      : options,
  );
  const sequences = sampled.map((one, i): BatchSequence => {
    const reference = references?.[i];
    const own = learner?.[i];
    return {
      ...one,
      advantage: advantages[i] as number,
      masked: options.maskTruncatedCompletions === true && rollouts[i]?.completion.finishReason === "length",
      ...(reference && klIn === "loss" ? { referenceLogProbs: reference } : {}),
      ...(importanceSampling && own
        ? { oldLogProbs: own, importanceWeights: importanceWeights(importanceSampling, own, one.oldLogProbs) }
        : {}),
    };
  });
  const overlong = parts.flatMap((part) => part[OVERLONG] ?? []);
  return {
    sequences,
    metrics: {
      frac_reward_zero_std: zeroSpreadFraction,
      reward_group_std: meanStandardDeviation,
      ...(klIn === "reward" && beta !== 0 ? { kl_penalty: average(penalties) / beta } : {}),
      ...(overlong.length > 0 ? { "rewards/overlong/mean": average(overlong) } : {}),
      ...correctionMetrics(sequences),
    },
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and extremes of importance weights over tokens, under TRL's names. */
function correctionMetrics(sequences: readonly BatchSequence[]): Record<string, number> {
  const weights = sequences.flatMap(({ importanceWeights: own }) => [...(own ?? [])]);
  if (weights.length === 0) return {};
  const name = "sampling/importance_sampling_ratio";
  return {
    // A batch may have more tokens than a call may have arguments.
    [`${name}/min`]: weights.reduce((least, weight) => Math.min(least, weight)),
    [`${name}/mean`]: average(weights),
    [`${name}/max`]: weights.reduce((most, weight) => Math.max(most, weight)),
  };
}

/** Parts of a reward that have weights of their own, and the overlong penalty. Throws a UsageError for a part there is not. */
function partsOf(
  { result, completion }: Rollout,
  {
    rewardWeights = {},
    softOverlongPenalty: penalty,
    sampling,
  }: PolicyAlgorithm & Pick<RolloutOptions, "sampling">,
): Record<string, number | null> {
  const { parts } = result.info;
  const unknown = Object.keys(rewardWeights).find((name) => !(name in parts));
  if (unknown !== undefined && result.reward !== null)
    throw new UsageError(
      `rewardWeights names the part "${unknown}", but the reward has ${Object.keys(parts).join(", ") || "no parts"}.`,
    );
  const named = Object.keys(rewardWeights).map((name) => [name, parts[name] ?? null] as const);
  // What could not be scored is not made a measured answer by its length.
  const measured = named.length > 0 ? named.some(([, value]) => value !== null) : result.reward !== null;
  const { maxTokens = 0 } = sampling;
  return {
    ...Object.fromEntries(named),
    ...(penalty && measured
      ? { [OVERLONG]: softOverlongPenalty(penalty, completion.tokenCount, maxTokens) }
      : {}),
  };
}
