import type { Loss, ModelConfig, Sequence } from "../../agents/policy/engine/engine.js";
import { createRandom } from "../../infra/random.js";
import { QUICKSTART } from "../recipes/quickstart.js";

/** The quickstart's model. */
export const BENCH_MODEL: ModelConfig = { ...QUICKSTART.model, vocabSize: QUICKSTART.vocabSize };

/** How much one step learns from. */
export interface TrainBatch {
  readonly sequences: number;
  /** Tokens of each sequence that predict the next. */
  readonly tokens: number;
}

/** Random tokens; every position predicts the next. */
export function benchLoss({ sequences, tokens }: TrainBatch): Loss {
  const random = createRandom("bench").stream("tokens");
  const token = () => random.integer(0, BENCH_MODEL.vocabSize);
  return {
    kind: "crossEntropy",
    sequences: Array.from(
      { length: sequences },
      (): Sequence => ({
        prompt: Int32Array.of(token()),
        completion: Int32Array.from({ length: tokens }, token),
      }),
    ),
  };
}

export const BENCH_STEP = { learningRate: 1e-3 };
