import type { Loss, Sequence } from "./engine.js";
import { groupByPrompt } from "./packing.js";

/** What sharding counts a sequence as; for one still to be sampled the length is a guess that all share. */
interface Item {
  readonly prompt: Int32Array;
  readonly completion?: Int32Array;
}

const GUESSED_COMPLETION = 100;

/**
 * Indices of the items of each shard, so that shards cost alike. Equal prompts stay together in runs, since each shard
 * goes through a prompt once; a run costs at most a fourth of a shard, unless it is a single item. Runs are dealt by
 * falling cost to whichever shard has the least so far: always the same for the same items.
 */
export function shard(items: readonly Item[], shards: number): number[][] {
  const answerCost = (index: number) => items[index]?.completion?.length ?? GUESSED_COMPLETION;
  const groups = groupByPrompt(items);
  const promptCost = (run: readonly number[]) => items[run[0] as number]?.prompt.length ?? 0;
  const costOf = (run: readonly number[]) =>
    run.reduce((sum, index) => sum + answerCost(index), promptCost(run));
  const most = groups.reduce((sum, group) => sum + costOf(group), 0) / (4 * shards);
  const runs = groups
    .flatMap((group) => splitRun(group, most, answerCost, promptCost(group)))
    .map((run) => ({ run, cost: costOf(run) }))
    .sort((a, b) => b.cost - a.cost || (a.run[0] as number) - (b.run[0] as number));
  const dealt = Array.from({ length: shards }, () => ({ items: [] as number[], cost: 0 }));
  for (const { run, cost } of runs) {
    const least = dealt.reduce((best, one) => (one.cost < best.cost ? one : best));
    least.items.push(...run);
    least.cost += cost;
  }
  return dealt.map((one) => one.items);
}

function splitRun(
  group: readonly number[],
  most: number,
  answerCost: (index: number) => number,
  promptCost: number,
): number[][] {
  const runs: number[][] = [];
  let cost = Number.POSITIVE_INFINITY;
  for (const index of group) {
    if (cost + answerCost(index) > most) {
      runs.push([]);
      cost = promptCost;
    }
    runs.at(-1)?.push(index);
    cost += answerCost(index);
  }
  return runs;
}

/** The items at the given indices. */
export function pick<T>(items: readonly T[], indices: readonly number[] = []): T[] {
  return indices.map((index) => items[index] as T);
}

/** Sequences that a loss goes through, in the order of its units; of a pair the chosen one first. */
export function sequencesOf(loss: Loss): readonly Sequence[] {
  return loss.kind === "preference"
    ? loss.pairs.flatMap(({ chosen, rejected }) => [chosen, rejected])
    : loss.sequences;
}

/** What a loss can be cut into: sequences, or pairs, each of which counts as one sequence as long as both of its answers. */
export function unitsOf(loss: Loss): readonly Sequence[] {
  if (loss.kind !== "preference") return loss.sequences;
  return loss.pairs.map(({ chosen, rejected }) => {
    const completion = new Int32Array(chosen.completion.length + rejected.completion.length);
    completion.set(chosen.completion);
    completion.set(rejected.completion, chosen.completion.length);
    return { prompt: chosen.prompt, completion };
  });
}

/** The part of a loss that belongs to the given units. */
export function pickUnits(loss: Loss, indices: readonly number[]): Loss {
  switch (loss.kind) {
    case "crossEntropy":
      return { ...loss, sequences: pick(loss.sequences, indices) };
    case "policyGradient":
      return { ...loss, sequences: pick(loss.sequences, indices) };
    case "preference":
      return { ...loss, pairs: pick(loss.pairs, indices) };
  }
}

/** Puts results of shards back into the order of what was sharded. */
export function unshard<T>(shards: readonly (readonly number[])[], results: readonly (readonly T[])[]): T[] {
  const all: T[] = [];
  shards.forEach((indices, shard) => {
    indices.forEach((index, i) => {
      all[index] = results[shard]?.[i] as T;
    });
  });
  return all;
}
