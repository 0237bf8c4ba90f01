import type { MersenneTwister } from "./mersenne-twister.js";

/** Samples of three coordinates with repeats folded: `points[3 i .. 3 i + 2]` occurs `counts[i]` times. */
export interface WeightedPoints {
  /** Different points, in order of their first occurrence. */
  readonly points: Float64Array;
  readonly counts: Int32Array;
  /** For every sample, in order, the index of its point. */
  readonly samples: Uint32Array;
}

/**
 * Greedy k-means++ (Arthur and Vassilvitskii 2007): each next centre is the best of `2 + floor(ln k)` samples drawn with
 * probability proportional to their squared distance from the centres so far. The draws and their order are scikit-learn's.
 */
export function seedCenters(data: WeightedPoints, clusters: number, twister: MersenneTwister): Float64Array {
  const { points, counts, samples } = data;
  const trials = 2 + Math.floor(Math.log(clusters));
  const centers = new Float64Array(3 * clusters);
  const place = (cluster: number, point: number) =>
    centers.set(points.subarray(3 * point, 3 * point + 3), 3 * cluster);
  const first = samples[twister.randint(samples.length)]!;
  place(0, first);
  let closest = new Float64Array(counts.length).fill(Number.POSITIVE_INFINITY);
  closest = closerOf(points, closest, first);
  let potential = potentialOf(closest, counts);
  for (let cluster = 1; cluster < clusters; cluster++) {
    const targets = Array.from({ length: trials }, () => twister.double() * potential);
    const candidates = samplesAt(samples, closest, targets);
    let best: { point: number; closest: Float64Array<ArrayBuffer>; potential: number } | null = null;
    for (const point of candidates) {
      const closer = closerOf(points, closest, point);
      const reduced = potentialOf(closer, counts);
      if (!best || reduced < best.potential) best = { point, closest: closer, potential: reduced };
    }
    if (!best) break;
    ({ closest, potential } = best);
    place(cluster, best.point);
  }
  return centers;
}

/** For each target the point of the first sample where the running sum of the distances reaches it. */
function samplesAt(samples: Uint32Array, closest: Float64Array, targets: readonly number[]): number[] {
  const order = [...targets.keys()].sort((a, b) => targets[a]! - targets[b]!);
  const found = new Array<number>(targets.length).fill(samples[samples.length - 1]!);
  let sum = 0;
  let next = 0;
  for (let i = 0; i < samples.length && next < order.length; i++) {
    sum += closest[samples[i]!]!;
    while (next < order.length && sum >= targets[order[next]!]!) found[order[next++]!] = samples[i]!;
  }
  return found;
}

function closerOf(points: Float64Array, closest: Float64Array, center: number): Float64Array<ArrayBuffer> {
  const x = points[3 * center]!;
  const y = points[3 * center + 1]!;
  const z = points[3 * center + 2]!;
  const result = new Float64Array(closest.length);
  for (let i = 0; i < result.length; i++) {
    const distance =
      (points[3 * i]! - x) ** 2 + (points[3 * i + 1]! - y) ** 2 + (points[3 * i + 2]! - z) ** 2;
    result[i] = Math.min(closest[i]!, distance);
  }
  return result;
}

function potentialOf(closest: Float64Array, counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += closest[i]! * counts[i]!;
  return sum;
}
