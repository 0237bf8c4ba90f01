import type { Lettering } from "./lettering.js";
import type { Word } from "./words.js";

/** A word's place in the page, and on the sheet of plainly drawn words as long as that is drawn; whole pixels. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly sheetX: number;
  readonly sheetY: number;
}

/** Places of words on a sheet of the given width, row by row. What does not fit in a cell is cut at its edge. */
export function layCells(
  words: readonly Word[],
  sheetWidth: number,
): { readonly cells: Cell[]; readonly height: number } {
  const tallest = 400;
  const cells: Cell[] = [];
  let [x, y, row] = [0, 0, 0];
  for (const { box } of words) {
    const left = Math.floor(box.left);
    const top = Math.floor(box.top);
    const width = Math.min(sheetWidth, Math.ceil(box.right) - left);
    const height = Math.min(tallest, Math.ceil(box.bottom) - top);
    if (x + width > sheetWidth) [x, y, row] = [0, y + row, 0];
    cells.push({ x: left, y: top, width, height, sheetX: x, sheetY: y });
    x += width;
    row = Math.max(row, height);
  }
  return { cells, height: Math.max(1, y + row) };
}

/**
 * Draws every word alone in its cell, black on nothing, as its style sets letters and with nothing else done to it; what was drawn, cell by
 * cell, as {@link packInk} writes it.
 */
export function drawSheet(
  words: readonly (readonly [Word, Lettering])[],
  cells: readonly Cell[],
  width: number,
  height: number,
): string {
  const canvas = Document.prototype.createElement.call(document, "canvas") as HTMLCanvasElement;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("A canvas gives no context.");
  context.textAlign = "left";
  let last: Lettering | undefined;
  let [ascent, descent] = [0, 0];
  for (const [index, [word, lettering]] of words.entries()) {
    if (lettering.shape === 0) continue;
    const { x, y, sheetX, sheetY, width: across, height: down } = cells[index]!;
    if (lettering !== last) {
      context.font = lettering.font;
      context.letterSpacing = `${lettering.letterSpacing}px`;
      context.fontVariantCaps = lettering.caps;
      context.fontStretch = lettering.stretch;
      context.direction = lettering.direction;
      const metrics = context.measureText("x");
      [ascent, descent] = [metrics.fontBoundingBoxAscent, metrics.fontBoundingBoxDescent];
      last = lettering;
    }
    const [a, b, c, d] = lettering.matrix;
    const { left, top, right, bottom } = word.box;
    context.save();
    context.beginPath();
    context.rect(sheetX, sheetY, across, down);
    context.clip();
    if (b === 0 && c === 0 && !lettering.vertical) {
      const fit = fitOf(bottom - top, (Math.round(ascent) + Math.round(descent)) * d);
      context.setTransform(a * fit, 0, 0, d * fit, left - x + sheetX, top - y + sheetY);
      context.fillText(word.text, 0, Math.round(ascent));
    } else {
      context.setTransform(a, b, c, d, (left + right) / 2 - x + sheetX, (top + bottom) / 2 - y + sheetY);
      context.fillText(word.text, -context.measureText(word.text).width / 2, (ascent - descent) / 2);
    }
    context.restore();
  }
  const { data } = context.getImageData(0, 0, width, height);
  return packInk(new Uint32Array(data.buffer), width, cells);
}

/**
 * Coverage of the cells' points, row by row, in 16 levels: a character from "0" for each level, and one from "@" on for a run of points without
 * ink, as many as its code is above that of "@". It is an eighth of a PNG's work.
 *
 * @param points RGBA of the sheet, one number a point, the coverage in the highest byte
 */
export function packInk(points: Uint32Array, sheetWidth: number, cells: readonly Cell[]): string {
  const [zero, run, longest] = [48, 64, 60];
  let size = 0;
  for (const { width, height } of cells) size += width * height;
  const packed = new Uint8Array(size);
  let at = 0;
  let empty = 0;
  for (const { sheetX, sheetY, width, height } of cells)
    for (let row = 0; row < height; row++) {
      const start = (sheetY + row) * sheetWidth + sheetX;
      for (let point = start; point < start + width; point++) {
        const level = points[point]! >>> 28;
        if (level === 0 && empty < longest) {
          empty++;
          continue;
        }
        if (empty > 0) packed[at++] = run + empty;
        empty = level === 0 ? 1 : 0;
        if (level > 0) packed[at++] = zero + level;
      }
    }
  if (empty > 0) packed[at++] = run + empty;
  return new TextDecoder("latin1").decode(packed.subarray(0, at));
}

/** How much larger a line box is than its font's; 1 within a rounding. */
export function fitOf(height: number, expected: number): number {
  return Math.abs(height - expected) <= 1.6 || expected <= 0 ? 1 : height / expected;
}
