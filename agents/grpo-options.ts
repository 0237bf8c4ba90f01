import { UsageError } from "../infra/errors.js";
import {
  ADVANTAGE_ESTIMATORS,
  type AdvantageOptions,
  REWARD_AGGREGATIONS,
  REWARD_SCALES,
} from "./advantages.js";
import { IMPORTANCE_MODES, type ImportanceCorrection } from "./losses/importance.js";
import { checkObjective, type PolicyObjective } from "./losses/objective.js";
import type { OverlongPenalty } from "./losses/overlong.js";

/** Where the KL term stands: in the loss of each token, or as a penalty of each answer in its reward. */
export const KL_PLACES = ["loss", "reward"] as const;
export type KlPlace = (typeof KL_PLACES)[number];

/**
 * The algorithm of a policy-gradient learner. Names are TRL's in camel case where it has one; `docs/algorithms.md` has the table
 * with those of verl and the papers. Defaults are those of `PolicyObjective`, but that `beta` is 0.01 and `epsilonHigh` 0.28 (5 for `cispo`).
 */
export interface PolicyAlgorithm extends Omit<PolicyObjective, "maxCompletionLength">, AdvantageOptions {
  /** Default `loss`. */
  readonly klIn?: KlPlace;
  /** Correction for a sampler whose log-probabilities are not the learner's; default none. Costs a pass over each batch. */
  readonly importanceSampling?: ImportanceCorrection;
  /** Whether answers that were cut off at the token limit are left out of the loss, default false. */
  readonly maskTruncatedCompletions?: boolean;
  /** Penalty of the last tokens that an answer may have; default none. */
  readonly softOverlongPenalty?: OverlongPenalty;
  /** Samples until there are `tasksPerStep` groups whose rewards differ, at most so many batches (DAPO, arXiv 2503.14476); default off. */
  readonly dynamicSampling?: { readonly maxBatches: number };
}

/** The objective of the loss, with the defaults of a learner. */
export function objectiveOf(
  {
    lossType = "dapo",
    epsilon = 0.2,
    epsilonHigh = lossType === "cispo" ? 5 : 0.28,
    beta = 0.01,
    klIn = "loss",
    ...others
  }: PolicyAlgorithm,
  maxCompletionLength?: number,
): PolicyObjective {
  const { importanceSamplingLevel, aggregation, delta, klEstimator, useBiasCorrectionKl, entropyCoef } =
    others;
  return {
    ...{ lossType, epsilon, epsilonHigh, beta: klIn === "loss" ? beta : 0 },
    ...(importanceSamplingLevel === undefined ? {} : { importanceSamplingLevel }),
    ...(aggregation === undefined ? {} : { aggregation }),
    ...(delta === undefined ? {} : { delta }),
    ...(klEstimator === undefined ? {} : { klEstimator }),
    ...(useBiasCorrectionKl === undefined ? {} : { useBiasCorrectionKl }),
    ...(entropyCoef === undefined ? {} : { entropyCoef }),
    ...(maxCompletionLength === undefined ? {} : { maxCompletionLength }),
  };
}

/** Whether an algorithm needs the log-probabilities of a reference. */
export const needsReference = ({ beta = 0.01 }: PolicyAlgorithm): boolean => beta !== 0;

/** Throws a UsageError for an algorithm that makes no sense. `maxTokens` are those an answer may have. */
export function checkAlgorithm(algorithm: PolicyAlgorithm, maxTokens?: number): void {
  const { scaleRewards = "group", advantageEstimator = "grpo", klIn = "loss", dynamicSampling } = algorithm;
  const { multiObjectiveAggregation = "sum_then_normalize", rewardWeights } = algorithm;
  const { importanceSampling, softOverlongPenalty } = algorithm;
  const words: readonly [string, string, readonly string[]][] = [
    ["scaleRewards", scaleRewards, REWARD_SCALES],
    ["advantageEstimator", advantageEstimator, ADVANTAGE_ESTIMATORS],
    ["multiObjectiveAggregation", multiObjectiveAggregation, REWARD_AGGREGATIONS],
    ["klIn", klIn, KL_PLACES],
    ["importanceSampling.mode", importanceSampling?.mode ?? "token_truncate", IMPORTANCE_MODES],
  ];
  for (const [name, word, known] of words)
    if (!known.includes(word)) throw new UsageError(`${name} is ${known.join(", ")}, but "${word}" came.`);
  checkObjective(objectiveOf(algorithm, maxTokens));
  if (algorithm.lossType === "cispo" && (algorithm.epsilonHigh ?? 5) < 1)
    throw new UsageError(
      `With lossType cispo epsilonHigh bounds the ratio itself and should be at least 1 (5 is usual), but is ${algorithm.epsilonHigh}.`,
    );
  if (advantageEstimator === "rloo" && scaleRewards === "group")
    throw new UsageError(
      `Leave-one-out advantages are not divided by the deviation of their group: with advantageEstimator rloo, scaleRewards is none or batch.`,
    );
  if (multiObjectiveAggregation === "normalize_then_sum") {
    if (!rewardWeights)
      throw new UsageError(
        `normalize_then_sum normalises parts of the reward: name them in rewardWeights, e.g. {"checklist": 1, "similarity": 0.5}.`,
      );
    if (advantageEstimator !== "grpo" || klIn === "reward")
      throw new UsageError(
        `normalize_then_sum goes with advantageEstimator grpo and klIn loss, but they are ${advantageEstimator} and ${klIn}.`,
      );
  }
  for (const [name, weight] of Object.entries(rewardWeights ?? {}))
    if (!Number.isFinite(weight))
      throw new UsageError(`rewardWeights.${name} must be a finite number, but is ${weight}.`);
  const { clipMin = 0, clipMax = 3 } = importanceSampling ?? {};
  if (!(clipMin >= 0 && clipMax > clipMin))
    throw new UsageError(
      `importanceSampling keeps weights from clipMin, at least 0, to a larger clipMax, but they are ${clipMin} and ${clipMax}.`,
    );
  if (softOverlongPenalty) {
    const { cache, factor = 1 } = softOverlongPenalty;
    if (!(cache > 0 && factor >= 0 && cache <= (maxTokens ?? 0)))
      throw new UsageError(
        `softOverlongPenalty needs a cache of 1 to sampling.maxTokens = ${maxTokens} tokens and a factor of at least 0, but they are ${cache} and ${factor}.`,
      );
  }
  const { maxBatches = 1 } = dynamicSampling ?? {};
  if (!Number.isSafeInteger(maxBatches) || maxBatches < 1)
    throw new UsageError(
      `dynamicSampling.maxBatches must be a whole number of at least 1, but is ${maxBatches}.`,
    );
}
