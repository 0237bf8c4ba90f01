import { type CostMatrix, linearSumAssignment } from "../ports/assignment.js";

/** One predicted block (row) and the reference block (column) it stands for. */
export type Pair = readonly [prediction: number, reference: number];

/** A matching and the cost of each of its pairs, in the order of the rows. */
export interface Matching {
  readonly pairs: readonly Pair[];
  readonly costs: readonly number[];
}

/**
 * Rewards pairs whose neighbours match as well: every cost below -0.5 gets `bonus` times the sum of the `2 * window`
 * lowest costs around it (the cells within `window` rows and columns, without one cell equal to its own).
 */
export function adjustCostForContext(costs: CostMatrix, bonus: number, window: number): CostMatrix {
  if (window <= 0 || bonus === 0) return costs;
  const { rows, columns, data } = costs;
  const adjusted = data.slice();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const own = data[i * columns + j]!;
      if (own >= -0.5) continue;
      const nearby: number[] = [];
      for (let r = Math.max(0, i - window); r < Math.min(rows, i + window + 1); r++) {
        for (let c = Math.max(0, j - window); c < Math.min(columns, j + window + 1); c++) {
          if (r !== i || c !== j) nearby.push(data[r * columns + c]!);
        }
      }
      // Descending, and the last ones summed in that order, as the original does.
      nearby.sort((a, b) => b - a);
      const sum = nearby.slice(-window * 2).reduce((total, cost) => total + cost, 0);
      adjusted[i * columns + j] = own + bonus * sum;
    }
  }
  return { rows, columns, data: adjusted };
}

/** The cheapest matching of the blocks after the context bonus. */
export function findMaximumMatching(costs: CostMatrix, bonus: number, window: number): Matching {
  const adjusted = adjustCostForContext(costs, bonus, window);
  const { rows, columns } = linearSumAssignment(adjusted);
  const pairs = rows.map((row, at): Pair => [row, columns[at]!]);
  return { pairs, costs: pairs.map(([i, j]) => adjusted.data[i * adjusted.columns + j]!) };
}

/**
 * How much lower the costs became on average, leaving out the values that both lists share. Above 0 only when the best
 * of the new costs beats the best of the old ones.
 */
export function differenceOfMeans(current: readonly number[], updated: readonly number[]): number {
  const before = countValues(current);
  const after = countValues(updated);
  for (const [value, count] of before) {
    const common = Math.min(count, after.get(value) ?? 0);
    if (common === 0) continue;
    before.set(value, count - common);
    after.set(value, (after.get(value) ?? 0) - common);
  }
  const old = summarize(before);
  const fresh = summarize(after);
  const difference = old.mean - fresh.mean;
  return difference > 0 && old.lowest <= fresh.lowest ? 0 : difference;
}

function countValues(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Mean (0 when empty) and smallest (infinite when empty) of a multiset. */
function summarize(counts: ReadonlyMap<number, number>): { mean: number; lowest: number } {
  let sum = 0;
  let size = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [value, count] of counts) {
    for (let k = 0; k < count; k++) sum += value;
    size += count;
    if (count > 0) lowest = Math.min(lowest, value);
  }
  return { mean: size === 0 ? 0 : sum / size, lowest };
}
