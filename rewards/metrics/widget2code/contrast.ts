import type { UnitImage } from "./unit-image.js";

/**
 * Gray of every pixel in float32, 0 to 1 (weights 0.299, 0.587, 0.114). As published, an image with a gray above 1 is taken for
 * bytes and divided by 255 altogether, and rounding in the resize can lift white that far; `clampedUnit` prevents it.
 */
export function unitGray({ data }: UnitImage): Float32Array {
  const gray = new Float32Array(data.length / 3);
  let largest = 0;
  for (let i = 0, at = 0; i < gray.length; i++, at += 3) {
    gray[i] = data[at]! * 0.299 + data[at + 1]! * 0.587 + data[at + 2]! * 0.114;
    largest = Math.max(largest, gray[i]!);
  }
  const divisor = largest > 1 ? 255 : 1;
  for (let i = 0; i < gray.length; i++) gray[i] = Math.min(1, Math.max(0, gray[i]! / divisor));
  return gray;
}

/** numpy's `percentile` with linear interpolation of ascending values; NaN when there are none. */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (percent / 100) * (sorted.length - 1);
  const low = Math.floor(at);
  const a = sorted[low]!;
  const b = sorted[Math.min(low + 1, sorted.length - 1)]!;
  const t = at - low;
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}

/** `(p95 + 0.05) / (p5 + 0.05)` of gray values, 1 to 21; 1 without values. */
export function contrastRatio(gray: Float32Array): number {
  if (gray.length === 0) return 1;
  const sorted = gray.slice().sort();
  return (percentile(sorted, 95) + 0.05) / (percentile(sorted, 5) + 0.05);
}
