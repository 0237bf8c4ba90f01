import { UsageError } from "../infra/errors.js";
import type { Comparison, ComparisonEntry } from "./comparison.js";
import { mean } from "./statistics.js";

/** What is estimated of an answer; null where it was not measured. */
export type EntryValue = (entry: ComparisonEntry) => number | null;

/** The answers of one agent, one list a task, in the order of the tasks. Throws a UsageError for unknown agents and tasks. */
export function entriesByTask({ agents, taskIds }: Comparison, name: string): ComparisonEntry[][] {
  const agent = agents.find((candidate) => candidate.name === name);
  if (agent === undefined) {
    const known = agents.map((candidate) => candidate.name).join(", ");
    throw new UsageError(`There is no agent "${name}" in this comparison. There are: ${known}.`);
  }
  const byTask = new Map<string, ComparisonEntry[]>(taskIds.map((id) => [id, []]));
  for (const entry of agent.entries) {
    const group = byTask.get(entry.taskId);
    if (group === undefined) {
      throw new UsageError(
        `The agent "${name}" answered "${entry.taskId}", which is no task of this comparison.`,
      );
    }
    group.push(entry);
  }
  return [...byTask.values()];
}

/**
 * One value of each of two agents per task. Only seeds that both have a value for count, so that a task is compared under equal
 * seeds; null where there are none.
 */
export function pairedValues(
  comparison: Comparison,
  [a, b]: readonly [string, string],
  value: EntryValue,
): [(number | null)[], (number | null)[]] {
  const [left, right] = [entriesByTask(comparison, a), entriesByTask(comparison, b)];
  const shared = left.map((group, task) => {
    const others = new Map((right[task] ?? []).map((entry) => [entry.seed, value(entry)]));
    return group.flatMap((entry) => {
      const [own, other] = [value(entry), others.get(entry.seed) ?? null];
      return own === null || other === null ? [] : [{ own, other }];
    });
  });
  return [
    shared.map((pairs) => mean(pairs.map(({ own }) => own))),
    shared.map((pairs) => mean(pairs.map(({ other }) => other))),
  ];
}

/** The mean over the answers to one task that have a value; null of none. */
export function meanOf(group: readonly ComparisonEntry[], value: EntryValue): number | null {
  return mean(group.map(value).filter((known) => known !== null));
}
