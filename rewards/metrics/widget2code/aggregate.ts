import type { BenchmarkScores } from "./composite.js";
import { percentile } from "./contrast.js";

/** Names of the twelve scores, in the order of the benchmark's tables. */
export const BENCHMARK_METRICS = [
  "MarginAsymmetry",
  "ContentAspectDiff",
  "AreaRatioDiff",
  "TextJaccard",
  "ContrastDiff",
  "ContrastLocalDiff",
  "PaletteDistance",
  "Vibrancy",
  "PolarityConsistency",
  "ssim",
  "lp",
  "geo_score",
] as const;

/** Name of a score of the Widget2Code benchmark. */
export type BenchmarkMetric = (typeof BENCHMARK_METRICS)[number];

/** Means by score. */
export type Means = Readonly<Record<BenchmarkMetric, number>>;

/** The twelve scores without their groups; null for what was not measured. */
export function flattenScores(scores: BenchmarkScores): Readonly<Record<BenchmarkMetric, number | null>> {
  return {
    ...scores.LayoutScore,
    ...scores.LegibilityScore,
    ...scores.StyleScore,
    ...scores.PerceptualScore,
    ...scores.Geometry,
  };
}

/** What a missing prediction contributes in the mode `zero`: the worst value, 1 for a distance. */
const worst = (metric: BenchmarkMetric): number => (metric === "lp" ? 1 : 0);

/** Means over a benchmark run. `black`, `white` and `zero` are there only when predictions are missing. */
export interface Aggregate {
  readonly raw: Means;
  readonly black?: Means;
  readonly white?: Means;
  readonly zero?: Means;
}

/**
 * Means over matched pairs (`raw`), and with the missing predictions counted as a black image, a white image, or the worst
 * value (`zero`). `black` and `white` hold the scores of those fills, one per missing prediction.
 */
export function aggregateScores(
  matched: readonly BenchmarkScores[],
  black: readonly BenchmarkScores[],
  white: readonly BenchmarkScores[],
): Aggregate {
  const raw = meansOf(matched);
  if (black.length === 0) return { raw };
  const total = matched.length + black.length;
  return {
    raw,
    black: meansOf([...matched, ...black]),
    white: meansOf([...matched, ...white]),
    zero: perMetric((metric) => (raw[metric] * matched.length + worst(metric) * black.length) / total),
  };
}

function meansOf(rows: readonly BenchmarkScores[]): Means {
  return perMetric((metric) => {
    const values = valuesOf(rows, metric);
    return values.length === 0 ? 0 : mean(values);
  });
}

/** Spread of one score over many widgets. */
export interface Spread {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
}

/** Quartiles, mean and spread per metric, over matched pairs; a metric nobody measured is left out. */
export function distributionOf(rows: readonly BenchmarkScores[]): Partial<Record<BenchmarkMetric, Spread>> {
  const spreads: Partial<Record<BenchmarkMetric, Spread>> = {};
  for (const metric of BENCHMARK_METRICS) {
    const sorted = valuesOf(rows, metric).sort((a, b) => a - b);
    if (sorted.length === 0) continue;
    const center = mean(sorted);
    spreads[metric] = {
      min: percentile(sorted, 0),
      q1: percentile(sorted, 25),
      median: percentile(sorted, 50),
      q3: percentile(sorted, 75),
      max: percentile(sorted, 100),
      mean: center,
      std: Math.sqrt(mean(sorted.map((value) => (value - center) ** 2))),
    };
  }
  return spreads;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function valuesOf(rows: readonly BenchmarkScores[], metric: BenchmarkMetric): number[] {
  return rows
    .map((row) => flattenScores(row)[metric])
    .filter((value) => value !== null && value !== undefined);
}

function perMetric(value: (metric: BenchmarkMetric) => number): Means {
  return Object.fromEntries(BENCHMARK_METRICS.map((metric) => [metric, value(metric)])) as Means;
}
