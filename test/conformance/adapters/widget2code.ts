import type { JsonValue } from "../../../infra/json.js";
import { aggregateScores, distributionOf } from "../../../rewards/metrics/widget2code/aggregate.js";
import {
  type BenchmarkScores,
  benchmarkScores,
  type RawMeasures,
  smoothScore,
} from "../../../rewards/metrics/widget2code/composite.js";
import {
  contentAreas,
  contentExtent,
  contentMask,
  margins,
} from "../../../rewards/metrics/widget2code/content-mask.js";
import { contrastRatio, unitGray } from "../../../rewards/metrics/widget2code/contrast.js";
import { evaluatePair } from "../../../rewards/metrics/widget2code/evaluate.js";
import { geometryScore } from "../../../rewards/metrics/widget2code/geometry.js";
import { type LayoutDifference, layoutDifference } from "../../../rewards/metrics/widget2code/layout.js";
import {
  contrastDifference,
  type Legibility,
  legibility,
  type TextDetection,
} from "../../../rewards/metrics/widget2code/legibility.js";
import { parseMetricSelection } from "../../../rewards/metrics/widget2code/selection.js";
import { unitSsim } from "../../../rewards/metrics/widget2code/ssim.js";
import {
  polarityConsistencyOfToolkit,
  type StyleSimilarity,
  styleSimilarity,
} from "../../../rewards/metrics/widget2code/style.js";
import {
  filledLike,
  resizeToMatch,
  toUnitImage,
  type UnitImage,
} from "../../../rewards/metrics/widget2code/unit-image.js";
import { firstDifference } from "../compare.js";
import type { Adapter, AdapterSet, ComparingAdapter, VectorContext } from "../runner.js";
import { openImage, openPair } from "./vector-images.js";

interface Pair {
  readonly gt: string;
  readonly pred: string;
}

const NOTHING: RawMeasures = {
  geometry: null,
  ssim: null,
  lpips: null,
  layout: null,
  legibility: null,
  style: null,
};

/** A measure of a target and its prediction at the target's size. */
function onUnits<Input extends Pair>(
  measure: (target: UnitImage, prediction: UnitImage, input: Input) => unknown,
): Adapter {
  return async (input: Input, context: VectorContext) => {
    const [target, prediction] = (await openPair(input.gt, input.pred, context)).map(toUnitImage) as [
      UnitImage,
      UnitImage,
    ];
    return measure(target, resizeToMatch(target, prediction), input);
  };
}

function maskFacts(image: UnitImage) {
  const { edges, dilated, mask } = contentMask(image);
  const count = (data: Uint8Array) => data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  const extent = contentExtent(mask);
  return {
    edge_px: count(edges.data),
    dilated_px: count(dilated.data),
    clean_px: count(mask.data),
    margins_trbl: margins(mask),
    components_gt10: contentAreas(mask).length,
    bbox_wh: extent ? [extent.right - extent.left + 1, extent.bottom - extent.top + 1] : null,
  };
}

function layout(target: UnitImage, prediction: UnitImage) {
  const raw = layoutDifference(target, prediction);
  return {
    raw,
    gt_mask: maskFacts(target),
    pred_mask: maskFacts(prediction),
    scores: benchmarkScores({ ...NOTHING, layout: raw }).LayoutScore,
  };
}

function style(target: UnitImage, prediction: UnitImage) {
  const raw = styleSimilarity(target, prediction);
  return { ...raw, scores: benchmarkScores({ ...NOTHING, style: raw }).StyleScore };
}

function contrast(target: UnitImage, prediction: UnitImage) {
  const first = unitGray(target);
  const second = unitGray(prediction);
  return {
    gt_ratio: contrastRatio(first),
    pred_ratio: contrastRatio(second),
    diff: contrastDifference(first, second),
  };
}

/** What EasyOCR returns for one piece of text. */
type Reading = readonly [TextDetection["corners"], string, number];

const detections = (readings: readonly Reading[]): TextDetection[] =>
  readings.map(([corners, text, confidence]) => ({ corners, text, confidence }));

