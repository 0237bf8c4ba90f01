import type { NamedRecipe } from "./named-recipe.js";

/**
 * FrontCoder's published training: `training/sft/sft_config.yaml` and `training/rl/run_grpo.sh` of its repository. Where
 * script and README differ (learning rate 1e-6 and 4e-6, 128 and 256 prompts a step), the script is followed.
 */
export const FRONTCODER: NamedRecipe = {
  name: "frontcoder",
  description:
    "FrontCoder's SFT and GRPO as its scripts run them, on its reward; a policy to go on from is wanted.",
  changes: {
    reward: "frontcoder/paper",
    // 60,000 pages in batches of 128, two epochs; warm-up ratio 0.1, cosine to 0.
    sft: {
      demonstrations: 60_000,
      steps: 936,
      batchSize: 128,
      revisionShare: 0,
      learningRate: { peak: 5e-5, warmup: 94, floor: 0 },
      optimizer: { weightDecay: 0.01, betas: [0.9, 0.95], maxGradientNorm: 1 },
    },
    // 1,371 prompts in batches of 128, 15 epochs; mini batches of 64 prompts; verl keeps the rate constant,
    // takes the mean over the tokens of a mini batch, and clips from both sides.
    grpo: {
      steps: 150,
      tasksPerStep: 128,
      groupSize: 4,
      scaleRewards: "group",
      epochs: 1,
      updatesPerEpoch: 2,
      lossType: "bnpo",
      delta: 3,
      epsilon: 0.2,
      epsilonHigh: 0.2,
      beta: 0.001,
      klEstimator: "k3",
      entropyCoef: 0,
      learningRate: { peak: 1e-6, floor: 1 },
      sampling: { temperature: 1, topP: 0.95 },
    },
  },
  notTaken: [
    "GRPO's optimiser has verl's other defaults there and this program's here.",
    "Its base is Qwen2.5-Coder-7B-Instruct; give a policy of yours with --from.",
    "Answers have up to 16,384 tokens there; here as many as maxTokens and the policy's positions allow.",
    "Its tasks are its own; these are the environment's.",
    "Its checklist is judged by Qwen2.5-VL-72B; here items with a probe are probed, and a judge is named in a reward file.",
  ],
};
