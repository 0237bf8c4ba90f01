import { UsageError } from "../../../infra/errors.js";
import { createRandom } from "../../../infra/random.js";
import type { RopeScaling } from "../ops/rope.js";
import { headSizeOf, type ModelConfig, type Parameter, type Weights } from "./config.js";
import { adapterParameters, checkLora, isAdapter } from "./lora.js";

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

/** All weights in Hugging Face's order, adapters last. Throws a UsageError for a config that no model can have. */
export function parametersOf(config: ModelConfig): Parameter[] {
  checkConfig(config);
  const parameters = baseParameters(config);
  return config.lora ? [...parameters, ...adapterParameters(parameters, config.lora)] : parameters;
}

/** Those that learn: all of them, or the adapters where there are any. */
export function trainedParameters(config: ModelConfig): Parameter[] {
  return parametersOf(config).filter(({ name }) => !config.lora || isAdapter(name));
}

function baseParameters(config: ModelConfig): Parameter[] {
  const { vocabSize, hiddenSize, intermediateSize, layers, heads, kvHeads, tieEmbeddings } = config;
  const { attentionBias, queryKeyNorm = false } = config;
  const headSize = headSizeOf(config);
  const [querySize, kvSize] = [headSize * heads, headSize * kvHeads];
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
  const gain = (name: string, width = hiddenSize): Parameter => ({ name, shape: [width], initial: "ones" });
  const bias = (name: string, width: number): Parameter => ({ name, shape: [width], initial: "zeros" });
  // Each layer adds to the residual stream twice; GPT-2 keeps the sum's variance by shrinking what is added.
  const residual = initialDeviation(config) / Math.sqrt(2 * layers);
  const parameters = [matrix("model.embed_tokens.weight", vocabSize, hiddenSize)];
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `model.layers.${layer}.${part}`;
    parameters.push(
      matrix(name("self_attn.q_proj.weight"), querySize, hiddenSize),
      matrix(name("self_attn.k_proj.weight"), kvSize, hiddenSize),
      matrix(name("self_attn.v_proj.weight"), kvSize, hiddenSize),
      matrix(name("self_attn.o_proj.weight"), hiddenSize, querySize, residual),
      ...(attentionBias === undefined
        ? []
        : [
            bias(name("self_attn.q_proj.bias"), querySize),
            bias(name("self_attn.k_proj.bias"), kvSize),
            bias(name("self_attn.v_proj.bias"), kvSize),
          ]),
      ...(attentionBias === "all" ? [bias(name("self_attn.o_proj.bias"), hiddenSize)] : []),
      ...(queryKeyNorm
        ? [gain(name("self_attn.q_norm.weight"), headSize), gain(name("self_attn.k_norm.weight"), headSize)]
        : []),
      matrix(name("mlp.gate_proj.weight"), intermediateSize, hiddenSize),
      matrix(name("mlp.up_proj.weight"), intermediateSize, hiddenSize),
      matrix(name("mlp.down_proj.weight"), hiddenSize, intermediateSize, residual),
      gain(name("input_layernorm.weight")),
      gain(name("post_attention_layernorm.weight")),
    );
  }
  parameters.push(gain("model.norm.weight"));
  if (!tieEmbeddings) parameters.push(matrix("lm_head.weight", vocabSize, hiddenSize));
  return parameters;
}

/** Seeded first weights, of all parameters or some: each draws from a stream of its own name. */
export function initialWeights(
  config: ModelConfig,
  seed: number,
  parameters: readonly Parameter[] = parametersOf(config),
): Weights {
  const random = createRandom(seed).stream("weights");
  return new Map(
    parameters.map(({ name, shape, initial }) => {
      const data = new Float32Array(sizeOf(shape));
      if (initial === "zeros") return [name, { shape, data }];
      if (initial === "ones") return [name, { shape, data: data.fill(1) }];
      const stream = random.stream(name);
      for (let i = 0; i < data.length; i++) data[i] = initial.deviation * stream.normal();
      return [name, { shape, data }];
    }),
  );
}

/** Numbers in some parameters, default all of the model's. */
export function parameterCount(config: ModelConfig, parameters = parametersOf(config)): number {
  return parameters.reduce((total, { shape }) => total + sizeOf(shape), 0);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/**
 * Checks that `weights` are those of `config`, or some of them, name by name and shape by shape; throws a UsageError that names the
 * first difference.
 */
export function checkWeights(config: ModelConfig, weights: Weights, parameters = parametersOf(config)): void {
  for (const { name, shape } of parameters) {
    const weight = weights.get(name);
    if (weight === undefined)
      throw new UsageError(`The weights lack ${name}, which the model's config asks for.`);
    if (weight.shape.join() !== shape.join() || weight.data.length !== sizeOf(shape))
      throw new UsageError(
        `${name} should have shape [${shape}] by the model's config, but the weights hold [${weight.shape}].`,
      );
  }
}

/** Fields that are counts of something. */
const COUNTS = [
  "vocabSize",
  "hiddenSize",
  "intermediateSize",
  "layers",
  "heads",
  "kvHeads",
  "maxPositions",
] as const;

function checkConfig(config: ModelConfig): void {
  const { hiddenSize, heads, kvHeads, normEpsilon, ropeTheta, ropeScaling } = config;
  for (const field of COUNTS) {
    const value = config[field];
    if (!Number.isInteger(value) || value < 1)
      throw new UsageError(`The model config's ${field} must be a positive integer, but is ${value}.`);
  }
  if (!(normEpsilon > 0) || !(ropeTheta > 0))
    throw new UsageError(
      `The model config's normEpsilon and ropeTheta must be positive, but are ${normEpsilon} and ${ropeTheta}.`,
    );
  const headSize = headSizeOf(config);
  if (!Number.isInteger(headSize) || headSize < 2 || headSize % 2 !== 0)
    throw new UsageError(
      config.headSize === undefined
        ? `hiddenSize must be heads times an even head size, but ${hiddenSize} / ${heads} = ${headSize}.`
        : `headSize must be a positive even number, but is ${headSize}.`,
    );
  if (heads % kvHeads !== 0)
    throw new UsageError(`kvHeads must divide heads, but ${kvHeads} does not divide ${heads}.`);
  if (config.lora) checkLora(config.lora);
  if (ropeScaling && !isScaling(ropeScaling))
    throw new UsageError(
      `ropeScaling wants positive numbers with highFrequencyFactor above lowFrequencyFactor, but is ${JSON.stringify(ropeScaling)}.`,
    );
}

function isScaling({ lowFrequencyFactor, highFrequencyFactor, ...rest }: RopeScaling): boolean {
  const isPositive = [lowFrequencyFactor, ...Object.values(rest)].every((value) => value > 0);
  return isPositive && highFrequencyFactor > lowFrequencyFactor;
}
