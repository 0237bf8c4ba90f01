import { roundHalfEven } from "../ports/opencv/resize-linear.js";
import type { LayoutDifference } from "./layout.js";
import type { Legibility } from "./legibility.js";
import type { StyleSimilarity } from "./style.js";

/** Raw measures of one pair; null for a group (or SSIM, LPIPS) that was not measured. */
export interface RawMeasures {
  readonly geometry: number | null;
  readonly ssim: number | null;
  /** A distance: 0 for equal images. */
  readonly lpips: number | null;
  readonly layout: LayoutDifference | null;
  readonly legibility: { readonly [name in keyof Legibility]: number | null } | null;
  readonly style: StyleSimilarity | null;
}

/** A score on the benchmark's scale, or null when it was not measured. */
type Score = number | null;

/** The benchmark's twelve scores: 0 to 100, but `ssim` and `lp` 0 to 1. Higher is better, except for `lp`. */
export interface BenchmarkScores {
  readonly LayoutScore: Readonly<Record<keyof LayoutDifference, Score>>;
  readonly LegibilityScore: Readonly<Record<keyof Legibility, Score>>;
  readonly StyleScore: Readonly<Record<keyof StyleSimilarity, Score>>;
  readonly PerceptualScore: { readonly ssim: Score; readonly lp: Score };
  readonly Geometry: { readonly geo_score: Score };
}

/** The benchmark rounds each sample to three decimals, except for geometry. */
const round3 = (value: number): number => roundHalfEven(value * 1000) / 1000;

const clip = (value: number, high: number): number => Math.min(high, Math.max(0, value));

/** Turns a difference (0 is best) into 0 to 100. */
export function smoothScore(
  value: number,
  scale: number,
  method: "exp" | "linear" | "logistic" = "exp",
): number {
  if (method === "exp") return 100 * Math.exp(-value / scale);
  if (method === "linear") return 100 * Math.max(0, 1 - value / scale);
  return 100 / (1 + Math.exp(10 * (value - scale)));
}

/** Differences at which the layout scores have fallen to 1/e. */
const LAYOUT_SCALES = { MarginAsymmetry: 0.5, ContentAspectDiff: 0.05, AreaRatioDiff: 0.05 } as const;

/** Contrast differences score linearly and reach 0 here. */
const CONTRAST_RANGE = 5;

/** The scores of one pair. What was not measured is null; `missing: 0` gives the published 0 instead. */
export function benchmarkScores(
  raw: RawMeasures,
  { missing = null }: { readonly missing?: 0 | null } = {},
): BenchmarkScores {
  const { geometry, ssim, lpips, layout, legibility, style } = raw;
  const of = <T>(group: T | null, score: (group: T) => number): Score =>
    group === null ? missing : round3(score(group));
  const layoutScore = (name: keyof LayoutDifference) =>
    of(layout, (group) => smoothScore(group[name], LAYOUT_SCALES[name]));
  const contrastScore = (name: "ContrastDiff" | "ContrastLocalDiff") =>
    of(legibility?.[name] ?? null, (value) => 100 * (1 - clip(value, CONTRAST_RANGE) / CONTRAST_RANGE));
  const styleScore = (name: keyof StyleSimilarity) => of(style, (group) => 100 * group[name]);
  return {
    LayoutScore: {
      MarginAsymmetry: layoutScore("MarginAsymmetry"),
      ContentAspectDiff: layoutScore("ContentAspectDiff"),
      AreaRatioDiff: layoutScore("AreaRatioDiff"),
    },
    LegibilityScore: {
      TextJaccard: of(legibility?.TextJaccard ?? null, (value) => 100 * clip(value, 1)),
      ContrastDiff: contrastScore("ContrastDiff"),
      ContrastLocalDiff: contrastScore("ContrastLocalDiff"),
    },
    StyleScore: {
      PaletteDistance: styleScore("PaletteDistance"),
      Vibrancy: styleScore("Vibrancy"),
      PolarityConsistency: styleScore("PolarityConsistency"),
    },
    PerceptualScore: {
      ssim: of(ssim, (value) => clip(value, 1)),
      lp: of(lpips, (value) => clip(value, 1)),
    },
    Geometry: { geo_score: geometry === null ? missing : 100 * clip(geometry, 1) },
  };
}
