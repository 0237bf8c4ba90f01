import type { PixelImage } from "../image/pixel-image.js";
import { type BenchmarkScores, benchmarkScores, type RawMeasures } from "./composite.js";
import { unitGray } from "./contrast.js";
import { geometryScore } from "./geometry.js";
import { layoutDifference } from "./layout.js";
import { contrastDifference, legibility, type TextDetection } from "./legibility.js";
import { unitSsim } from "./ssim.js";
import { styleSimilarity } from "./style.js";
import { clampedUnit, resizeToMatch, toUnitImage } from "./unit-image.js";

/** What needs a model and is therefore measured elsewhere; leave out what is not at hand. */
export interface NeuralMeasures {
  /** LPIPS distance (VGG) of target and prediction, of images in 0..1 at the target's size. */
  readonly lpips?: number | null;
  /** Text read in the target, and in the prediction at the target's size. */
  readonly text?: {
    readonly target: readonly TextDetection[];
    readonly prediction: readonly TextDetection[];
  } | null;
}

/** Options of {@link measurePair}. */
export interface MeasureOptions {
  /** Keep samples within 0..1 after the resize, see `clampedUnit`. Default false, as published. */
  readonly clamp?: boolean;
}

/**
 * The raw Widget2Code measures of a prediction against its target. Geometry compares the original sizes, everything else
 * the prediction brought to the target's size. SSIM is null below 7 pixels; LPIPS and what needs read text are null
 * when not given.
 */
export function measurePair(
  target: PixelImage,
  prediction: PixelImage,
  { lpips = null, text = null }: NeuralMeasures = {},
  { clamp = false }: MeasureOptions = {},
): RawMeasures {
  const first = toUnitImage(target);
  const resized = resizeToMatch(first, toUnitImage(prediction));
  const second = clamp ? clampedUnit(resized) : resized;
  return {
    geometry: geometryScore(target, prediction),
    ssim: unitSsim(first, second),
    lpips,
    layout: layoutDifference(first, second),
    legibility: text
      ? legibility(first, second, text.target, text.prediction)
      : {
          TextJaccard: null,
          ContrastDiff: contrastDifference(unitGray(first), unitGray(second)),
          ContrastLocalDiff: null,
        },
    style: styleSimilarity(first, second),
  };
}

/** The benchmark's twelve scores of a prediction; null for what was not measured. */
export function evaluatePair(
  target: PixelImage,
  prediction: PixelImage,
  neural: NeuralMeasures = {},
): BenchmarkScores {
  return benchmarkScores(measurePair(target, prediction, neural));
}
