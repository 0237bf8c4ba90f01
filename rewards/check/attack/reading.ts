import type { PixelImage, RenderedPage, TextRun } from "../../../env/contract/rendered-page.js";

/**
 * Takes back all that can keep letters from being read, where they stand included: what remains is the text in plain type. It serves
 * as the pattern that the page itself is held against.
 */
export const READING_CSS = `
*, *::before, *::after {
  color: #000 !important; -webkit-text-fill-color: currentColor !important; -webkit-text-stroke: 0 !important; text-shadow: none !important;
  text-decoration: none !important; -webkit-text-security: none !important; background: none !important; opacity: 1 !important;
  filter: none !important; backdrop-filter: none !important; mix-blend-mode: normal !important; box-shadow: none !important; mask: none !important;
  clip-path: none !important; border-color: transparent !important; outline: none !important; transform: none !important;
  letter-spacing: normal !important; word-spacing: normal !important; text-indent: 0 !important; writing-mode: horizontal-tb !important;
  direction: ltr !important; unicode-bidi: normal !important; zoom: 1 !important; animation: none !important;
}
:root { background: #fff !important }
`;

/** Least height of a line that a person reads, in px. */
const LEAST_HEIGHT = 9;
/** Least correlation of a line's pixels with the pattern. */
const LEAST_CORRELATION = 0.55;
/** Size in px that lines are brought to before they are compared. */
const [WIDTH, HEIGHT] = [160, 20];

/**
 * Words of a page that a person can read in its picture, in order: a line counts when its pixels, dark on light or light on dark, agree
 * with the same words painted plainly. Needs a page that was rendered with `plainCss` {@link READING_CSS}; independent of what rewards use.
 */
export async function readableWords(page: RenderedPage): Promise<string[]> {
  if (page.plain === undefined) throw new RangeError("The page was rendered without its plain view.");
  const [shownImage, plainImage] = await Promise.all([page.pixels(), page.plain.pixels()]);
  const patterns = byText(page.plain.snapshot.texts);
  const words: string[] = [];
  for (const run of page.snapshot.texts) {
    const text = run.text.replace(/\s+/g, " ").trim();
    if (text === "") continue;
    const pattern = patterns.get(text)?.shift();
    if (pattern === undefined || run.box.height < LEAST_HEIGHT) continue;
    const [shown, wanted] = [lineOf(shownImage, run), lineOf(plainImage, pattern)];
    if (shown && wanted && Math.abs(correlation(shown, wanted)) >= LEAST_CORRELATION)
      words.push(...(text.toLowerCase().match(/[\p{L}\p{N}$€£%]+/gu) ?? []));
  }
  return words;
}

/**
 * How much of `wanted` a person reads in `found`, 0 to 1: the share of its words that are found, in order. Lost and moved words count;
 * words beside them do not, since what stands next to a text takes nothing from it.
 */
export function readingShare(found: readonly string[], wanted: readonly string[]): number {
  if (wanted.length === 0) return 1;
  let row = new Uint32Array(wanted.length + 1);
  for (const word of found) {
    const next = new Uint32Array(wanted.length + 1);
    for (let j = 1; j <= wanted.length; j++)
      next[j] = word === wanted[j - 1] ? row[j - 1]! + 1 : Math.max(row[j]!, next[j - 1]!);
    row = next;
  }
  return row[wanted.length]! / wanted.length;
}

function byText(runs: readonly TextRun[]): Map<string, TextRun[]> {
  const found = new Map<string, TextRun[]>();
  for (const run of runs) {
    const text = run.text.replace(/\s+/g, " ").trim();
    const known = found.get(text);
    if (known) known.push(run);
    else found.set(text, [run]);
  }
  return found;
}

/** Luminance of a run's box, averaged into {@link WIDTH} by {@link HEIGHT} cells; null when most of it lies outside the picture. */
function lineOf({ width, height, data }: PixelImage, { box }: TextRun): Float64Array | null {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const [across, down] = [
    Math.min(width, Math.ceil(box.x + box.width)) - left,
    Math.min(height, Math.ceil(box.y + box.height)) - top,
  ];
  if (across < 2 || down < 2 || across * down < 0.6 * box.width * box.height) return null;
  const cells = new Float64Array(WIDTH * HEIGHT);
  for (let row = 0; row < HEIGHT; row++)
    for (let column = 0; column < WIDTH; column++) {
      const [x0, x1] = spanOf(column, WIDTH, across);
      const [y0, y1] = spanOf(row, HEIGHT, down);
      let sum = 0;
      for (let y = y0; y < y1; y++)
        for (let x = x0; x < x1; x++) {
          const at = 4 * ((top + y) * width + left + x);
          sum += 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
        }
      cells[row * WIDTH + column] = sum / ((x1 - x0) * (y1 - y0));
    }
  return cells;
}

/** Pixels of the cell at `index` of `count` over `length` pixels: at least one. */
function spanOf(index: number, count: number, length: number): [from: number, to: number] {
  const from = Math.min(length - 1, Math.floor((index * length) / count));
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / count))];
}

/** Pearson's correlation; 0 where either is flat. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i]! - ma, b[i]! - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa < 25 * a.length || bb < 25 * b.length ? 0 : ab / Math.sqrt(aa * bb);
}