function legibilityOf(
  target: UnitImage,
  prediction: UnitImage,
  input: Pair & { readonly ocr_gt: readonly Reading[]; readonly ocr_pred: readonly Reading[] },
) {
  const raw = legibility(target, prediction, detections(input.ocr_gt), detections(input.ocr_pred));
  return { raw, scores: benchmarkScores({ ...NOTHING, legibility: raw }).LegibilityScore };
}

async function fill(
  { gt, fill: color }: { readonly gt: string; readonly fill: "black" | "white" },
  context: VectorContext,
) {
  const target = toUnitImage(await openImage(gt, context));
  const blank = filledLike(target, color === "black" ? 0 : 1);
  return {
    layout: layoutDifference(target, blank),
    style: styleSimilarity(target, blank),
    ssim: unitSsim(target, blank),
    contrast_diff: contrastDifference(unitGray(target), unitGray(blank)),
  };
}

function composite(input: {
  readonly geo: number | null;
  readonly perceptual: { readonly SSIM: number; readonly LPIPS: number } | null;
  readonly layout: LayoutDifference | null;
  readonly legibility: Legibility | null;
  readonly style: StyleSimilarity | null;
}): BenchmarkScores {
  const { geo, perceptual } = input;
  const raw = { ...input, geometry: geo, ssim: perceptual?.SSIM ?? null, lpips: perceptual?.LPIPS ?? null };
  return benchmarkScores(raw, { missing: 0 });
}

type Rows = readonly BenchmarkScores[];

function aggregate({
  matched,
  black,
  white,
}: {
  readonly matched: Rows;
  readonly black: Rows;
  readonly white: Rows;
}) {
  return { modes: aggregateScores(matched, black, white), distribution: distributionOf(matched) };
}

function resized(
  target: UnitImage,
  { width, height, data }: UnitImage,
  { points_yx }: Pair & { readonly points_yx: readonly (readonly [number, number])[] },
) {
  return {
    shape: [target.height, target.width, 3],
    mean: data.reduce((sum, value) => sum + value, 0) / (width * height * 3),
    values: points_yx.map(([y, x]) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]),
  };
}

/** LPIPS and what needs EasyOCR are not measured here; the other nine scores of a published pair are compared. */
const canary: ComparingAdapter = {
  run: async ({ gt, pred }: Pair, context: VectorContext) =>
    evaluatePair(...(await openPair(gt, pred, context))),
  compare(actual, expected, tolerance) {
    const scores = actual as Record<string, Record<string, number | null>>;
    const wanted = expected as unknown as Record<string, Record<string, number>>;
    const measured = Object.fromEntries(
      Object.entries(wanted).map(([group, values]) => [
        group,
        Object.fromEntries(Object.entries(values).filter(([name]) => scores[group]?.[name] !== null)),
      ]),
    );
    const own = Object.fromEntries(
      Object.entries(scores).map(([group, values]) => [
        group,
        Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
      ]),
    );
    return firstDifference(own, measured as unknown as JsonValue, tolerance);
  },
};

export const adapters: AdapterSet = {
  system: "widget2code",
  functions: {
    "w2c.geometry": async ({ gt, pred }: Pair, context: VectorContext) =>
      geometryScore(...(await openPair(gt, pred, context))),
    "w2c.layout": onUnits(layout),
    "w2c.style": onUnits(style),
    "w2c.contrast": onUnits(contrast),
    "w2c.ssim": onUnits((target, prediction) => unitSsim(target, prediction)),
    "w2c.legibility": onUnits(legibilityOf),
    "w2c.fill": fill,
    "w2c.smoothScore": (input: {
      readonly val: number;
      readonly scale: number;
      readonly method: "exp" | "linear" | "logistic";
    }) => smoothScore(input.val, input.scale, input.method),
    "w2c.composite": composite,
    "w2c.aggregate": aggregate,
    "w2c.parseMetricSelection": ({ spec }: { readonly spec: string | null }) => parseMetricSelection(spec),
    "w2c.resizeToMatch": onUnits(resized),
    "w2c.evaluatePair": canary,
    "w2cOld.layoutPolarity": onUnits((target, prediction) => ({
      layout: layoutDifference(target, prediction, { revision: "toolkit" }),
      polarity: polarityConsistencyOfToolkit(target, prediction),
    })),
  },
};
