import * as tf from "@tensorflow/tfjs-core";
import type { Parameter } from "../model/config.js";
import { parametersOf, trainedParameters } from "../model/parameters.js";
import type { ModelConfig, Weights } from "./engine.js";

/** Variables of the default backend with the values of `weights`, in the order of the model's parameters, or of some of them. */
export function toVariables(
  config: ModelConfig,
  weights: Weights,
  trainable = true,
  parameters: readonly Parameter[] = parametersOf(config),
): Map<string, tf.Variable> {
  return new Map(
    parameters.map(({ name, shape }) => {
      const { data } = weights.get(name) as { readonly data: Float32Array };
      return [name, variable(data, shape, trainable)];
    }),
  );
}

/** Variables of zeros, one for each parameter that learns. */
export function zeroVariables(config: ModelConfig): Map<string, tf.Variable> {
  return new Map(
    trainedParameters(config).map(({ name, shape }) => {
      const zeros = tf.zeros([...shape]);
      const made = tf.variable(zeros, false);
      zeros.dispose();
      return [name, made];
    }),
  );
}

/** Copies brought back from the backend. */
export async function toWeights(tensors: ReadonlyMap<string, tf.Tensor>): Promise<Weights> {
  const weights = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const [name, tensor] of tensors) {
    const data = (await tensor.data()) as Float32Array;
    weights.set(name, { shape: tensor.shape, data: data.slice() });
  }
  return weights;
}

export function disposeAll(tensors: Iterable<tf.Tensor>): void {
  for (const tensor of tensors) tensor.dispose();
}

function variable(data: Float32Array, shape: readonly number[], trainable: boolean): tf.Variable {
  const tensor = tf.tensor(data, [...shape], "float32");
  const made = tf.variable(tensor, trainable);
  tensor.dispose();
  return made;
}
