import type { Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { resolveObjective } from "../../losses/objective.js";
import { policyLoss } from "../../losses/policy-loss.js";
import { preferenceLoss } from "../../losses/preference-loss.js";
import type { Loss } from "./engine.js";
import type { ColumnName } from "./loss-sums.js";

/** What the means of a step are over, all its shards and micro-batches together. */
export interface StepCounts {
  readonly completionTokens: number;
  /** What token means divide by: `completionTokens`, unless the loss says otherwise. */
  readonly tokens: number;
  /** What sequence means divide by; of pairs their number. */
  readonly sequences: number;
}

/** The part of a step's loss that some of its sequences make, which alone is to be differentiated, and what is reported beside it. */
export interface LossTerms {
  readonly loss: Scalar;
  readonly columns: Readonly<Partial<Record<ColumnName, Tensor1D>>>;
}

/**
 * Terms of the sequences of a part of a loss, from the log-probability and the entropy of each of their completion tokens, `[n]`. The
 * one place where value, gradient and metrics of every loss come from. Runs inside `tf.tidy` or a gradient.
 */
export function lossTerms(loss: Loss, logProbs: Tensor1D, entropy: Tensor1D, counts: StepCounts): LossTerms {
  switch (loss.kind) {
    case "crossEntropy":
      return { loss: tf.div(tf.neg(tf.sum(logProbs)), counts.completionTokens), columns: { entropy } };
    case "policyGradient": {
      const { loss: value, ...columns } = policyLoss(resolveObjective(loss), {
        ...{ logProbs, entropy, counts, completions: loss.sequences },
        entropyTokens: counts.completionTokens,
      });
      return { loss: value, columns: { entropy, ...columns } };
    }
    case "preference": {
      const references = loss.pairs.flatMap(({ chosen, rejected }) => [
        chosen.referenceLogProbs,
        rejected.referenceLogProbs,
      ]);
      const { loss: value, ...columns } = preferenceLoss(loss, logProbs, references, counts.sequences);
      return { loss: value, columns: { entropy, ...columns } };
    }
  }
}
