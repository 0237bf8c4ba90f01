import type { ComparedAgent, Comparison, ComparisonEntry } from "./comparison.js";
import { entriesByTask, meanOf, pairedValues } from "./entries.js";
import { type FactSummary, factDifferences, summarizeFacts } from "./facts.js";
import { createBootstrap, type Estimate, mean } from "./statistics.js";
import { type Unmeasured, unmeasuredOf } from "./unmeasured.js";

/** Units a second; null when not measured. */
export interface Throughput {
  readonly pagesPerSecond: number | null;
  readonly generateTokensPerSecond: number | null;
  readonly trainTokensPerSecond: number | null;
}

/** One agent's figures over all tasks. */
export interface AgentSummary {
  readonly name: string;
  /** Tasks with a measured reward. */
  readonly n: number;
  readonly reward: Estimate;
  /** By part name. */
  readonly parts: Readonly<Record<string, Estimate>>;
  /** By kind of fact that tasks ask for, those asked of most tasks first; empty where no reward tells. */
  readonly facts: Readonly<Record<string, FactSummary>>;
  /** Mean tokens spent per answer, discarded candidates included; null without answers. */
  readonly tokens: number | null;
  /** Mean wall-clock seconds per answer, generation, rendering and scoring; null without answers. */
  readonly seconds: number | null;
  /** Answers without a reward; absent when all have one. */
  readonly unmeasured?: Unmeasured;
  /** Renders that were begun again since a browser ended under them; absent when there was none. */
  readonly retries?: number;
}

/** Mean reward of `a` minus that of `b`, over the same tasks. */
export interface DifferenceSummary extends Estimate {
  readonly a: string;
  readonly b: string;
  /** The same of the share of facts that are right, by kind, over the tasks that ask for it. */
  readonly facts: Readonly<Record<string, Estimate>>;
}

/** What `summary.json` holds. */
export interface Summary {
  /** E.g. `wasm (2 workers, own kernels)`. */
  readonly backend: string;
  /** E.g. `chromium-headless-shell 156.0.8078.79`. */
  readonly browser: string;
  readonly seed: number;
  readonly taskSplit: string;
  readonly agents: readonly AgentSummary[];
  readonly differences: readonly DifferenceSummary[];
  readonly throughput: Throughput;
}

/** What a comparison does not know of itself. */
export interface SummaryFacts {
  readonly backend: string;
  readonly browser: string;
  /** Seed of the run, and of the intervals. */
  readonly seed: number;
  readonly throughput: Throughput;
  /** Of the bootstrap, default 10,000. */
  readonly resamples?: number;
}

/**
 * Means, 95 % intervals and paired differences of a comparison. The unit is the task: the seeds of one task are averaged
 * first, since they are not independent of one another. Tasks without a measured reward are left out and counted.
 *
 * Throws a UsageError for a pair of agents, or an answer to a task, that is not part of the comparison.
 */
export function buildSummary(comparison: Comparison, facts: SummaryFacts): Summary {
  const { agents, pairs, taskSplit } = comparison;
  const { backend, browser, seed, throughput, resamples } = facts;
  const bootstrap = createBootstrap({ seed, ...(resamples === undefined ? {} : { resamples }) });
  const parts = partNames(comparison);
  const summarise = ({ name, entries, seconds }: ComparedAgent): AgentSummary => {
    const byTask = entriesByTask(comparison, name);
    const estimate = (value: (entry: ComparisonEntry) => number | null) =>
      bootstrap.mean(byTask.map((group) => meanOf(group, value)));
    const reward = estimate((entry) => entry.reward);
    const unmeasured = unmeasuredOf(entries);
    const retries = entries.reduce((sum, entry) => sum + (entry.retries ?? 0), 0);
    return {
      name,
      n: reward.n,
      reward,
      parts: Object.fromEntries(parts.map((part) => [part, estimate((entry) => entry.parts[part] ?? null)])),
      facts: summarizeFacts(comparison, name, bootstrap),
      tokens: mean(entries.map(({ tokens }) => tokens)),
      seconds: entries.length === 0 ? null : seconds / entries.length,
      ...(unmeasured ? { unmeasured } : {}),
      ...(retries > 0 ? { retries } : {}),
    };
  };
  return {
    backend,
    browser,
    seed,
    taskSplit,
    agents: agents.map(summarise),
    differences: pairs.map(([a, b]) => ({
      a,
      b,
      ...bootstrap.difference(...pairedValues(comparison, [a, b], ({ reward }) => reward)),
      facts: factDifferences(comparison, [a, b], bootstrap),
    })),
    throughput,
  };
}

/** Names of all reward parts, in order of appearance. */
export function partNames({ agents }: Comparison): string[] {
  return [...new Set(agents.flatMap(({ entries }) => entries.flatMap(({ parts }) => Object.keys(parts))))];
}
