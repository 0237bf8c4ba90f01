import { mean, standardDeviation } from "./advantages.js";
import type { StepMetrics } from "./policy/engine/engine.js";
import type { Rollout } from "./rollouts.js";

/**
 * What a batch of rollouts was like, under the names and with the definitions of TRL's GRPOTrainer
 * (https://huggingface.co/docs/trl/grpo_trainer#logged-metrics): lengths in tokens, standard deviations with n - 1 in
 * the denominator. Null scores are left out; a figure for which none is left is absent. Beside TRL's:
 * `completions/rendered_ratio`, `completions/unscored_ratio` and `num_completions`.
 *
 * @param tokensBefore tokens of earlier batches; `num_tokens` goes on from there with prompts and completions
 */
export function rolloutMetrics(rollouts: readonly Rollout[], tokensBefore = 0): Record<string, number> {
  const rewards = rollouts.flatMap(({ result }) => result.reward ?? []);
  const lengths = rollouts.map(({ completion }) => completion.tokenCount);
  const terminated = rollouts
    .filter(({ completion }) => completion.finishReason !== "length")
    .map(({ completion }) => completion.tokenCount);
  const share = (holds: (rollout: Rollout) => boolean) => rollouts.filter(holds).length / rollouts.length;
  return {
    num_tokens: rollouts.reduce((sum, { completion }) => sum + tokensOf(completion), tokensBefore),
    num_completions: rollouts.length,
    ...lengthMetrics("length", lengths),
    ...lengthMetrics("terminated_length", terminated),
    "completions/clipped_ratio": share(({ completion }) => completion.finishReason === "length"),
    "completions/rendered_ratio": share(({ result }) => result.info.evaluation.render.status === "rendered"),
    "completions/unscored_ratio": share(({ result }) => result.reward === null),
    ...(rewards.length > 0 ? { reward: mean(rewards) } : {}),
    ...deviation("reward_std", rewards),
    ...Object.assign(
      {},
      ...[...partValues(rollouts)].map(([part, values]) => ({
        [`rewards/${part}/mean`]: mean(values),
        ...deviation(`rewards/${part}/std`, values),
      })),
    ),
  };
}

/** Means over the optimiser steps of one batch, under TRL's names; `num_updates` and `num_trained_tokens` are ours. */
export function updateMetrics(updates: readonly StepMetrics[]): Record<string, number> {
  const names = {
    loss: "loss",
    grad_norm: "gradientNorm",
    kl: "kl",
    entropy: "entropy",
    "clip_ratio/low_mean": "clipRatioLow",
    "clip_ratio/low_min": "clipRatioLowMin",
    "clip_ratio/high_mean": "clipRatioHigh",
    "clip_ratio/high_max": "clipRatioHighMax",
    cispo_clip_ratio: "cispoClipRatio",
    "rewards/chosen": "chosenReward",
    "rewards/rejected": "rejectedReward",
    "rewards/accuracies": "rewardAccuracy",
    "logps/chosen": "chosenLogProb",
    "logps/rejected": "rejectedLogProb",
  } as const;
  const metrics: Record<string, number> = { num_updates: updates.length };
  metrics.num_trained_tokens = updates.reduce((sum, { tokens }) => sum + tokens, 0);
  for (const [name, key] of Object.entries(names)) {
    const values = updates.flatMap((update) => update[key] ?? []);
    if (values.length > 0) metrics[name] = mean(values);
  }
  const { "clip_ratio/low_mean": low, "clip_ratio/high_mean": high } = metrics;
  if (low !== undefined && high !== undefined) metrics["clip_ratio/region_mean"] = low + high;
  const { "rewards/chosen": chosen, "rewards/rejected": rejected } = metrics;
  if (chosen !== undefined && rejected !== undefined) metrics["rewards/margins"] = chosen - rejected;
  return metrics;
}

/** Mean and extremes of lengths; 0 of none, as in TRL. */
function lengthMetrics(what: string, lengths: readonly number[]): Record<string, number> {
  const some = lengths.length > 0 ? lengths : [0];
  return {
    [`completions/mean_${what}`]: mean(some),
    [`completions/min_${what}`]: Math.min(...some),
    [`completions/max_${what}`]: Math.max(...some),
  };
}

function deviation(name: string, values: readonly number[]): Record<string, number> {
  const value = standardDeviation(values);
  return value === null ? {} : { [name]: value };
}

/** Tokens of prompt and completion, as far as the policy tells. */
function tokensOf({ tokens, tokenCount }: Rollout["completion"]): number {
  return (tokens?.prompt.length ?? 0) + tokenCount;
}

function partValues(rollouts: readonly Rollout[]): Map<string, number[]> {
  const values = new Map<string, number[]>();
  for (const { result } of rollouts)
    for (const [name, value] of Object.entries(result.info.parts))
      if (value !== null) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}
