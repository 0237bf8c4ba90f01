import type { Tensor1D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import type { Loss, RolloutSequence } from "./engine.js";

/**
 * The loss of each completion token and what is reported beside it, `[n]` each. Clip terms are 1 where the clipped
 * ratio decided, else 0. Only `loss` is to be differentiated.
 */
export interface TokenLosses {
  readonly loss: Tensor1D;
  readonly entropy: Tensor1D;
  readonly kl?: Tensor1D;
  readonly clippedLow?: Tensor1D;
  readonly clippedHigh?: Tensor1D;
}

/**
 * Token losses of some sequences from the log-probability and the entropy of each of their completion tokens.
 *
 * Cross-entropy: `-logProb`. Policy gradient:
 * `-min(r A, clip(r, 1 - clipLow, 1 + clipHigh) A) + klCoefficient k3 - entropyCoefficient H` with
 * `r = exp(logProb - oldLogProb)` (PPO, https://arxiv.org/abs/1707.06347; asymmetric clip: DAPO,
 * https://arxiv.org/abs/2503.14476) and `k3 = exp(d) - d - 1`, `d = referenceLogProb - logProb`
 * (http://joschu.net/blog/kl-approx.html), not weighted by the ratio (TRL with `use_bias_correction_kl=False`). Runs inside `tf.tidy` or a gradient.
 */
export function tokenLosses(loss: Loss, logProbs: Tensor1D, entropy: Tensor1D): TokenLosses {
  if (loss.kind === "crossEntropy") return { loss: tf.neg(logProbs), entropy };
  const { sequences, clipLow, clipHigh, klCoefficient, entropyCoefficient } = loss;
  const advantage = perToken(sequences, ({ advantage }) => advantage);
  const ratio = tf.exp(
    tf.sub(
      logProbs,
      perToken(sequences, ({ oldLogProbs }) => oldLogProbs),
    ),
  );
  const clipped = tf.clipByValue(ratio, 1 - clipLow, 1 + clipHigh);
  let objective = tf.minimum(tf.mul(ratio, advantage), tf.mul(clipped, advantage)) as Tensor1D;
  let kl: Tensor1D | undefined;
  if (klCoefficient !== 0) {
    const reference = perToken(sequences, ({ referenceLogProbs }) => referenceLogProbs ?? 0);
    const difference = tf.sub(reference, logProbs);
    kl = tf.sub(tf.sub(tf.exp(difference), difference), 1) as Tensor1D;
    objective = tf.sub(objective, tf.mul(kl, klCoefficient));
  }
  if (entropyCoefficient !== 0) objective = tf.add(objective, tf.mul(entropy, entropyCoefficient));
  const both = (a: tf.Tensor, b: tf.Tensor) => tf.cast(tf.logicalAnd(a, b), "float32") as Tensor1D;
  return {
    loss: tf.neg(objective),
    entropy,
    clippedLow: both(tf.less(ratio, 1 - clipLow), tf.less(advantage, 0)),
    clippedHigh: both(tf.greater(ratio, 1 + clipHigh), tf.greater(advantage, 0)),
    ...(kl ? { kl } : {}),
  };
}

/** One number per completion token: the same for a whole sequence, or one each. */
function perToken(
  sequences: readonly RolloutSequence[],
  numberOf: (sequence: RolloutSequence) => number | Float32Array,
): Tensor1D {
  const values = new Float32Array(sequences.reduce((total, { completion }) => total + completion.length, 0));
  let start = 0;
  for (const sequence of sequences) {
    const end = start + sequence.completion.length;
    const value = numberOf(sequence);
    if (typeof value === "number") values.fill(value, start, end);
    else values.set(value, start);
    start = end;
  }
  return tf.tensor1d(values);
}
