import type { Loss, ModelConfig, Sequence } from "../../agents/policy/engine/engine.js";
import { createRandom } from "../../infra/random.js";
import { QUICKSTART } from "../recipe.js";

/** What is trained on: the quickstart's model, and 16 sequences of 160 tokens. */
export const BENCH_MODEL: ModelConfig = { ...QUICKSTART.model, vocabSize: QUICKSTART.vocabSize };

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
