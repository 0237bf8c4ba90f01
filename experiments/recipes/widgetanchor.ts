import type { NamedRecipe } from "./named-recipe.js";

/** WidgetAnchor's published training: the defaults of its GRPO loop, and its SFT from `pipeline.py`. */
export const WIDGETANCHOR: NamedRecipe = {
  name: "widgetanchor",
  description: "WidgetAnchor's SFT and GRPO with four inner epochs; a policy to go on from is wanted.",
  changes: {
    // One sample at a time, four accumulated; 100 warm-up steps, cosine; at least 500 samples.
    sft: {
      steps: 125,
      batchSize: 4,
      revisionShare: 0,
      learningRate: { peak: 1e-4, warmup: 100, floor: 0 },
      optimizer: { weightDecay: 0.01, betas: [0.9, 0.999], maxGradientNorm: 1 },
    },
    // Warm-up and cosine count optimiser steps there: 100 of 4,000 are 25 of 1,000 batches. The loss is the mean of each answer.
    grpo: {
      steps: 1000,
      tasksPerStep: 4,
      groupSize: 5,
      scaleRewards: "group",
      epochs: 4,
      updatesPerEpoch: 1,
      lossType: "grpo",
      epsilon: 0.2,
      epsilonHigh: 0.2,
      beta: 0.05,
      entropyCoef: 0,
      learningRate: { peak: 1e-5, warmup: 25, floor: 0 },
      optimizer: { weightDecay: 0.01, betas: [0.9, 0.999], maxGradientNorm: 1 },
      sampling: { temperature: 0.7 },
    },
  },
  notTaken: [
    "Its base is GLM-4.1V-9B-Thinking with LoRA adapters, which reads screenshots; policies here read text and train whole. Give one of yours with --from.",
    "Completions have up to 3,072 tokens there; here as many as maxTokens and the policy's positions allow.",
    "It writes React components; with an environment of components take --reward widgetanchor/paper. Here the environment's own reward stands.",
    "A failed answer earns -1 there and 0 here.",
  ],
};
