import type { GenerateOptions, ModelConfig, Sequence } from "../../../../agents/policy/index.js";
import { createRandom } from "../../../../infra/random.js";

/** Small enough that a step takes milliseconds. */
export const tinyConfig: ModelConfig = {
  vocabSize: 48,
  hiddenSize: 32,
  intermediateSize: 40,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  maxPositions: 32,
  ropeTheta: 10_000,
  normEpsilon: 1e-5,
  tieEmbeddings: true,
};

export const STOP = 0;

export const greedy: GenerateOptions = {
  temperature: 0,
  topP: 1,
  topK: 0,
  maxNewTokens: 12,
  stopToken: STOP,
  seed: 3,
};

export const sampled: GenerateOptions = { ...greedy, temperature: 1 };

/** Sequences of uneven length that end in the stop token. */
export function tinySequences(count: number, seed = 1): Sequence[] {
  const random = createRandom(seed);
  const tokens = (length: number) =>
    Int32Array.from({ length }, () => random.integer(1, tinyConfig.vocabSize));
  return Array.from({ length: count }, () => ({
    prompt: tokens(random.integer(2, 8)),
    completion: Int32Array.of(...tokens(random.integer(3, 12)), STOP),
  }));
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
}
