import type { Loss, Sequence } from "./engine.js";
import type { GenerateRequest } from "./generate.js";

/**
 * Indices of the sequences of each shard, dealt back and forth by falling length so that shards cost alike. Always the
 * same for the same lengths.
 */
export function shardByLength(sequences: readonly Sequence[], shards: number): number[][] {
  const order = sequences
    .map(({ prompt, completion }, index) => ({ index, length: prompt.length + completion.length }))
    .sort((a, b) => b.length - a.length || a.index - b.index);
  const dealt = Array.from({ length: shards }, (): number[] => []);
  order.forEach(({ index }, i) => {
    const place = i % (2 * shards);
    dealt[place < shards ? place : 2 * shards - 1 - place]?.push(index);
  });
  return dealt;
}

/**
 * Indices of the requests of each shard. Equal prompts stay together in runs, so that a group is read once, or a few
 * times when there are few groups; runs go to the shard that has the fewest so far.
 */
export function shardByPrompt(requests: readonly GenerateRequest[], shards: number): number[][] {
  const groups = new Map<string, number[]>();
  requests.forEach(({ prompt }, index) => {
    const key = prompt.join();
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  const longest = Math.max(1, Math.ceil(requests.length / (4 * shards)));
  const runs: number[][] = [];
  for (const group of groups.values()) {
    for (let at = 0; at < group.length; at += longest) runs.push(group.slice(at, at + longest));
  }
  const dealt = Array.from({ length: shards }, (): number[] => []);
  for (const run of runs) {
    const least = dealt.reduce((best, shard) => (shard.length < best.length ? shard : best));
    least.push(...run);
  }
  return dealt;
}

/** The items at the given indices. */
export function pick<T>(items: readonly T[], indices: readonly number[] = []): T[] {
  return indices.map((index) => items[index] as T);
}

/** The part of a loss that belongs to the given sequences. */
export function pickSequences(loss: Loss, indices: readonly number[]): Loss {
  if (loss.kind === "crossEntropy") return { kind: loss.kind, sequences: pick(loss.sequences, indices) };
  return { ...loss, sequences: pick(loss.sequences, indices) };
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
