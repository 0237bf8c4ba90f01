import type { Aggregation } from "./objective.js";

/** What the means of a step are over. */
export interface MeanCounts {
  /** Completion tokens. */
  readonly tokens: number;
  /** Completions, those among them that were masked. */
  readonly sequences: number;
  /** Tokens that a completion may have, for `seq-mean-token-sum-norm`. */
  readonly maxCompletionLength?: number;
}

/**
 * Weight of each token of a completion of `length` tokens, such that the loss is the weighted sum of token losses. Every
 * aggregation is one: the mean or the sum over tokens, or the mean over completions of their sum, mean, or sum over a
 * constant (GRPO, arXiv 2402.03300; DAPO, arXiv 2503.14476; Dr. GRPO, arXiv 2503.20783).
 */
export function tokenWeight(
  aggregation: Aggregation,
  { tokens, sequences, maxCompletionLength = Number.NaN }: MeanCounts,
  length: number,
): number {
  switch (aggregation) {
    case "token-mean":
      return 1 / tokens;
    case "token-sum":
      return 1;
    case "seq-mean-token-sum":
      return 1 / sequences;
    case "seq-mean-token-mean":
      return 1 / (sequences * length);
    case "seq-mean-token-sum-norm":
      return 1 / (sequences * maxCompletionLength);
  }
}
