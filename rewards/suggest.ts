/** The candidate closest to `name` by edit distance, when it is close enough to be a slip; else undefined. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** The sentence part that follows an unknown name: a suggestion when there is a close one, and the names that exist. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  const near = closest(name, known);
  const list = known.length === 0 ? "there are none" : `there are: ${known.join(", ")}`;
  return near === undefined ? list : `did you mean "${near}"? (${list})`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}
