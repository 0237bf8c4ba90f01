import { ciede2000 } from "../image/ciede2000.js";
import { rgbToLab } from "../image/lab.js";
import type { Rgb } from "../image/pixel-image.js";
import { blockArea, mergeByBbox, type TextBlock } from "./blocks.js";
import { cachedSimilarity, findPossibleMerge, type MatchedBlocks } from "./merge-search.js";

/** Pairs whose texts agree less are not counted as matched. */
const MIN_TEXT_RATIO = 0.5;

/** One matched pair with its scores, each 0 to 1 (position can fall below 0 for boxes off the page). */
export interface BlockMatch {
  readonly prediction: TextBlock;
  readonly reference: TextBlock;
  readonly text: number;
  readonly position: number;
  readonly color: number;
}

/** The blocks of two pages set against each other. */
export interface BlockComparison {
  readonly matches: readonly BlockMatch[];
  readonly unmatchedPrediction: readonly TextBlock[];
  readonly unmatchedReference: readonly TextBlock[];
  /** Area of all blocks of both pages, as a fraction of a page; 0 when nothing matched. */
  readonly sumAreas: number;
  /** Block-Match: the matched share of that area. */
  readonly size: number;
  readonly text: number;
  readonly position: number;
  readonly color: number;
  /** The prediction's boxes after merging and the reference's before it: what Design2Code masks for CLIP. */
  readonly masks: { readonly prediction: readonly TextBlock[]; readonly reference: readonly TextBlock[] };
}

/** Design2Code's five scores of one page and their mean. */
export interface Design2CodeScore {
  readonly sumAreas: number;
  readonly final: number;
  readonly size: number;
  readonly text: number;
  readonly position: number;
  readonly color: number;
  readonly clip: number;
}

/** The larger of the horizontal and the vertical distance. */
export function distanceMax1d(x1: number, y1: number, x2: number, y2: number): number {
  return Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1));
}

/** 1 for equal colours, falling with the CIEDE2000 difference, 0 from a difference of 100. */
export function colorSimilarity(a: Rgb, b: Rgb): number {
  return Math.max(0, 1 - ciede2000(rgbToLab(a), rgbToLab(b)) / 100);
}

/**
 * Matches the blocks of a prediction with those of the reference and scores size, text, position and colour
 * (Design2Code, `visual_eval_v3_multi` without CLIP). Everything is 0 when a side has no blocks or nothing matches.
 */
export function compareBlocks(
  prediction: readonly TextBlock[],
  reference: readonly TextBlock[],
): BlockComparison {
  const own = mergeByBbox(prediction);
  const wanted = mergeByBbox(reference);
  const similarity = cachedSimilarity();
  const merged =
    own.length > 0 && wanted.length > 0
      ? findPossibleMerge(own, wanted, { similarity })
      : { prediction: own, reference: wanted, pairs: [] };
  const matches = merged.pairs.flatMap(([i, j]): BlockMatch[] => {
    const a = merged.prediction[i] as TextBlock;
    const b = merged.reference[j] as TextBlock;
    const text = similarity(a.text, b.text);
    if (text < MIN_TEXT_RATIO) return [];
    return [
      {
        prediction: a,
        reference: b,
        text,
        position: positionScore(a, b),
        color: colorSimilarity(a.color, b.color),
      },
    ];
  });
  return summarize(merged, matches, wanted);
}

function summarize(
  merged: MatchedBlocks,
  matches: readonly BlockMatch[],
  masked: readonly TextBlock[],
): BlockComparison {
  const usedA = new Set(matches.map((match) => match.prediction));
  const usedB = new Set(matches.map((match) => match.reference));
  const unmatchedPrediction = merged.prediction.filter((block) => !usedA.has(block));
  const unmatchedReference = merged.reference.filter((block) => !usedB.has(block));
  const matched = sum(matches.map((match) => blockArea(match.prediction) + blockArea(match.reference)));
  const unmatched = sum(unmatchedPrediction.map(blockArea)) + sum(unmatchedReference.map(blockArea));
  const total = matched + unmatched;
  const some = matches.length > 0;
  const count = matches.length * 2;
  return {
    matches,
    unmatchedPrediction,
    unmatchedReference,
    sumAreas: some ? total : 0,
    // Boxes without any area cannot be weighed by it; then each block counts the same.
    size: !some
      ? 0
      : total > 0
        ? matched / total
        : count / (count + unmatchedPrediction.length + unmatchedReference.length),
    text: mean(matches.map(({ text }) => text)),
    position: mean(matches.map(({ position }) => position)),
    color: mean(matches.map(({ color }) => color)),
    masks: { prediction: merged.prediction, reference: masked },
  };
}

/** The five scores with the CLIP similarity of the masked pages put in: `final` is a fifth of their sum. */
export function withClip(comparison: BlockComparison, clip: number): Design2CodeScore {
  const { sumAreas, size, text, position, color } = comparison;
  return {
    sumAreas,
    final: 0.2 * (size + text + position + color + clip),
    size,
    text,
    position,
    color,
    clip,
  };
}

/** The mean of the four scores that need no CLIP. */
export function meanOfFour({ size, text, position, color }: BlockComparison): number {
  return (size + text + position + color) / 4;
}

/** Per column the plain mean over files of `[final, size, text, position, color, clip]`; zeros when there is none. */
export function aggregateScores(perFile: Readonly<Record<string, readonly number[]>>): number[] {
  const rows = Object.values(perFile);
  return Array.from({ length: 6 }, (_, column) => mean(rows.map((row) => row[column] ?? 0)));
}

function positionScore(a: TextBlock, b: TextBlock): number {
  const [ax, ay, aw, ah] = a.bbox;
  const [bx, by, bw, bh] = b.bbox;
  return 1 - distanceMax1d(ax + aw / 2, ay + ah / 2, bx + bw / 2, by + bh / 2);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
