import type { PixelImage } from "../../../metrics/image/pixel-image.js";
import { resize } from "../../../metrics/image/resize.js";
import {
  BENCHMARK_METRICS,
  type BenchmarkMetric,
  flattenScores,
} from "../../../metrics/widget2code/aggregate.js";
import type { BenchmarkScores, RawMeasures } from "../../../metrics/widget2code/composite.js";
import type { NeuralMeasures } from "../../../metrics/widget2code/evaluate.js";
import { geometryScore } from "../../../metrics/widget2code/geometry.js";
import { layoutDifference } from "../../../metrics/widget2code/layout.js";
import { legibility } from "../../../metrics/widget2code/legibility.js";
import { unitSsim } from "../../../metrics/widget2code/ssim.js";
import { polarityConsistencyOfToolkit, styleSimilarity } from "../../../metrics/widget2code/style.js";
import { toUnitImage, type UnitImage } from "../../../metrics/widget2code/unit-image.js";

/** Weights of the twelve scores (each brought to 0..1, `lp` turned round) and of having rendered at all. */
export interface BenchmarkWeights {
  readonly scores: Readonly<Record<BenchmarkMetric, number>>;
  readonly rendered: number;
}

/** The released reward, `compute_reward_wf`: twelve scores and a constant for having rendered. */
export const RELEASED_WEIGHTS: BenchmarkWeights = {
  scores: {
    MarginAsymmetry: 0.08,
    ContentAspectDiff: 0.08,
    AreaRatioDiff: 0.04,
    TextJaccard: 0.15,
    ContrastDiff: 0.05,
    ContrastLocalDiff: 0.05,
    PaletteDistance: 0.1,
    Vibrancy: 0.05,
    PolarityConsistency: 0.05,
    ssim: 0.1,
    lp: 0.1,
    geo_score: 0.1,
  },
  rendered: 0.05,
};

/** The twelve-term variant in the launcher, which pays nothing for merely rendering. */
export const LAUNCHER_WEIGHTS: BenchmarkWeights = {
  scores: { ...RELEASED_WEIGHTS.scores, MarginAsymmetry: 0.1, ContentAspectDiff: 0.1, AreaRatioDiff: 0.05 },
  rendered: 0,
};

/** A score on 0..1, higher is better. */
export function asShare(metric: BenchmarkMetric, value: number): number {
  if (metric === "lp") return 1 - value;
  return metric === "ssim" ? value : value / 100;
}

/** Weighted sum of the benchmark's scores. */
export interface WeightedBenchmark {
  /** 0 to 1, or null when a score is missing and `missing` says so. */
  readonly value: number | null;
  /** Scores that were not measured. */
  readonly missing: readonly BenchmarkMetric[];
}

/** The weighted benchmark scores. A missing score makes the value null, or its weight goes to the others. */
export function weightedBenchmark(
  scores: BenchmarkScores,
  { scores: weights, rendered }: BenchmarkWeights = RELEASED_WEIGHTS,
  missing: "null" | "renormalize" = "null",
): WeightedBenchmark {
  const flat = flattenScores(scores);
  const absent = BENCHMARK_METRICS.filter((metric) => flat[metric] === null && weights[metric] > 0);
  let sum = rendered;
  let weight = rendered;
  for (const metric of BENCHMARK_METRICS) {
    const value = flat[metric];
    if (value === null) continue;
    sum += weights[metric] * asShare(metric, value);
    weight += weights[metric];
  }
  const whole = weight + absent.reduce((total, metric) => total + weights[metric], 0);
  if ((absent.length > 0 && missing === "null") || weight === 0) return { value: null, missing: absent };
  return { value: Math.min(1, Math.max(0, (sum * whole) / weight)), missing: absent };
}

/**
 * The measures as the released reward takes them: both images are first brought to their smaller sides (so geometry is
 * always perfect), and bytes go where fractions are expected, so that edges and text are sought in 255 times the byte,
 * wrapped around, and SSIM has the constants of another range. For comparison with published numbers only.
 * `revision` says which benchmark code the reward is linked with.
 */
export function measureAsReleased(
  target: PixelImage,
  rendered: PixelImage,
  revision: "bench" | "toolkit",
  { lpips = null, text = null }: NeuralMeasures = {},
): RawMeasures {
  const width = Math.min(target.width, rendered.width);
  const height = Math.min(target.height, rendered.height);
  const first = toUnitImage(resize(target, width, height, "bicubic"));
  const second = toUnitImage(resize(rendered, width, height, "bicubic"));
  const style = styleSimilarity(first, second);
  return {
    geometry: geometryScore(first, second),
    ssim: unitSsim(first, second, "bytes"),
    lpips,
    layout: layoutDifference(first, second, { scale: "bytes", revision }),
    legibility: text
      ? legibility(takenForGray(first), takenForGray(second), text.target, text.prediction)
      : null,
    style:
      revision === "bench"
        ? style
        : { ...style, PolarityConsistency: polarityConsistencyOfToolkit(first, second) },
  };
}

/** The contrast code takes an image with a gray above 1 for bytes, any other for fractions, also an almost black one. */
function takenForGray(image: UnitImage): UnitImage {
  return { ...image, data: image.data.map((value) => Math.round(value * 255)) };
}
