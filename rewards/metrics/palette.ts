import type { PixelImage } from "./image/pixel-image.js";
import { assign } from "./ports/assignment.js";
import { type Clustering, kMeans } from "./ports/kmeans.js";
import type { WeightedPoints } from "./ports/kmeans-seeding.js";
import { toLab8 } from "./ports/opencv/lab8.js";

/** Dominant colours that WidgetAnchor compares. */
export const PALETTE_SIZE = 5;

/** Mean distance, in the stretched units of 8-bit L*a*b*, at which the score reaches 0. */
const ZERO_AT = 100;

/** The dominant colours of an image: k-means centres in OpenCV's 8-bit L*a*b*, with pixels per colour. */
export function dominantColors(image: PixelImage, count: number = PALETTE_SIZE): Clustering {
  return kMeans(foldColors(toLab8(image)), { clusters: count });
}

/** For every 24-bit colour its point plus 1; all zeros between calls. */
let pointOfColor: Int32Array | undefined;

function foldColors(lab: Uint8Array): WeightedPoints {
  const samples = new Uint32Array(lab.length / 3);
  pointOfColor ??= new Int32Array(1 << 24);
  const index = pointOfColor;
  const keys: number[] = [];
  const counts: number[] = [];
  for (let i = 0, at = 0; i < samples.length; i++, at += 3) {
    const key = (lab[at]! << 16) | (lab[at + 1]! << 8) | lab[at + 2]!;
    let point = index[key]! - 1;
    if (point < 0) {
      point = keys.length;
      keys.push(key);
      counts.push(0);
      index[key] = point + 1;
    }
    counts[point]!++;
    samples[i] = point;
  }
  const points = new Float64Array(keys.length * 3);
  for (const [i, key] of keys.entries()) {
    points.set([key >> 16, (key >> 8) & 255, key & 255], 3 * i);
    index[key] = 0;
  }
  return { points, counts: Int32Array.from(counts), samples };
}

/**
 * How alike two palettes are, 0 to 1: one minus the mean distance of the centres under the best one-to-one pairing, over
 * 100. Sizes of the colours do not count. An image without pixels scores 0 against any other and 1 against its like.
 * Source: WidgetAnchor, `compute_palette_distance`.
 */
export function paletteSimilarity(a: PixelImage, b: PixelImage): number {
  const first = dominantColors(a).centers;
  const second = dominantColors(b).centers;
  const count = Math.min(first.length, second.length) / 3;
  if (count === 0) return first.length === second.length ? 1 : 0;
  const distance = (i: number, j: number) =>
    Math.hypot(
      first[3 * i]! - second[3 * j]!,
      first[3 * i + 1]! - second[3 * j + 1]!,
      first[3 * i + 2]! - second[3 * j + 2]!,
    );
  const total = assign(first.length / 3, second.length / 3, distance).reduce(
    (sum, { row, column }) => sum + distance(row, column),
    0,
  );
  return Math.max(0, 1 - total / count / ZERO_AT);
}
