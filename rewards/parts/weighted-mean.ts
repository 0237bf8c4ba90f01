/** Something measured, and how much it counts. */
export interface Weighted {
  readonly score: number;
  readonly weight: number;
}

/** The mean of scores by their weights; null when they weigh nothing. */
export function weightedMean(results: readonly Weighted[]): number | null {
  const weight = results.reduce((sum, each) => sum + each.weight, 0);
  const earned = results.reduce((sum, each) => sum + each.weight * each.score, 0);
  return weight === 0 ? null : earned / weight;
}
