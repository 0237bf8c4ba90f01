import type { Box } from "../../env/contract/rendered-page.js";
import { oklabDistance } from "./oklab.js";
import type { Fill, TextBlock } from "./visual-features.js";

/**
 * Reach in CSS pixels of the two halves of a match's worth. The near half rewards exact placing; the far half keeps a page
 * comparable whose sections sit lower or higher than they should, so that one tall section does not cost everything below it.
 */
const NEAR = 60;
const FAR = 300;
/** OKLab distance from which two fills have nothing in common. */
const DIFFERENT = 0.3;
/** Matches worth less than this do not count. */
const LEAST = 0.05;

/** Seen boxes of both pages paired by place, size and colour, 0..1; null when neither page has any. */
export function fillSimilarity(a: readonly Fill[], b: readonly Fill[]): number | null {
  return matchedShare(a, b, (one, other) =>
    Math.max(0, 1 - oklabDistance(one.color, other.color) / DIFFERENT),
  );
}

/** Seen texts of both pages paired by place, size and wording, 0..1; null when neither page has any. */
export function textSimilarity(a: readonly TextBlock[], b: readonly TextBlock[]): number | null {
  const [left, right] = [new Map(a.map(withBigrams)), new Map(b.map(withBigrams))];
  return matchedShare(a, b, (one, other) =>
    one.text === other.text ? 1 : dice(left.get(one) ?? [], right.get(other) ?? []),
  );
}

/**
 * Weighted F1 of a greedy one-to-one matching: twice the matched weight over the weight of both sides, where a box weighs
 * the root of its area. Symmetric.
 */
function matchedShare<Item extends { readonly box: Box }>(
  a: readonly Item[],
  b: readonly Item[],
  likeness: (one: Item, other: Item) => number,
): number | null {
  if (a.length === 0 && b.length === 0) return null;
  const pairs: { i: number; j: number; worth: number }[] = [];
  for (const [i, one] of a.entries()) {
    for (const [j, other] of b.entries()) {
      const near = nearness(one.box, other.box);
      const worth = near < LEAST ? 0 : near * likeness(one, other);
      if (worth >= LEAST) pairs.push({ i, j, worth });
    }
  }
  // Ties are broken alike from both sides: (i, j) and (j, i) exclude different pairs, so their order does not matter.
  pairs.sort(
    (p, q) => q.worth - p.worth || p.i + p.j - q.i - q.j || Math.abs(p.i - p.j) - Math.abs(q.i - q.j),
  );
  const [freeA, freeB] = [new Set(a.keys()), new Set(b.keys())];
  let matched = 0;
  for (const { i, j, worth } of pairs) {
    if (!freeA.has(i) || !freeB.has(j)) continue;
    freeA.delete(i);
    freeB.delete(j);
    matched += worth * (weight(a[i]!) + weight(b[j]!));
  }
  const all = [...a, ...b].reduce((sum, item) => sum + weight(item), 0);
  return all === 0 ? 0 : Math.min(1, matched / all);
}

function weight({ box }: { readonly box: Box }): number {
  return Math.sqrt(Math.max(1, box.width) * Math.max(1, box.height));
}

/** 1 for equal boxes, falling like two bells with the distance of their edges (root mean square over x and over y). */
function nearness(a: Box, b: Box): number {
  const left = a.x - b.x;
  const top = a.y - b.y;
  const right = left + a.width - b.width;
  const bottom = top + a.height - b.height;
  const square = (left * left + right * right + top * top + bottom * bottom) / 2;
  return (Math.exp(-square / (2 * NEAR * NEAR)) + Math.exp(-square / (2 * FAR * FAR))) / 2;
}

function withBigrams(block: TextBlock): [TextBlock, readonly number[]] {
  const codes: number[] = [];
  for (let i = 0; i + 1 < block.text.length; i++)
    codes.push(block.text.charCodeAt(i) * 65536 + block.text.charCodeAt(i + 1));
  return [block, codes.sort((p, q) => p - q)];
}

/** Dice coefficient of two sorted multisets. */
function dice(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      shared++;
      i++;
      j++;
    } else if (a[i]! < b[j]!) i++;
    else j++;
  }
  return (2 * shared) / (a.length + b.length);
}
