import { UsageError } from "../../../infra/errors.js";
import { createRandom } from "../../../infra/random.js";
import type { ModelConfig, Weights } from "./config.js";

/** One weight of a Llama. Matrices are `[out, in]`, gains `[hidden]`. */
export interface Parameter {
  /** Hugging Face's name. */
  readonly name: string;
  readonly shape: readonly number[];
  /** How it starts: normal with this deviation, or all ones. */
  readonly initial: { readonly deviation: number } | "ones";
}

/**
 * Deviation of the first weights: 1 / sqrt(hidden), so that a layer keeps the scale of what it reads. Llama's 0.02 is
 * that of a width of 2500; at 128 it costs the first sixty steps more than half of what they could have learnt.
 */
export function initialDeviation({ hiddenSize }: ModelConfig): number {
  return 1 / Math.sqrt(hiddenSize);
}

/** The size that the quickstart trains on two cores. Only the vocabulary depends on the tokenizer. */
export function smallConfig(vocabSize: number): ModelConfig {
  return {
    vocabSize,
    hiddenSize: 128,
    intermediateSize: 352,
    layers: 4,
    heads: 4,
    kvHeads: 2,
    maxPositions: 384,
    ropeTheta: 10_000,
    normEpsilon: 1e-5,
    tieEmbeddings: true,
  };
}

/** All weights in Hugging Face's order. Throws a UsageError for a config that no Llama can have. */
export function parametersOf(config: ModelConfig): Parameter[] {
  checkConfig(config);
  const { vocabSize, hiddenSize, intermediateSize, layers, heads, kvHeads, tieEmbeddings } = config;
  const kvSize = (hiddenSize / heads) * kvHeads;
  const matrix = (
    name: string,
    rows: number,
    columns: number,
    deviation = initialDeviation(config),
  ): Parameter => ({
    name,
    shape: [rows, columns],
    initial: { deviation },
  });
  const gain = (name: string): Parameter => ({ name, shape: [hiddenSize], initial: "ones" });
  // Each layer adds to the residual stream twice; GPT-2 keeps the sum's variance by shrinking what is added.
  const residual = initialDeviation(config) / Math.sqrt(2 * layers);
  const parameters = [matrix("model.embed_tokens.weight", vocabSize, hiddenSize)];
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `model.layers.${layer}.${part}.weight`;
    parameters.push(
      matrix(name("self_attn.q_proj"), hiddenSize, hiddenSize),
      matrix(name("self_attn.k_proj"), kvSize, hiddenSize),
      matrix(name("self_attn.v_proj"), kvSize, hiddenSize),
      matrix(name("self_attn.o_proj"), hiddenSize, hiddenSize, residual),
      matrix(name("mlp.gate_proj"), intermediateSize, hiddenSize),
      matrix(name("mlp.up_proj"), intermediateSize, hiddenSize),
      matrix(name("mlp.down_proj"), hiddenSize, intermediateSize, residual),
      gain(name("input_layernorm")),
      gain(name("post_attention_layernorm")),
    );
  }
  parameters.push(gain("model.norm.weight"));
  if (!tieEmbeddings) parameters.push(matrix("lm_head.weight", vocabSize, hiddenSize));
  return parameters;
}

/** Seeded first weights: each parameter draws from a stream of its own name. */
export function initialWeights(config: ModelConfig, seed: number): Weights {
  const random = createRandom(seed).stream("weights");
  return new Map(
    parametersOf(config).map(({ name, shape, initial }) => {
      const data = new Float32Array(sizeOf(shape));
      if (initial === "ones") return [name, { shape, data: data.fill(1) }];
      const stream = random.stream(name);
      for (let i = 0; i < data.length; i++) data[i] = initial.deviation * stream.normal();
      return [name, { shape, data }];
    }),
  );
}

export function parameterCount(config: ModelConfig): number {
  return parametersOf(config).reduce((total, { shape }) => total + sizeOf(shape), 0);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/** Checks that `weights` are those of `config`, name by name and shape by shape; throws a UsageError that names the first difference. */
export function checkWeights(config: ModelConfig, weights: Weights): void {
  for (const { name, shape } of parametersOf(config)) {
    const weight = weights.get(name);
    if (weight === undefined)
      throw new UsageError(`The weights lack ${name}, which the model's config asks for.`);
    if (weight.shape.join() !== shape.join() || weight.data.length !== sizeOf(shape))
      throw new UsageError(
        `${name} should have shape [${shape}] by the model's config, but the weights hold [${weight.shape}].`,
      );
  }
}

function checkConfig(config: ModelConfig): void {
  const { hiddenSize, heads, kvHeads, normEpsilon, ropeTheta } = config;
  for (const [field, value] of Object.entries(config)) {
    if (field === "normEpsilon" || field === "ropeTheta" || field === "tieEmbeddings") continue;
    if (!Number.isInteger(value) || value < 1)
      throw new UsageError(`The model config's ${field} must be a positive integer, but is ${value}.`);
  }
  if (!(normEpsilon > 0) || !(ropeTheta > 0))
    throw new UsageError(
      `The model config's normEpsilon and ropeTheta must be positive, but are ${normEpsilon} and ${ropeTheta}.`,
    );
  if (hiddenSize % heads !== 0 || (hiddenSize / heads) % 2 !== 0)
    throw new UsageError(
      `hiddenSize must be heads times an even head size, but ${hiddenSize} / ${heads} = ${hiddenSize / heads}.`,
    );
  if (heads % kvHeads !== 0)
    throw new UsageError(`kvHeads must divide heads, but ${kvHeads} does not divide ${heads}.`);
}
