import type { PixelImage } from "../../contract/rendered-page.js";

/** Where a word stands in a picture; whole pixels. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Correlations of a word that cannot be read and of one that is read with ease; the same of contrasts. */
const CORRELATION = { none: 0.7, full: 0.86 };
const CONTRAST = { none: 1.45, full: 2.2 };
/** The contrasts where a browser itself sets text faintly: in controls that are disabled. */
const FAINT = { none: 1.35, full: 1.8 };
/** Where a word is looked for when it is not where it should be, in pixels; rasters differ by as much. */
const MOVES = [
  [0, 0],
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
] as const;

/**
 * How far a word can be read in a picture, 0 to 1, by the word drawn plainly: coverage 0 to 255 of its cell's points. What is turned or scaled
 * (not `straight`) falls on other points than when drawn and is compared more softly; less contrast is enough for what is `faint`, as controls
 * that are disabled.
 */
export function legibilityOf(
  cell: Cell,
  picture: PixelImage,
  ink: Float32Array,
  { straight, faint }: { readonly straight: boolean; readonly faint: boolean },
): number {
  const worthOf = ({ correlation, contrast }: Agreement) =>
    within(correlation, CORRELATION) * within(contrast, faint ? FAINT : CONTRAST);
  const { width, height } = cell;
  let best = 0;
  for (const [moveX, moveY] of MOVES) {
    const light = lightIn(cell, picture, moveX, moveY);
    if (light === null) continue;
    best = Math.max(best, worthOf(agreementOf(light, ink, width, height)));
    if (best < 1 && !straight) {
      const [softLight, softInk] = [softened(light, width, height), softened(ink, width, height)];
      best = Math.max(best, worthOf(agreementOf(softLight, softInk, width, height)));
    }
    const ruled = best < 1 && moveX === 0 && moveY === 0 ? ruledRows(light, ink, width, height) : null;
    if (ruled !== null) best = Math.max(best, worthOf(agreementOf(light, ink, width, height, ruled)));
    if (best >= 0.95) break;
  }
  return best;
}

function within(value: number, { none, full }: typeof CONTRAST): number {
  return Math.max(0, Math.min(1, (value - none) / (full - none)));
}

/** How a word's pixels agree with the word drawn plainly. */
export interface Agreement {
  /** Correlation of luminance with coverage, what is a plane in the ground taken out; 0 to 1, whatever is darker. */
  readonly correlation: number;
  /** Contrast of ink and ground as painted, 1 to 21. */
  readonly contrast: number;
}

let scratch = new Float32Array(0);

/**
 * Luminance 0 to 255 of a cell's pixels in the picture, moved by whole pixels; null where the picture does not show all of it. It is good
 * until the next call.
 */
export function lightIn(
  { x, y, width, height }: Cell,
  picture: PixelImage,
  moveX: number,
  moveY: number,
): Float32Array | null {
  const left = x + moveX;
  const top = y + moveY;
  const cut = Math.max(0, -left, left + width - picture.width, -top, top + height - picture.height);
  if (cut > 2 || width < 2 || height < 4) return null;
  if (scratch.length < width * height) scratch = new Float32Array(2 * width * height);
  const light = scratch.subarray(0, width * height);
  const { data } = picture;
  for (let row = 0; row < height; row++) {
    const line = Math.min(picture.height - 1, Math.max(0, row + top)) * picture.width;
    for (let column = 0; column < width; column++) {
      const at = 4 * (line + Math.min(picture.width - 1, Math.max(0, column + left)));
      light[row * width + column] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    }
  }
  return light;
}

/** Compares luminance with coverage, rows that are marked left out. */
export function agreementOf(
  light: Float32Array,
  ink: Float32Array,
  width: number,
  height: number,
  left?: readonly boolean[],
): Agreement {
  const midX = (width - 1) / 2;
  const midY = (height - 1) / 2;
  let [count, p, t, pp, tt, pt, px, py, tx, ty, xx, yy] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < height; row++) {
    if (left?.[row]) continue;
    const v = row - midY;
    for (let column = 0, at = row * width; column < width; column++, at++) {
      const seen = light[at]!;
      const drawn = ink[at]!;
      const u = column - midX;
      count++;
      p += seen;
      t += drawn;
      pp += seen * seen;
      tt += drawn * drawn;
      pt += seen * drawn;
      px += seen * u;
      py += seen * v;
      tx += drawn * u;
      ty += drawn * v;
      xx += u * u;
      yy += v * v;
    }
  }
  const varT = tt - (t * t) / count - (tx * tx) / xx - (ty * ty) / yy;
  const varP = pp - (p * p) / count - (px * px) / xx - (py * py) / yy;
  const both = pt - (p * t) / count - (px * tx) / xx - (py * ty) / yy;
  if (!(varT > 255) || !(varP > 1)) return { correlation: 0, contrast: 1 };
  const slope = (255 * both) / varT;
  const ground = p / count - (slope * t) / (255 * count);
  return {
    correlation: Math.abs(both) / Math.sqrt(varP * varT),
    contrast: contrastOf(ground, ground + slope),
  };
}

/** Each value with its neighbours, so that half a pixel this way or that matters little. */
export function softened(values: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(values.length);
  const soft = new Float32Array(values.length);
  const clamp = (value: number, end: number) => Math.max(0, Math.min(end - 1, value));
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const line = row * width;
      const [before, after] = [
        values[line + clamp(column - 1, width)]!,
        values[line + clamp(column + 1, width)]!,
      ];
      across[line + column] = (before + 2 * values[line + column]! + after) / 4;
    }
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [above, below] = [
        across[clamp(row - 1, height) * width + column]!,
        across[clamp(row + 1, height) * width + column]!,
      ];
      soft[row * width + column] = (above + 2 * across[row * width + column]! + below) / 4;
    }
  return soft;
}

/**
 * Rows that a thin rule fills between the letters, as of a link or of an old price; null when there are none, or too many to be a
 * rule.
 */
export function ruledRows(
  light: Float32Array,
  ink: Float32Array,
  width: number,
  height: number,
): boolean[] | null {
  const bare = light.filter((_, at) => ink[at]! < 16).sort();
  const ground = bare[bare.length >> 1] ?? 0;
  const rows = Array.from({ length: height }, (_, row) => {
    let [between, filled] = [0, 0];
    for (let at = row * width; at < (row + 1) * width; at++) {
      if (ink[at]! >= 16) continue;
      between++;
      if (Math.abs(light[at]! - ground) > 32) filled++;
    }
    return between > 0 && filled > 0.6 * between;
  });
  const count = rows.filter(Boolean).length;
  return count > 0 && count <= Math.max(2, 0.17 * height) ? rows : null;
}

/** Contrast of two grays, 0 to 255. */
export function contrastOf(a: number, b: number): number {
  const light = (gray: number) => Math.max(0, Math.min(1, gray / 255)) ** 2.2 + 0.05;
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y) as [number, number];
  return bright / dark;
}
