import type { StepResult } from "../env/web-gen-env.js";
import type { StepMetrics } from "./policy/engine/engine.js";
import type { PolicyCompletion } from "./policy/policy.js";

/** One answer with its verdict. */
export interface Rollout {
  readonly completion: PolicyCompletion;
  readonly result: StepResult;
}

/** What a batch of rollouts was like, under TRL's metric names. Null scores are left out of every mean. */
export function rolloutMetrics(rollouts: readonly Rollout[]): Record<string, number> {
  const rewards = rollouts.flatMap(({ result }) => result.reward ?? []);
  const lengths = rollouts.map(({ completion }) => completion.tokenCount);
  const share = (holds: (rollout: Rollout) => boolean) =>
    rollouts.filter(holds).length / Math.max(1, rollouts.length);
  const metrics: Record<string, number> = {
    "completions/mean_length": mean(lengths),
    "completions/max_length": Math.max(0, ...lengths),
    "completions/clipped_ratio": share(({ completion }) => completion.finishReason === "length"),
    "completions/rendered_ratio": share(({ result }) => result.info.evaluation.render.status === "rendered"),
    "completions/unscored_ratio": share(({ result }) => result.reward === null),
    num_completions: rollouts.length,
    num_tokens: lengths.reduce((sum, length) => sum + length, 0),
  };
  if (rewards.length > 0) metrics.reward = mean(rewards);
  for (const [name, values] of partValues(rollouts)) metrics[`rewards/${name}/mean`] = mean(values);
  return metrics;
}

/** Means over the optimiser steps of one batch. */
export function updateMetrics(updates: readonly StepMetrics[]): Record<string, number> {
  const names = {
    loss: "loss",
    grad_norm: "gradientNorm",
    kl: "kl",
    entropy: "entropy",
    "clip_ratio/low_mean": "clipRatioLow",
    "clip_ratio/high_mean": "clipRatioHigh",
  } as const;
  const metrics: Record<string, number> = { num_updates: updates.length };
  metrics.num_trained_tokens = updates.reduce((sum, { tokens }) => sum + tokens, 0);
  for (const [name, key] of Object.entries(names)) {
    const values = updates.flatMap((update) => update[key] ?? []);
    if (values.length > 0) metrics[name] = mean(values);
  }
  return metrics;
}

function partValues(rollouts: readonly Rollout[]): Map<string, number[]> {
  const values = new Map<string, number[]>();
  for (const { result } of rollouts)
    for (const [name, value] of Object.entries(result.info.parts))
      if (value !== null) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
