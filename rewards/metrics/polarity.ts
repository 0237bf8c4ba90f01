import type { PixelImage } from "./image/pixel-image.js";
import { toLab8 } from "./ports/opencv/lab8.js";

const BINS = 256;

/** Share of pixels per lightness byte (OpenCV's L*), in float32 as OpenCV keeps histograms. */
function lightnessHistogram(image: PixelImage): Float32Array {
  const lab = toLab8(image);
  const counts = new Float64Array(BINS);
  for (let i = 0; i < lab.length; i += 3) counts[lab[i]!]!++;
  const total = Math.fround(lab.length / 3);
  return Float32Array.from(counts, (count) => (total === 0 ? 0 : Math.fround(count / total)));
}

/**
 * How alike two images are in their distribution of lightness, 0 to 1: the correlation of the histograms, negative
 * values cut to 0. It compares tones, and does not test light on dark as such. Sizes may differ.
 * Source: WidgetAnchor, `compute_polarity` (`cv.compareHist(..., HISTCMP_CORREL)`).
 */
export function polaritySimilarity(a: PixelImage, b: PixelImage): number {
  const first = lightnessHistogram(a);
  const second = lightnessHistogram(b);
  let s1 = 0;
  let s2 = 0;
  let s11 = 0;
  let s22 = 0;
  let s12 = 0;
  for (let i = 0; i < BINS; i++) {
    const x = first[i]!;
    const y = second[i]!;
    s1 += x;
    s2 += y;
    s11 += x * x;
    s22 += y * y;
    s12 += x * y;
  }
  const spread = (s11 - (s1 * s1) / BINS) * (s22 - (s2 * s2) / BINS);
  if (Math.abs(spread) <= Number.EPSILON) return 1;
  return Math.min(1, Math.max(0, (s12 - (s1 * s2) / BINS) / Math.sqrt(spread)));
}
