import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import type { AdamWOptions } from "../ops.js";

export function sumSquares(tensors: readonly Tensor[]): Scalar {
  return tf.tidy(() => {
    let total = tf.scalar(0);
    for (const tensor of tensors) total = tf.add(total, tf.sum(tf.square(tensor)));
    return total;
  });
}

export function adamW(
  parameter: Variable,
  gradient: Tensor,
  firstMoment: Variable,
  secondMoment: Variable,
  { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale }: AdamWOptions,
): void {
  tf.tidy(() => {
    const scaled = tf.mul(gradient, gradientScale);
    const first = tf.add(tf.mul(firstMoment, beta1), tf.mul(scaled, 1 - beta1));
    const second = tf.add(tf.mul(secondMoment, beta2), tf.mul(tf.square(scaled), 1 - beta2));
    const size = learningRate / (1 - beta1 ** step);
    const root = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon);
    const kept = tf.mul(parameter, 1 - learningRate * weightDecay);
    parameter.assign(tf.sub(kept, tf.mul(tf.div(first, root), size)));
    firstMoment.assign(first);
    secondMoment.assign(second);
  });
}
