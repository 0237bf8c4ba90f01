import { pairwiseSum } from "../ssim-pairwise.js";
import type { UnitImage } from "./unit-image.js";

/** Style similarities, each 0 to 1, 1 for equal images. */
export interface StyleSimilarity {
  /** Hue histograms, by earth mover's distance. */
  readonly PaletteDistance: number;
  /** Saturation histograms, by earth mover's distance. */
  readonly Vibrancy: number;
  /** Whether both are dark on bright (or bright on dark), and how strongly. 0 for a flat image. */
  readonly PolarityConsistency: number;
}

const HUE_BINS = 36;
const SATURATION_BINS = 30;
/** Earth mover's distance, as a share of the bins, at which a score has fallen to 1/e. */
const HUE_SCALE = 0.08;
const SATURATION_SCALE = 0.05;
/** Share of pixels, at either end of the luminance, that may be foreground. */
const FOREGROUND_SHARE = 0.1;
const POLARITY_DECAY = 5;
const FLAT = 1e-6;

/** Style similarities of two images. Source: widget2code-bench, `compute_style`. */
export function styleSimilarity(target: UnitImage, prediction: UnitImage): StyleSimilarity {
  const first = hueAndSaturation(target);
  const second = hueAndSaturation(prediction);
  return {
    PaletteDistance: histogramSimilarity(first.hue, second.hue, HUE_BINS, HUE_SCALE),
    Vibrancy: histogramSimilarity(first.saturation, second.saturation, SATURATION_BINS, SATURATION_SCALE),
    PolarityConsistency: polarityConsistency(target, prediction),
  };
}

/** HSV hue and saturation per pixel, 0 to 1; grays have hue 0 (scikit-image's `rgb2hsv`). */
export function hueAndSaturation({ data }: UnitImage): { hue: Float64Array; saturation: Float64Array } {
  const hue = new Float64Array(data.length / 3);
  const saturation = new Float64Array(data.length / 3);
  for (let i = 0, at = 0; i < hue.length; i++, at += 3) {
    const r = data[at]!;
    const g = data[at + 1]!;
    const b = data[at + 2]!;
    const value = Math.max(r, g, b);
    const delta = value - Math.min(r, g, b);
    if (delta === 0) continue;
    saturation[i] = delta / value;
    const sextant = b === value ? 4 + (r - g) / delta : g === value ? 2 + (b - r) / delta : (g - b) / delta;
    const turn = sextant / 6;
    hue[i] = turn - Math.floor(turn);
  }
  return { hue, saturation };
}

/** Counts per bin of equal width on [0, 1], the last one closed (numpy's `histogram`). */
export function unitHistogram(values: Float64Array, bins: number): Float64Array {
  const counts = new Float64Array(bins);
  const edge = (bin: number) => (bin === bins ? 1 : bin * (1 / bins));
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= 0 && value <= 1)) continue;
    let bin = Math.min(Math.trunc(value * bins), bins - 1);
    if (value < edge(bin)) bin--;
    else if (bin < bins - 1 && value >= edge(bin + 1)) bin++;
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

/** `exp(-emd / (scale bins))`, the distance in bins along a line (hue does not wrap). */
function histogramSimilarity(a: Float64Array, b: Float64Array, bins: number, scale: number): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const first = unitHistogram(a, bins);
  const second = unitHistogram(b, bins);
  let distance = 0;
  let ahead = 0;
  for (let bin = 0; bin < bins; bin++) {
    ahead += first[bin]! / a.length - second[bin]! / b.length;
    distance += Math.abs(ahead);
  }
  return Math.exp(-distance / (bins * scale));
}

/** Background minus foreground luminance; the foreground is the darkest or brightest tenth, whichever stands out more. */
function foregroundContrast({ data }: UnitImage, side: "stronger" | "dark"): number {
  const luminance = new Float64Array(data.length / 3);
  if (luminance.length === 0) return 0;
  for (let i = 0, at = 0; i < luminance.length; i++, at += 3)
    luminance[i] = data[at]! * 0.2125 + data[at + 1]! * 0.7154 + data[at + 2]! * 0.0721;
  luminance.sort();
  const middle = luminance.length >> 1;
  const upper = luminance[middle]!;
  const background = luminance.length % 2 === 1 ? upper : (luminance[middle - 1]! + upper) / 2;
  const count = Math.max(1, Math.trunc(FOREGROUND_SHARE * luminance.length));
  const dark = pairwiseSum(luminance, 0, count) / count;
  if (side === "dark") return background - dark;
  const bright = pairwiseSum(luminance, luminance.length - count, count) / count;
  return Math.abs(background - dark) >= Math.abs(background - bright)
    ? background - dark
    : background - bright;
}

/** Benchmark 1.1.0: 0 for a flat image or opposite polarity, else falls with the difference in strength. */
export function polarityConsistency(target: UnitImage, prediction: UnitImage): number {
  const first = foregroundContrast(target, "stronger");
  const second = foregroundContrast(prediction, "stronger");
  if (Math.abs(first) < FLAT || Math.abs(second) < FLAT) return 0;
  if (Math.sign(first) !== Math.sign(second)) return 0;
  return Math.exp(-Math.abs(Math.abs(first) - Math.abs(second)) * POLARITY_DECAY);
}

/** The older toolkit: the foreground is always the darkest tenth, and two flat images agree. */
export function polarityConsistencyOfToolkit(target: UnitImage, prediction: UnitImage): number {
  const first = foregroundContrast(target, "dark");
  const second = foregroundContrast(prediction, "dark");
  if (Math.sign(first) !== Math.sign(second)) return 0;
  return Math.exp(-Math.abs(first - second) * POLARITY_DECAY);
}
