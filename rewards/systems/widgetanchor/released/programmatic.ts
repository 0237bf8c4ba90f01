import { contrastSimilarity } from "../../../metrics/contrast.js";
import type { PixelImage } from "../../../metrics/image/pixel-image.js";
import { paletteSimilarity } from "../../../metrics/palette.js";
import { polaritySimilarity } from "../../../metrics/polarity.js";
import { resizeLinear } from "../../../metrics/ports/opencv/resize-linear.js";
import { imageSsim } from "../../../metrics/ssim.js";

/** Names of WidgetAnchor's simple terms, in the order they are computed. */
export const SIMPLE_TERMS = ["ssim", "lpips", "palette", "contrast", "polarity"] as const;

/** Name of a term of the simple score. */
export type SimpleTerm = (typeof SIMPLE_TERMS)[number];

/** The simple terms of one pair; null for what could not be measured. */
export type SimpleTerms = Readonly<Record<SimpleTerm, number | null>>;

/** Weights of the simple score at the released commit. */
export const SIMPLE_WEIGHTS: Readonly<Record<SimpleTerm, number>> = {
  ssim: 0.2,
  lpips: 0.2,
  palette: 0.25,
  contrast: 0.2,
  polarity: 0.15,
};

/** Weight of the benchmark's score in the released reward; the simple score has the rest. */
export const BENCHMARK_SHARE = 0.7;

/** Both images at the smaller width and the smaller height of the two; aspect is not kept. */
export function commonSize(a: PixelImage, b: PixelImage): readonly [PixelImage, PixelImage] {
  const width = Math.min(a.width, b.width);
  const height = Math.min(a.height, b.height);
  return [resizeLinear(a, width, height), resizeLinear(b, width, height)];
}

/** SSIM of two images at their common size, range 255, at most 1; null when a side has fewer than 7 pixels. */
export function widgetSsim(a: PixelImage, b: PixelImage): number | null {
  const [first, second] = commonSize(a, b);
  return imageSsim(first, second);
}

/** The simple terms. `lpips` is a similarity, `1 - distance`, measured by the caller; null when there is none. */
export function simpleTerms(target: PixelImage, rendered: PixelImage, lpips: number | null): SimpleTerms {
  const [first, second] = commonSize(target, rendered);
  return {
    ssim: imageSsim(first, second),
    lpips,
    palette: paletteSimilarity(first, second),
    contrast: contrastSimilarity(target, rendered),
    polarity: polaritySimilarity(first, second),
  };
}

/**
 * Weighted sum of the terms. By default null when one is missing, `renormalize` weighs the rest anew; `published` counts
 * the first missing term and all later ones 0, as the original's single guard around them does.
 */
export function simpleScore(
  terms: SimpleTerms,
  missing: "null" | "renormalize" | "published" = "null",
): number | null {
  let sum = 0;
  let weight = 0;
  for (const name of SIMPLE_TERMS) {
    const value = terms[name];
    if (value === null) {
      if (missing === "null") return null;
      if (missing === "published") return sum;
      continue;
    }
    sum += SIMPLE_WEIGHTS[name] * value;
    weight += SIMPLE_WEIGHTS[name];
  }
  return missing === "published" ? sum : weight === 0 ? null : sum / weight;
}

/** The released reward: 0.7 benchmark and 0.3 simple; the simple score alone when the benchmark could not be taken. */
export function blendedReward(simple: number, benchmark: number | null): number {
  return benchmark === null ? simple : BENCHMARK_SHARE * benchmark + (1 - BENCHMARK_SHARE) * simple;
}

/** Judge and programmatic score in one: `0.4 programmatic + 0.6 judge`. Source: `compute_composite_reward`. */
export function hybridReward(programmatic: number, judge: number): number {
  return 0.4 * programmatic + 0.6 * judge;
}
