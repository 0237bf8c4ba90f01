import type { PolicyObjective } from "../../losses/objective.js";
import type { PreferenceObjective } from "../../losses/preference-objective.js";
import type { ModelConfig, Weights } from "../model/config.js";

export type { ModelConfig, Weights } from "../model/config.js";

/** A prompt with the completion to learn from or to measure. Token ids, no padding. */
export interface Sequence {
  readonly prompt: Int32Array;
  readonly completion: Int32Array;
}

/** A sequence as a policy gradient sees it. Arrays have one entry per completion token. */
export interface RolloutSequence extends Sequence {
  readonly advantage: number;
  readonly oldLogProbs: Float32Array;
  /** Needed when `beta` is not 0. */
  readonly referenceLogProbs?: Float32Array;
  /** Weights that correct for another sampler, default 1. */
  readonly importanceWeights?: Float32Array;
}

/** A sequence with the log-probabilities of its completion tokens under the reference. */
export interface ReferredSequence extends Sequence {
  readonly referenceLogProbs: Float32Array;
}

/** Two answers of which one is the better. */
export interface PreferencePair {
  readonly chosen: ReferredSequence;
  readonly rejected: ReferredSequence;
}

/** Options of generating completions. */
export interface GenerateOptions {
  /** 0 is greedy. */
  readonly temperature: number;
  readonly topP: number;
  /** 0 is off. */
  readonly topK: number;
  readonly maxNewTokens: number;
  /** Ends a completion. */
  readonly stopToken: number;
  /** Others that do, too; default none. */
  readonly otherStopTokens?: readonly number[];
  readonly seed: number;
}

/** Completion as the engine sampled it. */
export interface Generated {
  /** Includes the stop token when it was sampled. */
  readonly completion: Int32Array;
  /** Log-probability of each token under the untempered model at the time of sampling. */
  readonly logProbs: Float32Array;
  readonly finishReason: "stop" | "length";
}

/** Policy-gradient loss of sampled completions (`losses/policy-loss.ts`). */
export interface PolicyGradientLoss extends PolicyObjective {
  readonly kind: "policyGradient";
  readonly sequences: readonly RolloutSequence[];
  /** What its means are over, when that is not the sequences themselves: say with masked ones, or the share of an update in a batch. */
  readonly counts?: { readonly tokens?: number; readonly sequences?: number };
}

/** Loss of pairs (`losses/preference-loss.ts`), a mean over pairs. */
export interface PairLoss extends PreferenceObjective {
  readonly kind: "preference";
  readonly pairs: readonly PreferencePair[];
}

/** What one optimiser step minimises. Means are over the whole step, whatever the micro-batches; cross-entropy is a mean over completion tokens. */
export type Loss =
  | { readonly kind: "crossEntropy"; readonly sequences: readonly Sequence[] }
  | PolicyGradientLoss
  | PairLoss;

/** AdamW (https://arxiv.org/abs/1711.05101) with a limit on the global gradient norm. */
export interface AdamWSettings {
  /** Matrices shrink by `learningRate * weightDecay` of themselves a step, default 0.1; gains of norms do not. */
  readonly weightDecay?: number;
  /** Decay of the first and of the second moment, each in [0, 1); default 0.9 and 0.95 (https://arxiv.org/abs/2302.13971). */
  readonly betas?: readonly [number, number];
  /** Added to the root of the second moment, default 1e-8. */
  readonly epsilon?: number;
  /** Gradients of a larger global norm are scaled down to it, default 1. */
  readonly maxGradientNorm?: number;
}

export interface StepOptions extends AdamWSettings {
  readonly learningRate: number;
}

/**
 * `tokens` counts prompt and completion without padding. KL, clip fractions and entropy are means over completion tokens; clip
 * fractions over completions where the ratio is one of completions. What concerns pairs is a mean over pairs.
 */
export interface StepMetrics {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly tokens: number;
  readonly entropy?: number;
  readonly kl?: number;
  readonly clipRatioLow?: number;
  readonly clipRatioHigh?: number;
  /** Of the sequence with the smallest share of tokens clipped at the lower bound, that share. */
  readonly clipRatioLowMin?: number;
  /** Of the sequence with the largest share of tokens clipped at the upper bound, that share. */
  readonly clipRatioHighMax?: number;
  /** With `cispo` in place of the other clip fractions: the share whose weight was cut although the advantage is positive. */
  readonly cispoClipRatio?: number;
  /** Of pairs: `beta` times the log-ratio to the reference, and the share of pairs in which the chosen one has more of it. */
  readonly chosenReward?: number;
  readonly rejectedReward?: number;
  readonly rewardAccuracy?: number;
  /** Log-probability of a whole completion. */
  readonly chosenLogProb?: number;
  readonly rejectedLogProb?: number;
}

/**
 * A trainable model on some TF.js backend: one replica in this thread, or several in worker threads that stay in
 * lockstep. The same calls with the same seeds give the same numbers on one machine.
 */
export interface ModelEngine {
  readonly config: ModelConfig;
  /** E.g. `wasm (2 workers, own kernels)`. */
  readonly backend: string;
  readonly parameterCount: number;
  /** Samples one completion for each prompt of token ids, in their order. */
  generate(prompts: readonly Int32Array[], options: GenerateOptions): Promise<Generated[]>;
  /** Log-probability of each completion token, under the current weights or those kept by `keepReference`. */
  logProbs(sequences: readonly Sequence[], weights?: "current" | "reference"): Promise<Float32Array[]>;
  /** One AdamW step. */
  step(loss: Loss, options: StepOptions): Promise<StepMetrics>;
  /** Keeps frozen weights as the reference for `logProbs`, default a copy of the current ones. */
  keepReference(weights?: Weights): Promise<void>;
  /** Everything needed to go on: weights by Hugging Face name, and the optimiser's moments and step count. */
  exportState(): Promise<EngineState>;
  /** Goes on from an exported state. */
  importState(state: EngineState): Promise<void>;
  /** Frees its memory and ends its workers. */
  close(): Promise<void>;
}

/** State of an engine: all that is needed to go on training. */
export interface EngineState {
  readonly weights: Weights;
  /** AdamW first and second moments; absent for a model that was never trained. */
  readonly optimizer?: {
    readonly step: number;
    readonly firstMoment: Weights;
    readonly secondMoment: Weights;
  };
}
