import type { Spread } from "./types.js";

/** Mean, least and greatest of some values; null without any. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return {
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
    least: Math.min(...known),
    most: Math.max(...known),
    pages: known.length,
  };
}

/**
 * Kendall's tau-b of two lists of equal length (Kendall 1945; `scipy.stats.kendalltau`): concordant less discordant pairs over the
 * geometric mean of the pairs that are not tied in the one and in the other. Null when either list holds one value alone.
 */
export function kendallTau(left: readonly number[], right: readonly number[]): number | null {
  let [balance, untiedLeft, untiedRight] = [0, 0, 0];
  for (let i = 0; i < left.length; i++)
    for (let j = i + 1; j < left.length; j++) {
      const a = Math.sign(left[i]! - left[j]!);
      const b = Math.sign(right[i]! - right[j]!);
      balance += a * b;
      untiedLeft += Math.abs(a);
      untiedRight += Math.abs(b);
    }
  const pairs = Math.sqrt(untiedLeft * untiedRight);
  return pairs === 0 ? null : balance / pairs;
}

/** Share of pairs in which `left` is not above `right`; null without pairs. */
export function shareNotAbove(left: readonly number[], right: readonly number[]): number | null {
  const pairs = left.length * right.length;
  if (pairs === 0) return null;
  return left.reduce((sum, a) => sum + right.filter((b) => a <= b).length, 0) / pairs;
}
