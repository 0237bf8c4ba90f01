import type { Comparison, ComparisonEntry } from "./comparison.js";
import { type EntryValue, entriesByTask, meanOf, pairedValues } from "./entries.js";
import type { Bootstrap, Estimate } from "./statistics.js";

/**
 * How often one kind of fact is right. The estimate is of the share over the tasks that ask for it, their seeds averaged first; tasks whose
 * answers were not measured are its `excluded`.
 */
export interface FactSummary extends Estimate {
  /** Measured answers to tasks that ask for the kind. */
  readonly asked: number;
  /** Those of them that have all facts of the kind right. */
  readonly right: number;
}

/** Kinds of facts that the tasks of a comparison ask for: those of most tasks first, then as they come. */
export function factKinds(comparison: Comparison): string[] {
  const counts = new Map<string, number>();
  for (const kinds of askedByTask(comparison).values())
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([kind]) => kind);
}

/** What one agent gets right of each kind of fact. */
export function summarizeFacts(
  comparison: Comparison,
  agent: string,
  bootstrap: Bootstrap,
): Record<string, FactSummary> {
  const groups = entriesByTask(comparison, agent);
  return perKind(comparison, (kind, asks) => {
    const asking = groups.filter((_, task) => asks[task]);
    const outcomes = asking.flat().flatMap(({ facts }) => facts[kind] ?? []);
    return {
      asked: outcomes.length,
      right: outcomes.filter(Boolean).length,
      ...bootstrap.mean(asking.map((group) => meanOf(group, rightness(kind)))),
    };
  });
}

/** The paired difference in the share of each kind of fact that is right, over the tasks that ask for it. */
export function factDifferences(
  comparison: Comparison,
  pair: readonly [string, string],
  bootstrap: Bootstrap,
): Record<string, Estimate> {
  return perKind(comparison, (kind, asks) => {
    const [a, b] = pairedValues(comparison, pair, rightness(kind));
    const asking = (values: readonly (number | null)[]) => values.filter((_, task) => asks[task]);
    return bootstrap.difference(asking(a), asking(b));
  });
}

const rightness =
  (kind: string): EntryValue =>
  ({ facts }: ComparisonEntry) => {
    const right = facts[kind];
    return right === undefined ? null : Number(right);
  };

/** @param of gets a kind, and for each task in order whether it asks for it */
function perKind<T>(
  comparison: Comparison,
  of: (kind: string, asks: readonly boolean[]) => T,
): Record<string, T> {
  const asked = askedByTask(comparison);
  return Object.fromEntries(
    factKinds(comparison).map((kind) => [
      kind,
      of(
        kind,
        comparison.taskIds.map((id) => asked.get(id)?.has(kind) === true),
      ),
    ]),
  );
}

/** The kinds each task asks for, as far as any answer to it was measured. */
function askedByTask({ agents, taskIds }: Comparison): Map<string, Set<string>> {
  const asked = new Map(taskIds.map((id) => [id, new Set<string>()]));
  for (const { entries } of agents)
    for (const { taskId, facts } of entries)
      for (const kind of Object.keys(facts)) asked.get(taskId)?.add(kind);
  return asked;
}
