import { seedCenters, type WeightedPoints } from "./kmeans-seeding.js";

import { mersenneTwister } from "./mersenne-twister.js";

/** Clustering of points in three dimensions. */
export interface Clustering {
  /** `3 k` coordinates. */
  readonly centers: Float64Array;
  /** Samples per cluster. */
  readonly sizes: Int32Array;
  /** Sum of squared distances of the samples to their centres. */
  readonly inertia: number;
}

/** Options of {@link kMeans}. */
export interface KMeansOptions {
  readonly clusters: number;
  /** Seeded starts; the one of least inertia wins. Default 10. */
  readonly restarts?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Steps of one start. Default 300. */
  readonly maxSteps?: number;
  /** A start ends when the centres moved less than this share of the variance. Default 1e-4. */
  readonly tolerance?: number;
}

/**
 * Lloyd's k-means with greedy k-means++ seeding, drawing the numbers that scikit-learn's
 * `KMeans(n_clusters, random_state=seed, n_init=restarts)` draws, so that the same local optimum is found. With fewer
 * different points than clusters the surplus centres repeat that of the largest cluster (size 0): scikit-learn is not
 * stable there. No samples give no centres.
 */
export function kMeans(data: WeightedPoints, options: KMeansOptions): Clustering {
  const { clusters, restarts = 10, seed = 0, maxSteps = 300, tolerance = 1e-4 } = options;
  const { points, counts, samples } = data;
  if (samples.length === 0) return { centers: new Float64Array(0), sizes: new Int32Array(0), inertia: 0 };
  if (counts.length < clusters) return fewPoints(points, counts, clusters);
  const twister = mersenneTwister(seed, "numpy");
  const limit = meanVariance(points, counts, samples.length) * tolerance;
  let best: (Clustering & { labels: Int32Array }) | null = null;
  for (let restart = 0; restart < restarts; restart++) {
    const centers = seedCenters(data, clusters, twister);
    const found = lloyd(points, counts, centers, limit, maxSteps);
    if (!best || (found.inertia < best.inertia && !sameClustering(found.labels, best.labels, clusters)))
      best = found;
  }
  const { centers, sizes, inertia } = best as Clustering;
  return { centers, sizes, inertia };
}

function fewPoints(points: Float64Array, counts: Int32Array, clusters: number): Clustering {
  let largest = 0;
  for (let i = 1; i < counts.length; i++) if (counts[i]! > counts[largest]!) largest = i;
  const centers = new Float64Array(3 * clusters);
  const sizes = new Int32Array(clusters);
  for (let j = 0; j < clusters; j++) {
    const from = j < counts.length ? j : largest;
    centers.set(points.subarray(3 * from, 3 * from + 3), 3 * j);
    sizes[j] = j < counts.length ? counts[j]! : 0;
  }
  return { centers, sizes, inertia: 0 };
}

function meanVariance(points: Float64Array, counts: Int32Array, total: number): number {
  let sum = 0;
  for (let axis = 0; axis < 3; axis++) {
    let mean = 0;
    for (let i = 0; i < counts.length; i++) mean += points[3 * i + axis]! * counts[i]!;
    mean /= total;
    let variance = 0;
    for (let i = 0; i < counts.length; i++) variance += counts[i]! * (points[3 * i + axis]! - mean) ** 2;
    sum += variance / total;
  }
  return sum / 3;
}

function lloyd(
  points: Float64Array,
  counts: Int32Array,
  start: Float64Array,
  limit: number,
  maxSteps: number,
): Clustering & { labels: Int32Array } {
  const clusters = start.length / 3;
  const labels = new Int32Array(counts.length).fill(-1);
  const distances = new Float64Array(counts.length);
  let centers = start;
  for (let step = 0; step < maxSteps; step++) {
    const changed = label(points, centers, labels, distances);
    const moved = means(points, counts, labels, distances, clusters);
    let shift = 0;
    for (let i = 0; i < centers.length; i++) shift += (moved[i]! - centers[i]!) ** 2;
    centers = moved;
    if (!changed || shift <= limit) break;
  }
  label(points, centers, labels, distances);
  const sizes = new Int32Array(clusters);
  let inertia = 0;
  for (let i = 0; i < counts.length; i++) {
    sizes[labels[i]!] = sizes[labels[i]!]! + counts[i]!;
    inertia += distances[i]! * counts[i]!;
  }
  return { centers, sizes, inertia, labels };
}

/** Writes each point's nearest centre (the first of equals) and squared distance; true when a label changed. */
function label(
  points: Float64Array,
  centers: Float64Array,
  labels: Int32Array,
  distances: Float64Array,
): boolean {
  let changed = false;
  for (let i = 0; i < labels.length; i++) {
    const x = points[3 * i]!;
    const y = points[3 * i + 1]!;
    const z = points[3 * i + 2]!;
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0, c = 0; c < centers.length; j++, c += 3) {
      const distance = (x - centers[c]!) ** 2 + (y - centers[c + 1]!) ** 2 + (z - centers[c + 2]!) ** 2;
      if (distance < least) {
        least = distance;
        nearest = j;
      }
    }
    if (labels[i] !== nearest) changed = true;
    labels[i] = nearest;
    distances[i] = least;
  }
  return changed;
}

/** Mean of each cluster. An empty cluster takes over the sample farthest from its own centre. */
function means(
  points: Float64Array,
  counts: Int32Array,
  labels: Int32Array,
  distances: Float64Array,
  clusters: number,
): Float64Array {
  const sums = new Float64Array(3 * clusters);
  const weights = new Float64Array(clusters);
  const add = (cluster: number, point: number, weight: number) => {
    weights[cluster] = weights[cluster]! + weight;
    for (let axis = 0; axis < 3; axis++)
      sums[3 * cluster + axis] = sums[3 * cluster + axis]! + points[3 * point + axis]! * weight;
  };
  for (let i = 0; i < counts.length; i++) add(labels[i]!, i, counts[i]!);
  const empty = [...weights.keys()].filter((cluster) => weights[cluster] === 0);
  if (empty.length > 0) {
    const far = [...distances.keys()].sort((a, b) => distances[b]! - distances[a]!);
    const queue = far.flatMap((i) => new Array<number>(Math.min(counts[i]!, empty.length)).fill(i));
    for (const [k, cluster] of empty.entries()) {
      const point = queue[k]!;
      add(labels[point]!, point, -1);
      add(cluster, point, 1);
    }
  }
  for (let i = 0; i < sums.length; i++) {
    const weight = weights[Math.trunc(i / 3)]!;
    if (weight > 0) sums[i] = sums[i]! / weight;
  }
  return sums;
}

function sameClustering(a: Int32Array, b: Int32Array, clusters: number): boolean {
  const mapping = new Int32Array(clusters).fill(-1);
  for (let i = 0; i < a.length; i++) {
    if (mapping[a[i]!] === -1) mapping[a[i]!] = b[i]!;
    else if (mapping[a[i]!] !== b[i]) return false;
  }
  return true;
}
