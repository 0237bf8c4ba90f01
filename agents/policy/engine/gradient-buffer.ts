import * as tf from "@tensorflow/tfjs-core";
import { type ClipExtremes, emptySums, LOSS_SUM_FIELDS, type LossSums } from "./loss-sums.js";
import { disposeAll } from "./tensors.js";

/** Of the mean loss with respect to every weight, in the order of the weights, with what else the loss tells. */
export interface Gradients {
  readonly gradients: tf.Tensor[];
  readonly sums: LossSums;
  /** Of this replica's own sequences. */
  readonly extremes: ClipExtremes;
}

/** `total` plus `added`, which are both disposed. */
export function accumulate(total: tf.Tensor[] | undefined, added: tf.Tensor[]): tf.Tensor[] {
  if (total === undefined) return added;
  const sum = total.map((tensor, i) => tf.add(tensor, added[i] as tf.Tensor));
  disposeAll(total);
  disposeAll(added);
  return sum;
}

/** Floats that `flatten` makes of a model's gradients. */
export function flatSize(parameterCount: number): number {
  return parameterCount + 2 * LOSS_SUM_FIELDS.length;
}

/** Gradients one after the other, then the sums as pairs of floats (high and low part). */
export async function flatten({ gradients, sums }: Omit<Gradients, "extremes">): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (const gradient of gradients) parts.push((await gradient.data()) as Float32Array);
  const size = parts.reduce((total, { length }) => total + length, 0);
  const flat = new Float32Array(size + 2 * LOSS_SUM_FIELDS.length);
  let at = 0;
  for (const part of parts) {
    flat.set(part, at);
    at += part.length;
  }
  for (const field of LOSS_SUM_FIELDS) {
    flat[at++] = Math.fround(sums[field]);
    flat[at++] = sums[field] - Math.fround(sums[field]);
  }
  return flat;
}

/** The reverse of `flatten`, with the shapes and the extremes of `like`. */
export function unflatten(flat: Float32Array, like: Gradients): Gradients {
  let at = 0;
  const reduced = like.gradients.map(({ shape, size }) => {
    const values = flat.slice(at, at + size);
    at += size;
    return tf.tensor(values, shape, "float32");
  });
  const sums = emptySums();
  for (const field of LOSS_SUM_FIELDS) sums[field] = (flat[at++] as number) + (flat[at++] as number);
  return { gradients: reduced, sums, extremes: like.extremes };
}
