import type { Rgb } from "../image/pixel-image.js";

/** Left, top, width and height as fractions of the page's own full-page screenshot. */
export type FractionBox = readonly [x: number, y: number, width: number, height: number];

/** One piece of text as Design2Code sees it: lower-case text, where its ink is, and its mean colour (0 to 255). */
export interface TextBlock {
  readonly text: string;
  readonly bbox: FractionBox;
  readonly color: Rgb;
}

/** Area of a block as a fraction of the page. */
export function blockArea({ bbox }: TextBlock): number {
  return bbox[2] * bbox[3];
}

const floorMean = (a: number, b: number): number => Math.floor((a + b) / 2);

/** Joins two blocks: texts with a space, the union of the boxes, the mean colour rounded down. */
export function mergeBlocks(a: TextBlock, b: TextBlock): TextBlock {
  const left = Math.min(a.bbox[0], b.bbox[0]);
  const top = Math.min(a.bbox[1], b.bbox[1]);
  const right = Math.max(a.bbox[0] + a.bbox[2], b.bbox[0] + b.bbox[2]);
  const bottom = Math.max(a.bbox[1] + a.bbox[3], b.bbox[1] + b.bbox[3]);
  return {
    text: `${a.text} ${b.text}`,
    bbox: [left, top, right - left, bottom - top],
    color: [
      floorMean(a.color[0], b.color[0]),
      floorMean(a.color[1], b.color[1]),
      floorMean(a.color[2], b.color[2]),
    ],
  };
}

/**
 * Joins blocks that have exactly the same box, at the place of the first: texts with a space, colours averaged one after
 * the other. These are the text nodes of one element, split by inline children.
 */
export function mergeByBbox(blocks: readonly TextBlock[]): TextBlock[] {
  const byBox = new Map<string, TextBlock>();
  for (const block of blocks) {
    const key = block.bbox.join(" ");
    const first = byBox.get(key);
    if (!first) {
      byBox.set(key, block);
      continue;
    }
    byBox.set(key, {
      text: `${first.text} ${block.text}`,
      bbox: first.bbox,
      color: [
        (first.color[0] + block.color[0]) / 2,
        (first.color[1] + block.color[1]) / 2,
        (first.color[2] + block.color[2]) / 2,
      ],
    });
  }
  return [...byBox.values()];
}

/** Two neighbours worth merging and how much better the matching becomes. */
export type MergeCandidate = readonly [first: number, second: number, gain: number];

/** Carries out candidates in order, leaving out those that share a block with an earlier one. */
export function mergeBlocksByList(
  blocks: readonly TextBlock[],
  candidates: readonly MergeCandidate[],
): TextBlock[] {
  const merged = [...blocks];
  const used = new Set<number>();
  const gone = new Set<number>();
  for (const [first, second] of candidates) {
    const a = merged[first];
    const b = merged[second];
    if (!a || !b || used.has(first) || used.has(second)) continue;
    merged[first] = mergeBlocks(a, b);
    used.add(first).add(second);
    gone.add(second);
  }
  return merged.filter((_, index) => !gone.has(index));
}
