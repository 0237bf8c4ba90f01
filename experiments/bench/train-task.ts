import type { Loss, ModelConfig, Sequence } from "../../agents/policy/engine/engine.js";
import { createRandom } from "../../infra/random.js";

/** What is trained on: a model of 0.87 million parameters, 16 sequences of 160 tokens. */
export const BENCH_MODEL: ModelConfig = {
  vocabSize: 1024,
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

export const BATCH = 16;
export const TIME = 160;
/** Tokens that go through the model in one step. */
export const STEP_TOKENS = BATCH * TIME;

/** Random tokens; every one of the 160 positions predicts the next. */
export function benchLoss(): Loss {
  const random = createRandom("bench").stream("tokens");
  const token = () => random.integer(0, BENCH_MODEL.vocabSize);
  const sequences = Array.from(
    { length: BATCH },
    (): Sequence => ({
      prompt: Int32Array.of(token()),
      completion: Int32Array.from({ length: TIME }, token),
    }),
  );
  return { kind: "crossEntropy", sequences };
}

export const BENCH_STEP = { learningRate: 1e-3 };
