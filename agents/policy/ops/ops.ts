import type { Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";

/**
 * The few tensor operations a Llama needs, each differentiable with `tf.grad`. Two implementations: `portable`
 * (tfjs-core only, any backend) and `wasm` (own SIMD kernels inside the tfjs-wasm heap). They agree to float32 rounding.
 */
export interface Ops {
  readonly name: string;
  /** `[n, in] x [out, in] -> [n, out]`, that is `x` times `weight` transposed (Hugging Face layout). */
  linear(x: Tensor2D, weight: Tensor2D): Tensor2D;
  /** `[vocab, hidden], int32 [n] -> [n, hidden]`. */
  embed(table: Tensor2D, ids: Tensor1D): Tensor2D;
  /** `x / sqrt(mean(x^2) + epsilon) * gain` over the last axis of `[n, hidden]`. */
  rmsNorm(x: Tensor2D, gain: Tensor1D, epsilon: number): Tensor2D;
  /** Rotary positions in Hugging Face's half-split form on `[batch, time, heads, headSize]`; `positions` int32 `[batch, time]` flattened. */
  rotary(x: Tensor4D, positions: Tensor1D, theta: number): Tensor4D;
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
