import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import type { PreferenceLossType, PreferenceObjective } from "./preference-objective.js";
import { perToken, sums } from "./segments.js";

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
