import { contentAreas, contentExtent, contentMask, type Mask, margins } from "./content-mask.js";
import type { UnitImage } from "./unit-image.js";

/** Raw layout differences, 0 for equal layouts. */
export interface LayoutDifference {
  /** Standard deviation over mean of the four margin differences, 0 to sqrt(3). Equal offsets on all sides give 0. */
  readonly MarginAsymmetry: number;
  /** |ln| of the ratio of the content boxes' aspects; 5 when a side has no content. */
  readonly ContentAspectDiff: number;
  /** |1/N - 1/M| for N and M components; 5 when a side has none. */
  readonly AreaRatioDiff: number;
}

/** What a metric gives when one side has nothing to compare. */
export const MAX_DIFFERENCE = 5;

/** Options of {@link layoutDifference}. */
export interface LayoutOptions {
  /** What the samples are taken for. Default `unit`. */
  readonly scale?: "unit" | "bytes";
  /**
   * `bench` (1.1.0) drops content that touches the frame and punishes missing content with 5; `toolkit` (the older
   * widget2code repository) does neither. Default `bench`.
   */
  readonly revision?: "bench" | "toolkit";
}

/** Layout differences of two images of one size. Source: widget2code-bench, `compute_layout`. */
export function layoutDifference(
  target: UnitImage,
  prediction: UnitImage,
  { scale = "unit", revision = "bench" }: LayoutOptions = {},
): LayoutDifference {
  const options = { scale, dropBorder: revision === "bench" };
  const first = contentMask(target, options).mask;
  const second = contentMask(prediction, options).mask;
  const missing = revision === "bench" ? MAX_DIFFERENCE : 0;
  return {
    MarginAsymmetry: marginAsymmetry(first, second, revision),
    ContentAspectDiff: contentAspectDiff(first, second) ?? missing,
    AreaRatioDiff: areaRatioDiff(contentAreas(first), contentAreas(second)) ?? missing,
  };
}

function marginAsymmetry(a: Mask, b: Mask, revision: "bench" | "toolkit"): number {
  const empty = ({ width, height }: Mask) =>
    revision === "bench" ? ([0, 0, 0, 0] as const) : ([height, width, height, width] as const);
  const first = margins(a, empty(a));
  const second = margins(b, empty(b));
  const gaps = first.map((margin, i) => Math.abs(margin - second[i]!));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / 4;
  if (mean < 1e-6) return 0;
  return Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / 4) / mean;
}

function contentAspectDiff(a: Mask, b: Mask): number | null {
  const [first, second] = [contentExtent(a), contentExtent(b)].map((extent) =>
    extent ? (extent.right - extent.left + 1) / (extent.bottom - extent.top + 1) : null,
  ) as [number | null, number | null];
  return first === null || second === null ? null : Math.abs(Math.log(first / second));
}

function areaRatioDiff(a: readonly number[], b: readonly number[]): number | null {
  if (a.length === 0 || b.length === 0) return null;
  const share = (areas: readonly number[]) => {
    const sum = areas.reduce((total, area) => total + area, 0);
    return sum / areas.length / sum;
  };
  return Math.abs(share(b) - share(a));
}
