import type { RunEvent } from "../infra/event-log.js";
import type { Throughput } from "./summary.js";

/**
 * Speeds of a run, from its own log: tokens trained over the time of the optimiser steps, tokens written and pages
 * rendered and scored over the time GRPO spent on each. The two overlap there and share the machine.
 */
export function throughputOf(events: readonly RunEvent[]): Throughput {
  const sum = (phase: string, measure: (metrics: Readonly<Record<string, number | null>>) => number) =>
    events
      .filter((event) => event.phase === phase && event.type === "metrics")
      .reduce((total, { metrics = {} }) => total + measure(metrics), 0);
  const metric = (phase: string, name: string) => sum(phase, (metrics) => metrics[name] ?? 0);
  const rendered = sum(
    "grpo",
    (metrics) => (metrics["completions/rendered_ratio"] ?? 0) * (metrics.num_completions ?? 0),
  );
  const generated = sum(
    "grpo",
    (metrics) => (metrics["completions/mean_length"] ?? 0) * (metrics.num_completions ?? 0),
  );
  const trained = metric("sft", "num_trained_tokens") + metric("grpo", "num_trained_tokens");
  const training = metric("sft", "time/train_seconds") + metric("grpo", "time/train_seconds");
  return {
    pagesPerSecond: ratio(rendered, metric("grpo", "time/score_seconds")),
    generateTokensPerSecond: ratio(generated, metric("grpo", "time/generate_seconds")),
    trainTokensPerSecond: ratio(trained, training),
  };
}

const ratio = (amount: number, seconds: number) => (seconds > 0 ? amount / seconds : null);
