import sharp from "sharp";
import type { PageView, RenderedPage, TextRun } from "../../../env/contract/rendered-page.js";

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
  const patterns = byText(page.plain.snapshot.texts);
  const words: string[] = [];
  for (const run of page.snapshot.texts) {
    const text = run.text.replace(/\s+/g, " ").trim();
    if (text === "") continue;
    const pattern = patterns.get(text)?.shift();
    if (pattern === undefined || run.box.height < LEAST_HEIGHT) continue;
    const [shown, wanted] = await Promise.all([lineOf(page, run), lineOf(page.plain, pattern)]);
    if (shown && wanted && Math.abs(correlation(shown, wanted)) >= LEAST_CORRELATION)
      words.push(...(text.toLowerCase().match(/[\p{L}\p{N}$€£%]+/gu) ?? []));
  }
  return words;
}

/**
 * How much of `wanted` a person reads in `found`, 0 to 1: the longest common subsequence of words over the longer list, so that lost, moved and
 * added words all count.
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
  return row[wanted.length]! / Math.max(found.length, wanted.length);
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

/** Luminance of a run's box at one size; null when it lies outside the picture. */
async function lineOf(view: PageView, { box }: TextRun): Promise<Float64Array | null> {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const width = Math.min(view.width, Math.ceil(box.x + box.width)) - left;
  const height = Math.min(view.height, Math.ceil(box.y + box.height)) - top;
  if (width < 2 || height < 2 || width * height < 0.6 * box.width * box.height) return null;
  const { width: full, height: tall, data } = await view.pixels();
  const { data: gray } = await sharp(data, { raw: { width: full, height: tall, channels: 4 } })
    .extract({ left, top, width: Math.min(width, full - left), height: Math.min(height, tall - top) })
    .removeAlpha()
    .grayscale()
    .resize(WIDTH, HEIGHT, { fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Float64Array.from(gray);
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
