import type { Plane } from "./image/pixel-image.js";
import type { SsimConstants } from "./ssim-constants.js";
import { mirrored, pairwiseSum, RowMean } from "./ssim-pairwise.js";

/** Gaussian weights of `-radius .. radius`, normalised to sum 1 in numpy's order of additions. */
export function gaussianWeights(sigma: number, radius: number): Float64Array {
  const weights = new Float64Array(2 * radius + 1);
  for (let k = -radius; k <= radius; k++) weights[k + radius] = Math.exp((-0.5 / (sigma * sigma)) * (k * k));
  const sum = pairwiseSum(weights, 0, weights.length);
  return weights.map((weight) => weight / sum);
}

/** SSIM with Gaussian window weights, in the order of operations of SciPy's `correlate1d` with a symmetric kernel. */
export function gaussianSsim(
  a: Plane,
  b: Plane,
  sigma: number,
  radius: number,
  { windowSize, covarianceNorm, c1, c2 }: SsimConstants,
): number {
  const { width, height } = a;
  const half = gaussianWeights(sigma, radius).slice(radius);
  const pad = (windowSize - 1) / 2;
  const inner = width - 2 * pad;
  // Of the products only the rows under the window are kept, each where an older one was.
  const kept = 2 * radius + 1;
  const [aa, bb, ab] = [1, 2, 3].map(() => new Float64Array(kept * width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const maps = [a.data, b.data, aa, bb, ab];
  let multiplied = Math.max(0, pad - radius);
  const multiplyTo = (end: number) => {
    for (; multiplied < end; multiplied++) {
      const from = multiplied * width;
      const to = (multiplied % kept) * width;
      for (let i = 0; i < width; i++) {
        const x = a.data[from + i]!;
        const y = b.data[from + i]!;
        aa[to + i] = x * x;
        bb[to + i] = y * y;
        ab[to + i] = x * y;
      }
    }
  };
  const means = maps.map(() => new Float64Array(width));
  const column = new Float64Array(width + 2 * radius);
  const mean = new RowMean(inner);
  const [ux, uy, uxx, uyy, uxy] = means as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let y = pad; y < height - pad; y++) {
    multiplyTo(Math.min(height, y + radius + 1));
    for (let k = 0; k < 5; k++) {
      const rowAt = (offset: number) => {
        const row = mirrored(y + offset, height);
        return (k < 2 ? row : row % kept) * width;
      };
      blurDown(maps[k]!, width, rowAt, half, column);
      blurAcross(column, width, half, means[k]!);
    }
    const similarity = mean.nextRow();
    for (let i = 0; i < inner; i++) {
      const x = i + pad;
      const mx = ux[x]!;
      const my = uy[x]!;
      const vx = covarianceNorm * (uxx[x]! - mx * mx);
      const vy = covarianceNorm * (uyy[x]! - my * my);
      const vxy = covarianceNorm * (uxy[x]! - mx * my);
      similarity[i] = ((2 * mx * my + c1) * (2 * vxy + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2));
    }
  }
  return mean.mean();
}

/** One blurred row, stored from index `radius` on and mirrored at both ends. Taps are added from the outside in. */
function blurDown(map: Float64Array, width: number, row: RowAt, half: Float64Array, out: Float64Array): void {
  const radius = half.length - 1;
  if (radius === 5) blurDown11(map, width, row, half, out);
  else blurDownAny(map, width, row, half, out);
  for (let edge = 1; edge <= radius; edge++) {
    out[radius - edge] = out[radius + mirrored(-edge, width)]!;
    out[radius + width - 1 + edge] = out[radius + mirrored(width - 1 + edge, width)]!;
  }
}

/** Where the row so many below the current one begins. */
type RowAt = (offset: number) => number;

function blurDownAny(
  map: Float64Array,
  width: number,
  row: RowAt,
  half: Float64Array,
  out: Float64Array,
): void {
  const radius = half.length - 1;
  const center = half[0]!;
  for (let i = 0, at = row(0); i < width; i++, at++) out[radius + i] = map[at]! * center;
  let k = radius;
  for (; k >= 2; k -= 2) {
    const [above1, below1, above2, below2] = [row(-k), row(k), row(1 - k), row(k - 1)] as const;
    const weight1 = half[k]!;
    const weight2 = half[k - 1]!;
    for (let i = 0; i < width; i++) {
      const outer = out[radius + i]! + (map[above1 + i]! + map[below1 + i]!) * weight1;
      out[radius + i] = outer + (map[above2 + i]! + map[below2 + i]!) * weight2;
    }
  }
  if (k === 1) {
    const above = row(-1);
    const below = row(1);
    const weight = half[1]!;
    for (let i = 0; i < width; i++)
      out[radius + i] = out[radius + i]! + (map[above + i]! + map[below + i]!) * weight;
  }
}

/** The usual kernel (sigma 1.5), in one pass. */
function blurDown11(
  map: Float64Array,
  width: number,
  row: RowAt,
  half: Float64Array,
  out: Float64Array,
): void {
  const w0 = half[0]!;
  const w1 = half[1]!;
  const w2 = half[2]!;
  const w3 = half[3]!;
  const w4 = half[4]!;
  const w5 = half[5]!;
  const center = row(0);
  const [above1, above2, above3, above4, above5] = [row(-1), row(-2), row(-3), row(-4), row(-5)] as const;
  const [below1, below2, below3, below4, below5] = [row(1), row(2), row(3), row(4), row(5)] as const;
  for (let i = 0; i < width; i++) {
    let sum = map[center + i]! * w0;
    sum += (map[above5 + i]! + map[below5 + i]!) * w5;
    sum += (map[above4 + i]! + map[below4 + i]!) * w4;
    sum += (map[above3 + i]! + map[below3 + i]!) * w3;
    sum += (map[above2 + i]! + map[below2 + i]!) * w2;
    out[5 + i] = sum + (map[above1 + i]! + map[below1 + i]!) * w1;
  }
}

function blurAcross(row: Float64Array, width: number, half: Float64Array, out: Float64Array): void {
  const radius = half.length - 1;
  if (radius === 5) {
    blurAcross11(row, width, half, out);
    return;
  }
  for (let i = 0; i < width; i++) {
    const center = radius + i;
    let sum = row[center]! * half[0]!;
    for (let k = radius; k >= 1; k--) sum += (row[center - k]! + row[center + k]!) * half[k]!;
    out[i] = sum;
  }
}

/** The usual kernel (sigma 1.5), unrolled. */
function blurAcross11(row: Float64Array, width: number, half: Float64Array, out: Float64Array): void {
  const w0 = half[0]!;
  const w1 = half[1]!;
  const w2 = half[2]!;
  const w3 = half[3]!;
  const w4 = half[4]!;
  const w5 = half[5]!;
  for (let i = 0; i < width; i++) {
    let sum = row[i + 5]! * w0;
    sum += (row[i]! + row[i + 10]!) * w5;
    sum += (row[i + 1]! + row[i + 9]!) * w4;
    sum += (row[i + 2]! + row[i + 8]!) * w3;
    sum += (row[i + 3]! + row[i + 7]!) * w2;
    out[i] = sum + (row[i + 4]! + row[i + 6]!) * w1;
  }
}
