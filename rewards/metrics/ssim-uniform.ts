import type { Plane } from "./image/pixel-image.js";
import type { SsimConstants } from "./ssim-constants.js";
import { mirrored, RowMean } from "./ssim-pairwise.js";

/**
 * SSIM with equal window weights. Five running window sums (x, y, xx, yy, xy) go down the image, one row at a time,
 * and across each row; nothing but rows is stored. The additions and divisions come in the order of SciPy's
 * `uniform_filter`, so every bit agrees with scikit-image.
 */
export function uniformSsim(a: Plane, b: Plane, constants: SsimConstants): number {
  const { width, height } = a;
  const size = constants.windowSize;
  const pad = (size - 1) / 2;
  const down = startRows(a, b, pad);
  const inner = width - 2 * pad;
  const similarity = new RowMean(inner);
  const padded = Array.from({ length: 5 }, () => new Float64Array(width + 2 * pad));
  for (let y = 0; y < height; y++) {
    if (y > 0) advanceRows(a, b, down, mirrored(y - 1 - pad, height), mirrored(y + pad, height));
    if (y < pad || y >= height - pad) continue;
    for (let k = 0; k < 5; k++) mirrorInto(padded[k]!, down[k]!, width, pad, size);
    rowSimilarity(padded, similarity.nextRow(), pad, constants);
  }
  return similarity.mean();
}

function startRows(a: Plane, b: Plane, pad: number): Float64Array[] {
  const { width, height } = a;
  const rows = Array.from({ length: 5 }, () => new Float64Array(width));
  const [sx, sy, sxx, syy, sxy] = rows as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let k = -pad; k <= pad; k++) {
    const row = mirrored(k, height) * width;
    for (let i = 0; i < width; i++) {
      const x = a.data[row + i]!;
      const y = b.data[row + i]!;
      sx[i]! += x;
      sy[i]! += y;
      sxx[i]! += x * x;
      syy[i]! += y * y;
      sxy[i]! += x * y;
    }
  }
  return rows;
}

function advanceRows(
  a: Plane,
  b: Plane,
  rows: readonly Float64Array[],
  leaving: number,
  entering: number,
): void {
  const { width, data: xs } = a;
  const ys = b.data;
  const [sx, sy, sxx, syy, sxy] = rows as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const old = leaving * width;
  const fresh = entering * width;
  for (let i = 0; i < width; i++) {
    const x0 = xs[old + i]!;
    const y0 = ys[old + i]!;
    const x1 = xs[fresh + i]!;
    const y1 = ys[fresh + i]!;
    sx[i] = sx[i]! + (x1 - x0);
    sy[i] = sy[i]! + (y1 - y0);
    sxx[i] = sxx[i]! + (x1 * x1 - x0 * x0);
    syy[i] = syy[i]! + (y1 * y1 - y0 * y0);
    sxy[i] = sxy[i]! + (x1 * y1 - x0 * y0);
  }
}

function mirrorInto(target: Float64Array, row: Float64Array, width: number, pad: number, size: number): void {
  for (let i = 0; i < width; i++) target[pad + i] = row[i]! / size;
  for (let k = 1; k <= pad; k++) {
    target[pad - k] = target[pad + mirrored(-k, width)]!;
    target[pad + width - 1 + k] = target[pad + mirrored(width - 1 + k, width)]!;
  }
}

function rowSimilarity(
  padded: readonly Float64Array[],
  similarity: Float64Array,
  pad: number,
  { windowSize: size, covarianceNorm, c1, c2 }: SsimConstants,
): void {
  const [px, py, pxx, pyy, pxy] = padded as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let sux = 0;
  let suy = 0;
  let suxx = 0;
  let suyy = 0;
  let suxy = 0;
  for (let k = 0; k < size; k++) {
    sux += px[k]!;
    suy += py[k]!;
    suxx += pxx[k]!;
    suyy += pyy[k]!;
    suxy += pxy[k]!;
  }
  const last = similarity.length + pad;
  for (let i = 1; i < last; i++) {
    const enter = i + size - 1;
    sux += px[enter]! - px[i - 1]!;
    suy += py[enter]! - py[i - 1]!;
    suxx += pxx[enter]! - pxx[i - 1]!;
    suyy += pyy[enter]! - pyy[i - 1]!;
    suxy += pxy[enter]! - pxy[i - 1]!;
    if (i < pad) continue;
    const ux = sux / size;
    const uy = suy / size;
    const uxx = suxx / size;
    const uyy = suyy / size;
    const uxy = suxy / size;
    const uxSquare = ux * ux;
    const uySquare = uy * uy;
    const vx = covarianceNorm * (uxx - uxSquare);
    const vy = covarianceNorm * (uyy - uySquare);
    const vxy = covarianceNorm * (uxy - ux * uy);
    similarity[i - pad] =
      ((2 * ux * uy + c1) * (2 * vxy + c2)) / ((uxSquare + uySquare + c1) * (vx + vy + c2));
  }
}
