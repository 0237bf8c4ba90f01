import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import type { Rope } from "./rope.js";

/**
 * The few tensor operations a decoder needs. Two implementations: `portable` (tfjs-core only, any backend) and `wasm`
 * (own SIMD kernels inside the tfjs-wasm heap). They agree to float32 rounding. Those of `DifferentiableOps` can be
 * differentiated with `tf.grad` and `tf.variableGrads`.
 */
export interface Ops extends DifferentiableOps, DecodingOps, OptimizerOps {
  readonly name: string;
}

export interface DifferentiableOps {
  /** `[n, in] x [out, in] -> [n, out]`, that is `x` times `weight` transposed (Hugging Face layout). */
  linear(x: Tensor2D, weight: Tensor2D): Tensor2D;
  /** `[vocab, hidden], int32 [n] -> [n, hidden]`. Ids must lie in [0, vocab). */
  embed(table: Tensor2D, ids: Tensor1D): Tensor2D;
  /** `x / sqrt(mean(x^2) + epsilon) * gain` over the last axis of `[n, hidden]`. */
  rmsNorm(x: Tensor2D, gain: Tensor1D, epsilon: number): Tensor2D;
  /** Rotary positions in Hugging Face's half-split form on `[batch, time, heads, headSize]`; `positions` int32 `[batch, time]` flattened. */
  rotary(x: Tensor4D, positions: Tensor1D, rope: Rope): Tensor4D;
  /**
   * Causal softmax attention with grouped queries. `query [batch, time, heads, headSize]`, `key` and `value`
   * `[batch, time, kvHeads, headSize]` -> `[batch, time, heads, headSize]`. Sequences are padded on the right;
   * what padding rows hold does not matter and they must not produce NaN.
   */
  causalAttention(query: Tensor4D, key: Tensor4D, value: Tensor4D): Tensor4D;
  /** `silu(gate) * up`, elementwise on `[n, intermediate]`. */
  swiglu(gate: Tensor2D, up: Tensor2D): Tensor2D;
  /** `log softmax(x · weightᵀ)[target]` for each row and the entropy of the row's distribution, never holding more than needed. `[n, hidden], [vocab, hidden], int32 [n] -> [n] each`. */
  headLogProbs(x: Tensor2D, weight: Tensor2D, targets: Tensor1D): { logProbs: Tensor1D; entropy: Tensor1D };
}

/** Generation, one token a row at a time. None of these is differentiable. */
export interface DecodingOps {
  /** An empty cache for one layer. Kept until disposed, also inside `tf.tidy`. */
  createCache(shape: CacheShape): KeyValueCache;
  /**
   * Writes `key` and `value`, `[batch, time, kvHeads, headSize]`, into the cache; row `b` goes to positions
   * `starts[b] ... starts[b] + time - 1`. A prompt is written with starts of 0, padding included: later steps
   * overwrite it.
   */
  appendCache(cache: KeyValueCache, key: Tensor4D, value: Tensor4D, starts: Int32Array): void;
  /** A new cache made of the given rows, in order; a row may appear more than once (a group from one prompt). */
  selectCache(cache: KeyValueCache, rows: Int32Array): KeyValueCache;
  /** One query a row against the first `lengths[b]` (at least 1) cached positions. `[batch, heads, headSize]` -> the same. */
  decodeAttention(query: Tensor3D, cache: KeyValueCache, lengths: Int32Array): Tensor3D;
  /**
   * Draws one token a row from `logits [batch, vocab]`. `draws` holds one uniform number in [0, 1) a row: the same
   * draws give the same tokens. Log-probabilities are those of the untempered, unfiltered distribution.
   */
  sample(logits: Tensor2D, draws: Float32Array, options: SampleOptions): Promise<Sampled>;
}

export interface OptimizerOps {
  /** Sum of the squares of all elements of all tensors, for the global norm. */
  sumSquares(tensors: readonly Tensor[]): Scalar;
  /** One AdamW update (https://arxiv.org/abs/1711.05101) of `parameter` and both moments, in place. */
  adamW(
    parameter: Variable,
    gradient: Tensor,
    firstMoment: Variable,
    secondMoment: Variable,
    options: AdamWOptions,
  ): void;
}

export interface CacheShape {
  readonly batch: number;
  /** Most positions a row can hold. */
  readonly capacity: number;
  readonly kvHeads: number;
  readonly headSize: number;
}

/** Keys and values of one layer. Belongs to the `Ops` that made it. */
export interface KeyValueCache extends CacheShape {
  /** Twice is fine. */
  dispose(): void;
}

export interface SampleOptions {
  /** 0 is greedy. */
  readonly temperature: number;
  /** Nucleus size in (0, 1]; 1 is off. */
  readonly topP: number;
  /** Keep the k likeliest tokens; 0 is off. */
  readonly topK: number;
}

export interface Sampled {
  /** `[batch]` */
  readonly ids: Int32Array;
  /** `[batch]` */
  readonly logProbs: Float32Array;
}

export interface AdamWOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled: the parameter shrinks by `learningRate * weightDecay` of itself. */
  readonly weightDecay: number;
  /** 1 for the first update; corrects the bias of the moments. */
  readonly step: number;
  /** The gradient is multiplied by this first (clipping). */
  readonly gradientScale: number;
}
