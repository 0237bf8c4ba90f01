import type { NamedRecipe } from "./named-recipe.js";

/** WebGen-R1's published training: its GRPO and its SFT warm-up on 600 distilled answers. */
export const WEBGEN_R1: NamedRecipe = {
  name: "webgen-r1",
  description: "WebGen-R1's SFT warm-up and GRPO with groups of 16; a policy to go on from is wanted.",
  changes: {
    // AdamW as the trainer of transformers sets it up; the norm of the gradient is cut to 0.2 in SFT and to 1 in GRPO.
    // 600 answers in batches of 32, two epochs; warm-up 3 %, cosine to 10 %.
    sft: {
      demonstrations: 600,
      steps: 38,
      batchSize: 32,
      revisionShare: 0,
      learningRate: { peak: 1e-5, warmup: 1, floor: 0.1 },
      optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 0.2 },
    },
    // 128 completions a step = 8 prompts of 16; one inner iteration; warm-up 3 % = 12 steps, cosine to 10 %. The paper
    // takes the mean of each answer (grpo), its code that over the tokens of the batch.
    grpo: {
      steps: 400,
      tasksPerStep: 8,
      groupSize: 16,
      scaleRewards: "group",
      epochs: 1,
      updatesPerEpoch: 1,
      lossType: "bnpo",
      epsilon: 0.2,
      epsilonHigh: 0.2,
      beta: 0.01,
      entropyCoef: 0,
      learningRate: { peak: 5e-6, warmup: 12, floor: 0.1 },
      optimizer: { weightDecay: 0, betas: [0.9, 0.999], maxGradientNorm: 1 },
      sampling: { temperature: 1, topP: 1 },
    },
  },
  notTaken: [
    "Its base is Qwen2.5-Coder-7B-Instruct; give a policy of yours with --from.",
    "Completions have up to 8,192 tokens there; here as many as maxTokens and the policy's positions allow.",
    "It writes whole sites graded by GPT-4o; with an environment of sites take --reward webgen-r1/paper. Here the environment's own reward stands.",
  ],
};
