import { smallConfig } from "../../agents/policy/model/parameters.js";
import type { Recipe } from "./recipe.js";

const { vocabSize: VOCABULARY, ...MODEL } = smallConfig(1024);

/** Ten minutes on two cores: a 0.9 M-parameter Llama learns to write pages. */
export const QUICKSTART: Recipe = {
  env: "webgen/Pages-v0",
  dataset: { levels: [1, 2] },
  stages: ["sft", "grpo"],
  vocabSize: VOCABULARY,
  model: MODEL,
  maxTokens: 192,
  sft: {
    demonstrations: 1024,
    steps: 300,
    batchSize: 8,
    revisionShare: 0.25,
    learningRate: { peak: 4e-3, warmup: 20, floor: 0.1 },
  },
  grpo: {
    steps: 90,
    tasksPerStep: 8,
    groupSize: 8,
    tasksPerChunk: 4,
    scaleRewards: "batch",
    epochs: 2,
    updatesPerEpoch: 1,
    epsilon: 0.2,
    epsilonHigh: 0.28,
    beta: 0.01,
    entropyCoef: 0,
    learningRate: { peak: 6e-4, warmup: 8, floor: 0.2 },
    sampling: { temperature: 1 },
  },
  learners: {},
  compare: { tasks: 128, bestOf: 8, polishTurns: 4, sampling: { temperature: 1 }, gallery: 8 },
};
