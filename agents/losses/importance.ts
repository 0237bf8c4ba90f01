import type { KlEstimator } from "./objective.js";

/** How weights between two policies are kept in bounds, under TRL's names (`vllm_importance_sampling_mode`). */
export const IMPORTANCE_MODES = [
  "token_truncate",
  "token_mask",
  "sequence_truncate",
  "sequence_mask",
] as const;
export type ImportanceMode = (typeof IMPORTANCE_MODES)[number];

/** Correction for completions that another policy sampled than the one that learns: a server's, or an older one. */
export interface ImportanceCorrection {
  readonly mode: ImportanceMode;
  /** Lower bound of a weight, default none. */
  readonly clipMin?: number;
  /** Upper bound of a weight, default 3. */
  readonly clipMax?: number;
}

/**
 * Importance weights of one completion's tokens: `exp(learner - sampler)` of each token, or of the whole completion at every token.
 * Out of bounds they are set to the bound (truncate; https://fengyao.notion.site/off-policy-rl) or to 0
 * (mask; arXiv 2510.18855).
 *
 * @param learner log-probabilities under the policy before the update
 * @param sampler log-probabilities of the same tokens as they were sampled
 */
export function importanceWeights(
  { mode, clipMin = 0, clipMax = 3 }: ImportanceCorrection,
  learner: Float32Array,
  sampler: Float32Array,
): Float32Array {
  const differences = learner.map((value, t) => value - (sampler[t] as number));
  const total = differences.reduce((sum, one) => sum + one, 0);
  const logWeights = mode.startsWith("sequence") ? differences.fill(total) : differences;
  const bounded = (weight: number) => Math.min(Math.max(weight, clipMin), clipMax);
  const kept = (weight: number) => (weight < clipMin || weight > clipMax ? 0 : weight);
  const bound = mode.endsWith("mask") ? kept : bounded;
  return logWeights.map((logWeight) => bound(Math.exp(logWeight)));
}

/**
 * KL(policy || reference) of one completion, estimated as the sum over its tokens: what is taken, times a coefficient, from the
 * reward when the KL term stands there (arXiv 2402.14740; verl `use_kl_in_reward`).
 */
export function completionKl(estimator: KlEstimator, policy: Float32Array, reference: Float32Array): number {
  return policy.reduce((sum, logProb, t) => {
    const difference = (reference[t] as number) - logProb;
    const terms = { k1: -difference, k2: difference ** 2 / 2, k3: Math.exp(difference) - difference - 1 };
    return sum + terms[estimator];
  }, 0);
}
