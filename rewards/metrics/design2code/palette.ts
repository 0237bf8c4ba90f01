import type { Rgb } from "../image/pixel-image.js";

/** Steps of one channel: 10, 26, ... 250. */
const STEPS = 16;
const FIRST = 10;
const STEP = 16;

/** How many colours there are to give away. */
export const PALETTE_SIZE = STEPS ** 3;

/**
 * The colours Design2Code paints texts with, in the order in which it takes them: from FAFAFA downwards, blue changing
 * fastest. With an offset every channel is `(value + offset) mod 256`. Upper-case hex without `#`.
 */
export function colorPool(offset: number, take = PALETTE_SIZE): string[] {
  return Array.from({ length: Math.min(take, PALETTE_SIZE) }, (_, k) => paletteColor(k, offset));
}

/** The colour that the element with this running number gets. */
export function paletteColor(index: number, offset: number): string {
  return paletteRgb(index, offset).map(hex).join("");
}

/** The same as red, green and blue. */
export function paletteRgb(index: number, offset: number): Rgb {
  const at = PALETTE_SIZE - 1 - index;
  const channel = (step: number) => (FIRST + step * STEP + offset) % 256;
  return [channel((at >> 8) & 15), channel((at >> 4) & 15), channel(at & 15)];
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, "0");
