import type { Lettering } from "./lettering.js";
import type { Word } from "./words.js";

/**
 * A word's place in the page, and on the sheet of plainly drawn words; whole pixels. Three words share a place of the sheet, one in each of
 * its colour channels.
 */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly sheetX: number;
  readonly sheetY: number;
  /** 0 red, 1 green, 2 blue. */
  readonly channel: number;
}

/** Places of words on a sheet, the tallest first, row by row, each row in the emptiest channel. What does not fit in a cell is cut at its edge. */
export function layCells(words: readonly Word[]): {
  readonly cells: readonly Cell[];
  readonly width: number;
  readonly height: number;
} {
  const [widest, tallest, channels] = [1200, 400, 3];
  const sizes = words.map(({ box }) => {
    const [x, y] = [Math.floor(box.left), Math.floor(box.top)];
    const width = Math.min(widest, Math.ceil(box.right) - x);
    return { x, y, width, height: Math.min(tallest, Math.ceil(box.bottom) - y) };
  });
  const points = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  const square = Math.ceil(Math.sqrt(points / channels));
  const sheetWidth = Math.min(widest, Math.max(1, square, ...sizes.map(({ width }) => width)));
  const cells = new Array<Cell>(words.length);
  const filled = new Array<number>(channels).fill(0);
  let [left, row, channel] = [0, 0, 0];
  const endRow = () => {
    filled[channel]! += row;
    channel = filled.indexOf(Math.min(...filled));
    [left, row] = [0, 0];
  };
  for (const index of sizes.map((_, at) => at).sort((a, b) => sizes[b]!.height - sizes[a]!.height)) {
    const { width, height } = sizes[index]!;
    if (left + width > sheetWidth) endRow();
    cells[index] = { ...sizes[index]!, sheetX: left, sheetY: filled[channel]!, channel };
    left += width;
    row = Math.max(row, height);
  }
  endRow();
  return { cells, width: sheetWidth, height: Math.max(1, ...filled) };
}

/**
 * Draws every word alone in its cell, as its style sets letters and with nothing else done to it. What was drawn comes as a text of four
 * characters a point: the coverage in the three channels, from "@" for none to "|" for full, and one that says nothing. No script goes
 * through the points, as its loop would be compiled anew for each document: the browser itself makes text of bytes.
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
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  if (context === null) throw new Error("A canvas gives no context.");
  context.fillStyle = "rgb(64, 64, 64)";
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "lighten";
  context.textAlign = "left";
  const colors = ["rgb(124, 0, 0)", "rgb(0, 124, 0)", "rgb(0, 0, 124)"];
  let last: Lettering | undefined;
  let [ascent, descent] = [0, 0];
  for (const [index, [word, lettering]] of words.entries()) {
    if (lettering.shape === 0) continue;
    const { x, y, sheetX, sheetY, width: across, height: down, channel } = cells[index]!;
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
    context.fillStyle = colors[channel]!;
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
  return new TextDecoder("latin1").decode(context.getImageData(0, 0, width, height).data);
}

/** How much larger a line box is than its font's; 1 within a rounding. */
export function fitOf(height: number, expected: number): number {
  return Math.abs(height - expected) <= 1.6 || expected <= 0 ? 1 : height / expected;
}
