/** Items seen more often than 1 % of `b` are "popular" in a list of at least this many (difflib's autojunk). */
const AUTOJUNK_LENGTH = 200;

/**
 * Similarity of two sequences by Ratcliff and Obershelp, in 0..1: `2 * matched / (|a| + |b|)`, where the longest common
 * contiguous block is matched first (the earliest in `a`, then in `b`) and the pieces left and right of it in turn. Two empty
 * sequences give 1. A string is a sequence of code points. Not symmetric.
 *
 * Equal to `difflib.SequenceMatcher(None, a, b, autojunk).ratio()` of Python 3: with `autojunk` and at least 200 items
 * in `b`, items that occur more than `floor(|b| / 100) + 1` times start no match, they only extend one.
 */
export function sequenceRatio(
  a: string | readonly unknown[],
  b: string | readonly unknown[],
  { autojunk = true }: { readonly autojunk?: boolean } = {},
): number {
  const [left, right] = toIntegers(typeof a === "string" ? [...a] : a, typeof b === "string" ? [...b] : b);
  const length = left.length + right.length;
  return length === 0 ? 1 : (2 * matchedItems(left, right, autojunk)) / length;
}

/** Number of items inside matching blocks. */
function matchedItems(a: Int32Array, b: Int32Array, autojunk: boolean): number {
  const positions = indexPositions(b, autojunk);
  const lengths = new Int32Array(b.length + 1);
  const nextLengths = new Int32Array(b.length + 1);
  const pending: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  let matched = 0;
  for (let range = pending.pop(); range; range = pending.pop()) {
    const [aLow, aHigh, bLow, bHigh] = range;
    const [i, j, size] = longestMatch(a, b, positions, range, lengths, nextLengths);
    if (size === 0) continue;
    matched += size;
    if (aLow < i && bLow < j) pending.push([aLow, i, bLow, j]);
    if (i + size < aHigh && j + size < bHigh) pending.push([i + size, aHigh, j + size, bHigh]);
  }
  return matched;
}

type Positions = readonly (readonly number[] | undefined)[];

function longestMatch(
  a: Int32Array,
  b: Int32Array,
  positions: Positions,
  [aLow, aHigh, bLow, bHigh]: readonly [number, number, number, number],
  scratch: Int32Array,
  nextScratch: Int32Array,
): readonly [number, number, number] {
  let [bestI, bestJ, bestSize] = [aLow, bLow, 0];
  // lengths[j + 1] is the length of the match that ends at a[i - 1], b[j]; only touched entries are non-zero.
  let [lengths, next] = [scratch, nextScratch];
  let touched: number[] = [];
  for (let i = aLow; i < aHigh; i++) {
    const written: number[] = [];
    for (const j of positions[a[i]!] ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const size = lengths[j]! + 1;
      next[j + 1] = size;
      written.push(j + 1);
      if (size > bestSize) [bestI, bestJ, bestSize] = [i - size + 1, j - size + 1, size];
    }
    for (const at of touched) lengths[at] = 0;
    [lengths, next, touched] = [next, lengths, written];
  }
  for (const at of touched) lengths[at] = 0;
  while (bestI > aLow && bestJ > bLow && a[bestI - 1] === b[bestJ - 1])
    [bestI, bestJ, bestSize] = [bestI - 1, bestJ - 1, bestSize + 1];
  while (bestI + bestSize < aHigh && bestJ + bestSize < bHigh && a[bestI + bestSize] === b[bestJ + bestSize])
    bestSize++;
  return [bestI, bestJ, bestSize];
}

/** For each item of `b` where it occurs, ascending; popular items are left out. */
function indexPositions(b: Int32Array, autojunk: boolean): Positions {
  const positions: (number[] | undefined)[] = [];
  for (const [j, item] of b.entries()) {
    const list = positions[item];
    if (list) list.push(j);
    else positions[item] = [j];
  }
  if (!autojunk || b.length < AUTOJUNK_LENGTH) return positions;
  const most = Math.floor(b.length / 100) + 1;
  return positions.map((list) => (list && list.length > most ? undefined : list));
}

/** Numbers equal items alike across both sequences. */
function toIntegers(a: readonly unknown[], b: readonly unknown[]): [Int32Array, Int32Array] {
  const numbers = new Map<unknown, number>();
  const number = (item: unknown): number => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    numbers.set(item, numbers.size);
    return numbers.size - 1;
  };
  return [Int32Array.from(a, number), Int32Array.from(b, number)];
}
