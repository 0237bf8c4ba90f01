import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";

/**
 * The gradient is a product with one-hot rows: a plain gather's gradient needs UnsortedSegmentSum, which tfjs-wasm
 * lacks.
 */
export function embed(table: Tensor2D, ids: Tensor1D): Tensor2D {
  const lookUp = tf.customGrad((weights, save) => {
    (save as tf.GradSaveFunc)([ids]);
    return {
      value: tf.gather(weights as Tensor2D, ids),
      gradFunc: (dy, [saved]) => {
        const hot = oneHot(saved as Tensor1D, table.shape[0]);
        return tf.matMul(hot, dy as Tensor2D, true, false);
      },
    };
  });
  return lookUp(table) as Tensor2D;
}

export function headLogProbs(x: Tensor2D, weight: Tensor2D, targets: Tensor1D) {
  return tf.tidy(() => {
    const all = tf.logSoftmax(tf.matMul(x, weight, false, true));
    const hot = oneHot(targets, weight.shape[0]);
    const logProbs = tf.sum<Tensor1D>(tf.mul(all, hot), 1);
    const entropy = tf.neg(tf.sum<Tensor1D>(tf.mul(tf.exp(all), all), 1));
    return { logProbs, entropy };
  });
}

/** tfjs-wasm fills a float one-hot with the bits of integers, so the cast comes after. */
function oneHot(ids: Tensor1D, depth: number): Tensor2D {
  return tf.cast(tf.oneHot(ids, depth), "float32") as Tensor2D;
}
