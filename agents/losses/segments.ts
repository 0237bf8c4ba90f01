import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";

/** One number per token: the same for a whole completion, or one each. `values` has one entry a completion. */
export function perToken(lengths: readonly number[], values: readonly (number | Float32Array)[]): Tensor1D {
  const all = new Float32Array(lengths.reduce((total, length) => total + length, 0));
  let start = 0;
  lengths.forEach((length, i) => {
    const value = values[i] as number | Float32Array;
    if (typeof value === "number") all.fill(value, start, start + length);
    else all.set(value, start);
    start += length;
  });
  return tf.tensor1d(all);
}

/** Matrix `[completions, tokens]` with `value` where a token belongs to a completion, else 0. */
function membership(lengths: readonly number[], value: (length: number) => number): Tensor2D {
  const tokens = lengths.reduce((total, length) => total + length, 0);
  const entries = new Float32Array(lengths.length * tokens);
  let start = 0;
  lengths.forEach((length, i) => {
    entries.fill(value(length), i * tokens + start, i * tokens + start + length);
    start += length;
  });
  return tf.tensor2d(entries, [lengths.length, tokens]);
}

const times = (matrix: Tensor2D, vector: Tensor1D, transposed = false): Tensor1D =>
  tf.reshape(tf.matMul(matrix, tf.reshape(vector, [-1, 1]), transposed), [-1]);

/** Sum of each completion's tokens, `[completions]`. */
export const sums = (tokens: Tensor1D, lengths: readonly number[]): Tensor1D =>
  times(
    membership(lengths, () => 1),
    tokens,
  );

/** Mean of each completion's tokens, `[completions]`. */
export const means = (tokens: Tensor1D, lengths: readonly number[]): Tensor1D =>
  times(
    membership(lengths, (length) => 1 / length),
    tokens,
  );

/** Each completion's number at all of its tokens, `[tokens]`. */
export const spread = (values: Tensor1D, lengths: readonly number[]): Tensor1D =>
  times(
    membership(lengths, () => 1),
    values,
    true,
  );

/** The same numbers, through which no gradient flows. */
export function stopGradient(values: Tensor1D): Tensor1D {
  const stopped = tf.customGrad((x) => ({
    value: tf.clone(x as Tensor1D),
    gradFunc: (dy: Tensor1D) => tf.zerosLike(dy),
  }));
  return stopped(values) as Tensor1D;
}
