import type { NamedRecipe } from "./named-recipe.js";

/** VCoder's published training: the arguments of `vcoder/pipelines/training.py`, four GPUs, and TRL 0.28's defaults. */
export const VCODER: NamedRecipe = {
  name: "vcoder",
  description: "VCoder's SFT and GRPO without a KL term, on its reward; a policy to go on from is wanted.",
  changes: {
    reward: "vcoder/paper",
    // AdamW as the trainer of transformers sets it up.
    // 2,000 pages in batches of 8 (two GPUs, accumulation 4); warm-up ratio 0.05.
    sft: {
      demonstrations: 2000,
      steps: 250,
      batchSize: 8,
      revisionShare: 0,
      learningRate: { peak: 2e-5, warmup: 13, floor: 0, shape: "linear" },
      optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 1 },
    },
    // 32 completions a step = 4 prompts of 8; one inner iteration; warm-up ratio 0.1, then a line to 0. With vLLM as
    // its sampler TRL 0.28 weighs answers by default.
    grpo: {
      steps: 500,
      tasksPerStep: 4,
      groupSize: 8,
      scaleRewards: "group",
      epochs: 1,
      updatesPerEpoch: 1,
      lossType: "dapo",
      importanceSampling: { mode: "sequence_mask", clipMax: 3 },
      epsilon: 0.2,
      epsilonHigh: 0.2,
      beta: 0,
      entropyCoef: 0,
      learningRate: { peak: 1e-5, warmup: 50, floor: 0, shape: "linear" },
      optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 1 },
      sampling: { temperature: 1, topP: 1 },
    },
  },
  notTaken: [
    "Its base is Qwen3-VL-2B-Instruct, which reads screenshots; policies here read text. Give one of yours with --from.",
    "Completions have up to 2,048 tokens there; here as many as maxTokens and the policy's positions allow.",
    "Its CLIP part wants weights; without a reward file that names them it is left out.",
  ],
};
