import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../../../infra/errors.js";
import type { AdamWOptions } from "../ops.js";
import { attachedHeap } from "./register.js";

export function sumSquares(tensors: readonly Tensor[]): Scalar {
  const heap = attachedHeap();
  let total = 0;
  for (const tensor of tensors) total += heap.kernels.sumSquares(heap.pointer(tensor), tensor.size);
  return tf.scalar(total);
}

export function adamW(
  parameter: Variable,
  gradient: Tensor,
  firstMoment: Variable,
  secondMoment: Variable,
  { learningRate, beta1, beta2, epsilon, weightDecay, step, gradientScale }: AdamWOptions,
): void {
  const heap = attachedHeap();
  for (const tensor of [gradient, firstMoment, secondMoment]) {
    if (tensor.size !== parameter.size) {
      throw new UsageError(
        `adamW needs four tensors of one shape; the parameter has [${parameter.shape}], another [${tensor.shape}].`,
      );
    }
  }
  for (const variable of [parameter, firstMoment, secondMoment]) unshare(variable);
  heap.kernels.adamW(
    ...[parameter, gradient, firstMoment, secondMoment].map(heap.pointer),
    parameter.size,
    gradientScale,
    beta1,
    beta2,
    epsilon,
    1 - learningRate * weightDecay,
    learningRate / (1 - beta1 ** step),
    1 / (1 - beta2 ** step),
  );
}

/** `tf.clone` and `tf.variable` share elements with their source; writing in place must not reach it. */
function unshare(variable: Variable): void {
  const heap = attachedHeap();
  if (!heap.isShared(variable)) return;
  const copy = tf.tensor(variable.dataSync(), variable.shape, variable.dtype);
  variable.assign(copy);
  copy.dispose();
}
