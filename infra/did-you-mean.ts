/**
 * The end of an error sentence for an unknown name: the closest known ones, else all of them.
 *
 * @example
 * didYouMean("webgen/Page-v0", ["webgen/Pages-v0"]); // ' Did you mean "webgen/Pages-v0"?'
 */
export function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0) return " None is registered.";
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  const best = ranked[0] as (typeof ranked)[number];
  if (best.distance <= Math.max(2, name.length / 3)) return ` Did you mean "${best.candidate}"?`;
  return ` Known: ${known.map((candidate) => `"${candidate}"`).join(", ")}.`;
}

/** Edits between two texts in UTF-16 units: insertions, deletions, substitutions, and neighbours that changed places. */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(substitution, swap, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length] as number;
}
