import { contrastRatio, unitGray } from "./contrast.js";
import { MAX_DIFFERENCE } from "./layout.js";
import type { UnitImage } from "./unit-image.js";

/** A piece of text that was read in an image: its corners in pixels `[x, y]`, and how sure the reader is, 0 to 1. */
export interface TextDetection {
  readonly corners: readonly (readonly [number, number])[];
  readonly text: string;
  readonly confidence: number;
}

/** Raw legibility measures. */
export interface Legibility {
  /** Overlap of the words read in both, 0 to 1; 0 when neither has text. */
  readonly TextJaccard: number;
  /** Difference of the overall contrast ratios, 0 to 5. */
  readonly ContrastDiff: number;
  /** Difference of the mean contrast ratio around text, 0 to 5; 5 when only one side has text. */
  readonly ContrastLocalDiff: number;
}

const MINIMAL_CONFIDENCE = 0.5;
const MINIMAL_BOX = 20;
const MINIMAL_PATCH = 10;

const cap = (value: number): number => Math.min(MAX_DIFFERENCE, Math.max(0, value));

/**
 * Legibility of two images of one size, given what was read in each. Source: widget2code-bench, `compute_legibility`,
 * which reads with EasyOCR.
 */
export function legibility(
  target: UnitImage,
  prediction: UnitImage,
  targetText: readonly TextDetection[],
  predictionText: readonly TextDetection[],
): Legibility {
  const first = unitGray(target);
  const second = unitGray(prediction);
  return {
    TextJaccard: wordOverlap(targetText, predictionText),
    ContrastDiff: contrastDifference(first, second),
    ContrastLocalDiff: localDifference(
      textContrast(first, target, targetText),
      textContrast(second, prediction, predictionText),
    ),
  };
}

/** Difference of the overall contrast ratios of two grays, 0 to 5. */
export function contrastDifference(first: Float32Array, second: Float32Array): number {
  return cap(Math.abs(contrastRatio(first) - contrastRatio(second)));
}

function words(detections: readonly TextDetection[]): Set<string> {
  const sure = detections.filter(({ confidence }) => confidence >= MINIMAL_CONFIDENCE);
  return new Set(sure.flatMap(({ text }) => text.split(/\s+/u)).filter((word) => word !== ""));
}

function wordOverlap(a: readonly TextDetection[], b: readonly TextDetection[]): number {
  const first = words(a);
  const second = words(b);
  const shared = [...first].filter((word) => second.has(word)).length;
  return shared / (first.size + second.size - shared + 1e-6);
}

function localDifference(a: number | null, b: number | null): number {
  if (a === null && b === null) return 0;
  return a === null || b === null ? MAX_DIFFERENCE : cap(Math.abs(a - b));
}

/** Mean contrast ratio inside the boxes of sure detections, or null when no box is large enough. */
function textContrast(
  gray: Float32Array,
  { width, height }: UnitImage,
  detections: readonly TextDetection[],
): number | null {
  const ratios: number[] = [];
  for (const { corners, confidence } of detections) {
    if (!(confidence >= MINIMAL_CONFIDENCE) || corners.length === 0) continue;
    const inside = (values: number[], size: number) =>
      values.map((value) => Math.min(Math.max(Math.trunc(value), 0), size - 1));
    const xs = inside(
      corners.map(([x]) => x),
      width,
    );
    const ys = inside(
      corners.map(([, y]) => y),
      height,
    );
    const left = Math.min(...xs);
    const right = Math.max(...xs);
    const top = Math.min(...ys);
    const bottom = Math.max(...ys);
    const size = (right - left) * (bottom - top);
    if (!(size >= MINIMAL_BOX) || size < MINIMAL_PATCH) continue;
    const patch = new Float32Array(size);
    for (let y = top, at = 0; y < bottom; y++, at += right - left)
      patch.set(gray.subarray(y * width + left, y * width + right), at);
    ratios.push(contrastRatio(patch));
  }
  return ratios.length === 0 ? null : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}
