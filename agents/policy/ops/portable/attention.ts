import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";

const MASKED = -1e9;

/** All heads of a key-value group are stacked along time, so that keys are never repeated and nothing exceeds 4-D. */
export function causalAttention(query: Tensor4D, key: Tensor4D, value: Tensor4D): Tensor4D {
  return tf.tidy(() => {
    const [batch, time, heads, headSize] = query.shape;
    const kvHeads = key.shape[2];
    const group = heads / kvHeads;
    const byHead = (x: Tensor4D) => tf.transpose(x, [0, 2, 1, 3]);
    const stacked = tf.reshape(byHead(query), [batch, kvHeads, group * time, headSize]);
    const scaled = tf.mul(stacked, 1 / Math.sqrt(headSize));
    const scores = tf.matMul(scaled, byHead(key), false, true);
    const masked = tf.add(tf.reshape(scores, [batch, heads, time, time]), causalMask(time));
    const weights = tf.reshape(tf.softmax(masked), [batch, kvHeads, group * time, time]);
    const mixed = tf.matMul(weights, byHead(value));
    return byHead(tf.reshape(mixed, [batch, heads, time, headSize]));
  });
}

function causalMask(time: number): Tensor2D {
  const mask = new Float32Array(time * time);
  for (let t = 0; t < time; t++) mask.fill(MASKED, t * time + t + 1, (t + 1) * time);
  return tf.tensor2d(mask, [time, time]);
}
