import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../infra/errors.js";
import { perToken, sums } from "./segments.js";

/** Losses of pairs, under TRL's names (DPOConfig `loss_type`). */
export const PREFERENCE_LOSS_TYPES = ["sigmoid", "hinge", "ipo", "robust", "sigmoid_norm"] as const;
export type PreferenceLossType = (typeof PREFERENCE_LOSS_TYPES)[number];

/** What a step on pairs minimises. */
export interface PreferenceObjective {
  /** Default `sigmoid` (DPO, arXiv 2305.18290). */
  readonly lossType?: PreferenceLossType;
  /** How strongly the policy is held to the reference, default 0.1; for `ipo` the regularisation tau. */
  readonly beta?: number;
  /** For `robust`: the share of pairs that are thought to be the wrong way round, from 0 to below 0.5; default 0. */
  readonly labelSmoothing?: number;
}

/** Terms of a step on pairs; all but the loss are of each pair. */
export interface PreferenceLoss {
  readonly loss: Scalar;
  /** `beta` times the log-ratio to the reference of the completion that was chosen, or rejected. */
  readonly chosenReward: Tensor1D;
  readonly rejectedReward: Tensor1D;
  /** 1 where the chosen one has the higher such reward. */
  readonly rewardAccuracy: Tensor1D;
  readonly chosenLogProb: Tensor1D;
  readonly rejectedLogProb: Tensor1D;
}

/** Throws a UsageError for an objective that makes no sense. */
export function checkPreference({
  lossType = "sigmoid",
  beta = 0.1,
  labelSmoothing = 0,
}: PreferenceObjective): void {
  if (!PREFERENCE_LOSS_TYPES.includes(lossType))
    throw new UsageError(`lossType is one of ${PREFERENCE_LOSS_TYPES.join(", ")}, but "${lossType}" came.`);
  if (!(beta > 0) || !Number.isFinite(beta))
    throw new UsageError(`beta must be a number above 0, but is ${beta}.`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 0.5))
    throw new UsageError(`labelSmoothing must be a number from 0 to below 0.5, but is ${labelSmoothing}.`);
  if (labelSmoothing > 0 && lossType !== "robust")
    throw new UsageError(`labelSmoothing belongs to the lossType robust, but that is "${lossType}".`);
}

/**
 * Preference loss of pairs: the mean over pairs of a function of `s_chosen - s_rejected`, where `s` is the sum over a
 * completion's tokens of the log-ratio to the reference (for `ipo` and `sigmoid_norm` the mean). With `z = beta` times that:
 * `-log sigmoid(z)` (DPO, arXiv 2305.18290; length-normalised: arXiv 2411.15124), `max(0, 1 - z)` (SLiC, arXiv 2305.10425),
 * `(s_chosen - s_rejected - 1 / (2 beta))^2` (IPO, arXiv 2310.12036), or DPO made robust to flipped pairs (arXiv 2403.00409).
 *
 * @param logProbs of all tokens, the completions one after the other: chosen, rejected, chosen, ... `[n]`
 * @param referenceLogProbs of each completion, in the same order
 * @param pairs that the mean is over, which may be more than these
 */
export function preferenceLoss(
  { lossType = "sigmoid", beta = 0.1, labelSmoothing = 0 }: PreferenceObjective,
  logProbs: Tensor1D,
  referenceLogProbs: readonly Float32Array[],
  pairs: number,
): PreferenceLoss {
  const lengths = referenceLogProbs.map(({ length }) => length);
  const totals = sums(logProbs, lengths);
  const ratios = tf.sub(totals, sums(perToken(lengths, referenceLogProbs), lengths)) as Tensor1D;
  const scores = lossType === "ipo" || lossType === "sigmoid_norm" ? tf.div(ratios, lengths) : ratios;
  const margin = tf.sub(every(scores as Tensor1D, 0), every(scores as Tensor1D, 1)) as Tensor1D;
  const chosenReward = tf.mul(every(ratios, 0), beta) as Tensor1D;
  const rejectedReward = tf.mul(every(ratios, 1), beta) as Tensor1D;
  return {
    loss: tf.div(tf.sum(pairLoss(lossType, margin, beta, labelSmoothing)), pairs) as Scalar,
    chosenReward,
    rejectedReward,
    rewardAccuracy: tf.cast(tf.greater(chosenReward, rejectedReward), "float32"),
    chosenLogProb: every(totals, 0),
    rejectedLogProb: every(totals, 1),
  };
}

/** The chosen (0) or the rejected (1) of each pair. */
function every(values: Tensor1D, which: 0 | 1): Tensor1D {
  return tf.reshape(tf.slice(tf.reshape(values, [-1, 2]), [0, which], [-1, 1]), [-1]);
}

function pairLoss(lossType: PreferenceLossType, margin: Tensor1D, beta: number, smoothing: number): Tensor1D {
  const logits = tf.mul(margin, beta) as Tensor1D;
  switch (lossType) {
    case "sigmoid":
    case "sigmoid_norm":
      return tf.softplus(tf.neg(logits));
    case "hinge":
      return tf.maximum(0, tf.sub(1, logits)) as Tensor1D;
    case "ipo":
      return tf.square(tf.sub(margin, 1 / (2 * beta)));
    case "robust": {
      const right = tf.mul(tf.softplus(tf.neg(logits)), 1 - smoothing);
      const wrong = tf.mul(tf.softplus(logits), smoothing);
      return tf.div(tf.sub(right, wrong), 1 - 2 * smoothing);
    }
  }
}
