import { readFileSync } from "node:fs";
import type { Aggregation, KlEstimator, LossType } from "../../../agents/losses/objective.js";
import type { PreferenceLossType } from "../../../agents/losses/preference-objective.js";

type Rows = readonly (readonly number[])[];

/** Value and gradient of a loss, with respect to log-probabilities and, where it has them, entropies. */
export interface Outcome {
  readonly loss: number;
  readonly gradient: Rows;
  readonly entropyGradient?: Rows;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface TrlOptions {
  readonly loss_type: Exclude<LossType, "gspo">;
  readonly epsilon: number;
  readonly epsilon_high: number;
  readonly delta?: number;
  readonly beta?: number;
  readonly use_bias_correction_kl?: boolean;
  readonly entropy_coef?: number;
  readonly importance_sampling_level?: "token" | "sequence";
  readonly mask_truncated_completions?: boolean;
  readonly max_completion_length?: number;
  /** Tokens of a whole batch of rollouts, and its updates. */
  readonly generation_tokens?: number;
  readonly updates?: number;
  readonly correction?: {
    readonly mode: "token_truncate" | "token_mask" | "sequence_truncate" | "sequence_mask";
    readonly clipMin: number | null;
    readonly clipMax: number;
  };
}

export interface VerlOptions {
  readonly mode?: "vanilla" | "gspo" | "cispo";
  readonly aggregation?: Aggregation;
  readonly low?: number;
  readonly high?: number;
  readonly dual?: number;
  readonly scale?: number;
  readonly kl?: KlEstimator;
  readonly beta?: number;
  readonly entropy?: number;
  readonly correction?: { readonly level: "token" | "sequence"; readonly threshold: number | string };
}

/** What TRL and verl made of the same random inputs; written by `losses.py`. */
export interface Originals {
  readonly maxCompletionLength: number;
  readonly logProbs: Rows;
  readonly oldLogProbs: Rows;
  readonly referenceLogProbs: Rows;
  readonly samplerLogProbs: Rows;
  readonly entropies: Rows;
  readonly advantages: readonly number[];
  readonly rewardWeights: Readonly<Record<string, number>>;
  readonly trl: readonly (Outcome & {
    readonly options: TrlOptions;
    readonly importanceWeights?: Rows;
    /** Of each completion, whether it was left in. */
    readonly kept?: readonly boolean[];
  })[];
  /** Under `sum_then_normalize/SCALE`, `normalize_then_sum/group` and `rloo/BETA/SCALE`. */
  readonly trlAdvantages: Readonly<Record<string, readonly number[]>>;
  readonly overlong: readonly {
    readonly maxCompletionLength: number;
    readonly cache: number;
    readonly lengths: readonly number[];
    readonly penalties: readonly number[];
  }[];
  readonly preferences: {
    /** Indices of completions: chosen, rejected. */
    readonly pairs: readonly (readonly [number, number])[];
    readonly cases: readonly (Outcome & {
      readonly options: {
        readonly loss_type: PreferenceLossType;
        readonly beta: number;
        readonly label_smoothing: number;
      };
    })[];
  };
  readonly verl: readonly (Outcome & { readonly options: VerlOptions; readonly importanceWeights?: Rows })[];
  readonly verlAdvantages: {
    readonly rewards: readonly number[];
    readonly klInReward: number;
    /** Under `ESTIMATOR/SCALE`, with `/KL` where that stands in the reward. */
    readonly advantages: Readonly<Record<string, readonly number[]>>;
  };
  readonly linearSchedules: readonly {
    readonly peak: number;
    readonly floor: number;
    readonly warmup: number;
    readonly steps: number;
    /** At 0, 1, ... `steps`. */
    readonly rates: readonly number[];
  }[];
}

export const originals = JSON.parse(
  readFileSync(new URL("../../../../test/agents/fixtures/losses.json", import.meta.url), "utf8"),
) as Originals;
