import type { Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { inverseFrequencies, type Rope } from "../rope.js";

export function linear(x: Tensor2D, weight: Tensor2D): Tensor2D {
  return tf.matMul(x, weight, false, true);
}

export function rmsNorm(x: Tensor2D, gain: Tensor1D, epsilon: number): Tensor2D {
  return tf.tidy(() => {
    const meanSquare = tf.mean(tf.square(x), 1, true);
    return tf.mul<Tensor2D>(tf.mul(x, tf.rsqrt(tf.add(meanSquare, epsilon))), gain);
  });
}

export function rotary(x: Tensor4D, positions: Tensor1D, rope: Rope): Tensor4D {
  return tf.tidy(() => {
    const [batch, time, , headSize] = x.shape;
    const angles = tf.mul(
      tf.cast(tf.reshape(positions, [-1, 1]), "float32"),
      tf.tensor2d(Float32Array.from(inverseFrequencies(headSize, rope)), [1, headSize / 2]),
    );
    const shape: [number, number, number, number] = [batch, time, 1, headSize / 2];
    const cos = tf.reshape(tf.cos(angles), shape);
    const sin = tf.reshape(tf.sin(angles), shape);
    const [first, second] = tf.split(x, 2, 3) as [Tensor4D, Tensor4D];
    const turned = [
      tf.sub<Tensor4D>(tf.mul(first, cos), tf.mul(second, sin)),
      tf.add<Tensor4D>(tf.mul(second, cos), tf.mul(first, sin)),
    ];
    return tf.concat(turned, 3);
  });
}

export function swiglu(gate: Tensor2D, up: Tensor2D): Tensor2D {
  return tf.tidy(() => tf.mul<Tensor2D>(tf.mul(gate, tf.sigmoid(gate)), up));
}
