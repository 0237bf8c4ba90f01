import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { type MeanCounts, tokenWeight } from "./aggregation.js";
import type { KlEstimator, ResolvedObjective } from "./objective.js";
import { means, perToken, spread, stopGradient } from "./segments.js";

/** A completion as a policy-gradient loss sees it. Arrays have one entry per token. */
export interface ScoredCompletion {
  readonly advantage: number;
  /** Under the policy that the ratio is to. */
  readonly oldLogProbs: Float32Array;
  readonly referenceLogProbs?: Float32Array;
  /** Weights that correct for a sampler other than the old policy, default 1. */
  readonly importanceWeights?: Float32Array;
}

export interface PolicyLossInput {
  /** Of the completions' tokens one after the other, `[n]`. */
  readonly logProbs: Tensor1D;
  readonly entropy: Tensor1D;
  readonly completions: readonly ScoredCompletion[];
  readonly counts: MeanCounts;
  /** Completion tokens that the mean entropy is over. */
  readonly entropyTokens: number;
}

/** `loss` is to be differentiated, the others are to be reported: of each token, and clip terms of each completion when the ratio is one of completions. */
export interface PolicyLoss {
  readonly loss: Scalar;
  readonly kl?: Tensor1D;
  /** 1 where the lower bound decided. */
  readonly clippedLow?: Tensor1D;
  /** 1 where the upper bound decided. */
  readonly clippedHigh: Tensor1D;
}

/**
 * Policy-gradient loss of some completions: the weighted sum over tokens of `-surrogate + beta KL`, less the entropy bonus.
 *
 * With the ratio `r = exp(logProb - oldLogProb)`, or for sequences the exponential of its mean over the completion (GSPO, arXiv
 * 2507.18071), the surrogate is `min(min(r, delta) A, clip(r, 1 - epsilon, 1 + epsilonHigh) A)` (PPO, arXiv 1707.06347; asymmetric:
 * DAPO, arXiv 2503.14476; dual: arXiv 1912.09729 and 2505.07291), or for `cispo` `min(r, epsilonHigh) A logProb` with no gradient
 * through the weight (arXiv 2506.13585). Runs inside `tf.tidy` or a gradient.
 */
export function policyLoss(objective: ResolvedObjective, input: PolicyLossInput): PolicyLoss {
  const { logProbs, entropy, completions, counts, entropyTokens } = input;
  const { lossType, importanceSamplingLevel, aggregation, beta, entropyCoef } = objective;
  const { maxCompletionLength } = objective;
  const lengths = completions.map(({ oldLogProbs }) => oldLogProbs.length);
  const column = (of: (completion: ScoredCompletion) => number | Float32Array) =>
    perToken(lengths, completions.map(of));
  const old = column(({ oldLogProbs }) => oldLogProbs);
  const logRatio = tf.sub(logProbs, old) as Tensor1D;
  const whole = importanceSamplingLevel === "sequence";
  const ratios: Tensor1D = tf.exp(whole ? means(logRatio, lengths) : logRatio);
  const ratio = whole ? spread(ratios, lengths) : ratios;
  const advantage = column(({ advantage }) => advantage);
  const surrogate =
    lossType === "cispo"
      ? weightedLogProbs(objective, ratio, advantage, logProbs)
      : clippedSurrogate(objective, ratio, advantage);
  const correction = column(({ importanceWeights }) => importanceWeights ?? 1);
  let tokenLoss: Tensor1D = tf.neg(tf.mul(surrogate, correction));
  let kl: Tensor1D | undefined;
  if (beta !== 0) {
    const reference = column(({ referenceLogProbs }) => referenceLogProbs ?? Number.NaN);
    kl = klEstimate(objective.klEstimator, logProbs, reference);
    if (objective.useBiasCorrectionKl) kl = tf.mul(kl, ratio);
    tokenLoss = tf.add(tokenLoss, tf.mul(kl, beta));
  }
  const weights = perToken(
    lengths,
    lengths.map((length) =>
      tokenWeight(
        aggregation,
        { ...counts, ...(maxCompletionLength ? { maxCompletionLength } : {}) },
        length,
      ),
    ),
  );
  let loss = tf.sum(tf.mul(tokenLoss, weights)) as Scalar;
  if (entropyCoef !== 0) loss = tf.sub(loss, tf.mul(tf.sum(entropy), entropyCoef / entropyTokens));
  const advantages = whole ? tf.tensor1d(completions.map(({ advantage }) => advantage)) : advantage;
  return { loss, ...(kl ? { kl } : {}), ...clipTerms(objective, ratios, advantages) };
}

function clippedSurrogate(
  { epsilon, epsilonHigh, delta }: ResolvedObjective,
  ratio: Tensor1D,
  advantage: Tensor1D,
): Tensor1D {
  const clipped = tf.clipByValue(ratio, 1 - epsilon, 1 + epsilonHigh);
  const bounded = delta === undefined ? ratio : tf.minimum(ratio, delta);
  return tf.minimum(tf.mul(bounded, advantage), tf.mul(clipped, advantage)) as Tensor1D;
}

function weightedLogProbs(
  { epsilonHigh }: ResolvedObjective,
  ratio: Tensor1D,
  advantage: Tensor1D,
  logProbs: Tensor1D,
): Tensor1D {
  const weight = stopGradient(tf.minimum(ratio, epsilonHigh) as Tensor1D);
  return tf.mul(tf.mul(weight, advantage), logProbs);
}

/** With `d = referenceLogProb - logProb`: k1 is `-d`, k2 `d^2 / 2` and k3 `exp(d) - d - 1`. */
function klEstimate(estimator: KlEstimator, logProbs: Tensor1D, reference: Tensor1D): Tensor1D {
  const difference = tf.sub(reference, logProbs) as Tensor1D;
  switch (estimator) {
    case "k1":
      return tf.neg(difference);
    case "k2":
      return tf.mul(tf.square(difference), 0.5);
    case "k3":
      return tf.sub(tf.sub(tf.exp(difference), difference), 1) as Tensor1D;
  }
}

/** 1 where a bound decided. Clipping a ratio of `cispo` changes its weight, whichever way the advantage points; as in TRL only rewarded ones are told. */
function clipTerms(
  { lossType, epsilon, epsilonHigh }: ResolvedObjective,
  ratio: Tensor1D,
  advantage: Tensor1D,
): { clippedLow?: Tensor1D; clippedHigh: Tensor1D } {
  const both = (a: tf.Tensor, b: tf.Tensor) => tf.cast(tf.logicalAnd(a, b), "float32") as Tensor1D;
  const rewarded = tf.greater(advantage, 0);
  if (lossType === "cispo") return { clippedHigh: both(tf.greater(ratio, epsilonHigh), rewarded) };
  return {
    clippedLow: both(tf.less(ratio, 1 - epsilon), tf.less(advantage, 0)),
    clippedHigh: both(tf.greater(ratio, 1 + epsilonHigh), rewarded),
  };
}
