import type { Plane } from "./image/pixel-image.js";
import type { SsimConstants } from "./ssim.js";
import { mirrored, pairwiseSum } from "./ssim-pairwise.js";

/**
 * SSIM with equal window weights. Five running window means (x, y, xx, yy, xy) go down the image, one row at a time,
 * and across each row; nothing but rows is stored. The additions and divisions come in the order of SciPy's
 * `uniform_filter`, so every bit agrees with scikit-image.
 */
export function uniformSsim(a: Plane, b: Plane, constants: SsimConstants): number {
  const { width, height } = a;
  const size = constants.windowSize;
  const pad = (size - 1) / 2;
  const down = startRows(a, b, size, pad);
  const inner = width - 2 * pad;
  const similarity = new Float64Array(inner);
  const padded = Array.from({ length: 5 }, () => new Float64Array(width + 2 * pad));
  let total = 0;
  for (let y = 0; y < height; y++) {
    if (y > 0) advanceRows(a, b, down, mirrored(y - 1 - pad, height), mirrored(y + pad, height), size);
    if (y < pad || y >= height - pad) continue;
    for (let k = 0; k < 5; k++) mirrorInto(padded[k]!, down[k]!, width, pad);
    rowSimilarity(padded, similarity, inner, pad, constants);
    total += pairwiseSum(similarity, 0, inner);
  }
  return total / (inner * (height - 2 * pad));
}

function startRows(a: Plane, b: Plane, size: number, pad: number): Float64Array[] {
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
  for (const row of rows) for (let i = 0; i < width; i++) row[i]! /= size;
  return rows;
}

function advanceRows(
  a: Plane,
  b: Plane,
  rows: readonly Float64Array[],
  leaving: number,
  entering: number,
  size: number,
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
    sx[i] = sx[i]! + (x1 - x0) / size;
    sy[i] = sy[i]! + (y1 - y0) / size;
    sxx[i] = sxx[i]! + (x1 * x1 - x0 * x0) / size;
    syy[i] = syy[i]! + (y1 * y1 - y0 * y0) / size;
    sxy[i] = sxy[i]! + (x1 * y1 - x0 * y0) / size;
  }
}

function mirrorInto(target: Float64Array, row: Float64Array, width: number, pad: number): void {
  target.set(row, pad);
  for (let k = 1; k <= pad; k++) {
    target[pad - k] = row[mirrored(-k, width)]!;
    target[pad + width - 1 + k] = row[mirrored(width - 1 + k, width)]!;
  }
}

function rowSimilarity(
  padded: readonly Float64Array[],
  similarity: Float64Array,
  inner: number,
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
  let ux = 0;
  let uy = 0;
  let uxx = 0;
  let uyy = 0;
  let uxy = 0;
  for (let k = 0; k < size; k++) {
    ux += px[k]!;
    uy += py[k]!;
    uxx += pxx[k]!;
    uyy += pyy[k]!;
    uxy += pxy[k]!;
  }
  ux /= size;
  uy /= size;
  uxx /= size;
  uyy /= size;
  uxy /= size;
  const last = inner + pad;
  for (let i = 1; i < last; i++) {
    const enter = i + size - 1;
    ux += (px[enter]! - px[i - 1]!) / size;
    uy += (py[enter]! - py[i - 1]!) / size;
    uxx += (pxx[enter]! - pxx[i - 1]!) / size;
    uyy += (pyy[enter]! - pyy[i - 1]!) / size;
    uxy += (pxy[enter]! - pxy[i - 1]!) / size;
    if (i < pad) continue;
    const uxSquare = ux * ux;
    const uySquare = uy * uy;
    const vx = covarianceNorm * (uxx - uxSquare);
    const vy = covarianceNorm * (uyy - uySquare);
    const vxy = covarianceNorm * (uxy - ux * uy);
    similarity[i - pad] =
      ((2 * ux * uy + c1) * (2 * vxy + c2)) / ((uxSquare + uySquare + c1) * (vx + vy + c2));
  }
}
