import { quantileSeq } from "mathjs";
import { UsageError } from "../infra/errors.js";
import { createRandom } from "../infra/random.js";

/** A mean with its 95 % interval. Unknown is null: the mean of nothing, the interval of fewer than two values. */
export interface Estimate {
  readonly mean: number | null;
  readonly ci95: readonly [low: number, high: number] | null;
  /** Values (or pairs) that went in. */
  readonly n: number;
  /** Values (or pairs) left out because a score in them is null. */
  readonly excluded: number;
}

/** The resamples of Efron and Tibshirani, An Introduction to the Bootstrap (1993), ch. 13, times ten. */
export const RESAMPLES = 10_000;

/** Options of a bootstrap. */
export interface BootstrapOptions {
  /** Equal seeds and values give equal intervals. */
  readonly seed: number;
  /** Default 10,000. */
  readonly resamples?: number;
}

/** Estimates means. Keeps the drawn indices, so that many estimates of the same size cost little more than one. */
export interface Bootstrap {
  /** The mean of the values that are not null, and its percentile interval. */
  mean(values: readonly (number | null)[]): Estimate;
  /**
   * The mean of `a[i] - b[i]` over the pairs where neither is null, and its percentile interval: pairs are resampled, so
   * what both sides find hard does not widen it. Throws a UsageError for lists of different lengths.
   */
  difference(a: readonly (number | null)[], b: readonly (number | null)[]): Estimate;
}

/** The arithmetic mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Opens a percentile bootstrap.
 *
 * @example
 * const bootstrap = createBootstrap({ seed: 7 });
 * bootstrap.difference([0.7, 0.8, null], [0.5, 0.7, 0.9]); // { mean: 0.15, ci95: [0.1, 0.2], n: 2, excluded: 1 }
 */
export function createBootstrap({ seed, resamples = RESAMPLES }: BootstrapOptions): Bootstrap {
  const tables = new Map<number, Uint32Array>();
  const tableOf = (size: number): Uint32Array => {
    const table = tables.get(size) ?? drawIndices(size, resamples, seed);
    tables.set(size, table);
    return table;
  };
  const estimate = (values: readonly (number | null)[]): Estimate => {
    const known = Float64Array.from(values.filter((value) => value !== null));
    const n = known.length;
    return {
      mean: mean([...known]),
      ci95: n < 2 ? null : interval(resampledMeans(known, tableOf(n))),
      n,
      excluded: values.length - n,
    };
  };
  return {
    mean: estimate,
    difference(a, b) {
      if (a.length !== b.length) {
        throw new UsageError(
          `A paired difference needs one value of each side per pair, but there are ${a.length} and ${b.length}. Give null where a score could not be taken.`,
        );
      }
      return estimate(a.map((left, i) => subtract(left, b[i] ?? null)));
    },
  };
}

function subtract(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

/** `[resamples, size]` indices below `size`, row by row. */
function drawIndices(size: number, resamples: number, seed: number): Uint32Array {
  const random = createRandom(seed).stream("bootstrap").stream(size);
  const indices = new Uint32Array(size * resamples);
  for (let i = 0; i < indices.length; i++) indices[i] = random.next() * size;
  return indices;
}

function resampledMeans(values: Float64Array, indices: Uint32Array): Float64Array {
  const size = values.length;
  const means = new Float64Array(indices.length / size);
  for (let row = 0, at = 0; row < means.length; row++) {
    let sum = 0;
    for (const end = at + size; at < end; at++) sum += values[indices[at] as number] as number;
    means[row] = sum / size;
  }
  return means.sort();
}

function interval(sorted: Float64Array): readonly [number, number] {
  const [low, high] = quantileSeq([...sorted], [0.025, 0.975], true) as number[];
  return [low as number, high as number];
}
