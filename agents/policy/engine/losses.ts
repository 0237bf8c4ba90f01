import type { Tensor1D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import type { Loss, RolloutSequence } from "./engine.js";

/** Sums over completion tokens; `tokens` counts prompts too. */
export interface LossSums {
  loss: number;
  entropy: number;
  kl: number;
  clippedLow: number;
  clippedHigh: number;
  completionTokens: number;
  tokens: number;
}

export const LOSS_SUM_FIELDS = [
  "loss",
  "entropy",
  "kl",
  "clippedLow",
  "clippedHigh",
  "completionTokens",
  "tokens",
] as const satisfies readonly (keyof LossSums)[];

export function emptySums(): LossSums {
  return { loss: 0, entropy: 0, kl: 0, clippedLow: 0, clippedHigh: 0, completionTokens: 0, tokens: 0 };
}

/** What a policy-gradient loss needs of each completion token, `[n]` each. */
interface TokenColumns {
  readonly advantage: Float32Array;
  readonly oldLogProb: Float32Array;
  readonly referenceLogProb: Float32Array;
}

/**
 * The loss of some sequences of a step, summed over their completion tokens and divided by `completionTokens`, the
 * count in the whole step.
 *
 * Policy gradient: `-min(r A, clip(r, 1 - clipLow, 1 + clipHigh) A) + klCoefficient k3 - entropyCoefficient H` with
 * `r = exp(logProb - oldLogProb)` (PPO, https://arxiv.org/abs/1707.06347; asymmetric clip: DAPO,
 * https://arxiv.org/abs/2503.14476) and `k3 = exp(d) - d - 1`, `d = referenceLogProb - logProb`
 * (http://joschu.net/blog/kl-approx.html).
 */
export function tokenLoss(
  loss: Loss,
  logProbs: Tensor1D,
  entropy: Tensor1D,
  completionTokens: number,
): tf.Scalar {
  if (loss.kind === "crossEntropy") return tf.mul(tf.sum(logProbs), -1 / completionTokens);
  const { clipLow, clipHigh, klCoefficient, entropyCoefficient } = loss;
  const columns = columnsOf(loss.sequences);
  const advantage = tf.tensor1d(columns.advantage);
  const ratio = tf.exp(tf.sub(logProbs, tf.tensor1d(columns.oldLogProb)));
  const clipped = tf.clipByValue(ratio, 1 - clipLow, 1 + clipHigh);
  let objective = tf.minimum(tf.mul(ratio, advantage), tf.mul(clipped, advantage));
  if (klCoefficient !== 0) {
    const difference = tf.sub(tf.tensor1d(columns.referenceLogProb), logProbs);
    const k3 = tf.sub(tf.sub(tf.exp(difference), difference), 1);
    objective = tf.sub(objective, tf.mul(k3, klCoefficient));
  }
  if (entropyCoefficient !== 0) objective = tf.add(objective, tf.mul(entropy, entropyCoefficient));
  return tf.mul(tf.sum(objective), -1 / completionTokens);
}

/** Adds the sums of the same sequences to `sums`, from numbers brought back from the backend. */
export function addSums(sums: LossSums, loss: Loss, logProbs: Float32Array, entropy: Float32Array): void {
  for (const { prompt, completion } of loss.sequences) sums.tokens += prompt.length + completion.length;
  sums.completionTokens += logProbs.length;
  for (const value of entropy) sums.entropy += value;
  if (loss.kind === "crossEntropy") {
    for (const value of logProbs) sums.loss -= value;
    return;
  }
  const { clipLow, clipHigh, klCoefficient, entropyCoefficient } = loss;
  const { advantage, oldLogProb, referenceLogProb } = columnsOf(loss.sequences);
  logProbs.forEach((logProb, i) => {
    const a = advantage[i] as number;
    const ratio = Math.exp(logProb - (oldLogProb[i] as number));
    const clipped = Math.min(Math.max(ratio, 1 - clipLow), 1 + clipHigh);
    const difference = (referenceLogProb[i] as number) - logProb;
    const k3 = klCoefficient === 0 ? 0 : Math.exp(difference) - difference - 1;
    sums.kl += k3;
    if (ratio < 1 - clipLow && a < 0) sums.clippedLow++;
    if (ratio > 1 + clipHigh && a > 0) sums.clippedHigh++;
    sums.loss +=
      klCoefficient * k3 - Math.min(ratio * a, clipped * a) - entropyCoefficient * (entropy[i] as number);
  });
}

function columnsOf(sequences: readonly RolloutSequence[]): TokenColumns {
  const length = sequences.reduce((total, { completion }) => total + completion.length, 0);
  const advantage = new Float32Array(length);
  const oldLogProb = new Float32Array(length);
  const referenceLogProb = new Float32Array(length);
  let start = 0;
  for (const sequence of sequences) {
    const end = start + sequence.completion.length;
    advantage.fill(sequence.advantage, start, end);
    oldLogProb.set(sequence.oldLogProbs, start);
    if (sequence.referenceLogProbs) referenceLogProb.set(sequence.referenceLogProbs, start);
    start = end;
  }
  return { advantage, oldLogProb, referenceLogProb };
}
