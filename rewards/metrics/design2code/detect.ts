import type { PixelImage, Rgb } from "../image/pixel-image.js";
import type { TextBlock } from "./blocks.js";
import type { ColoredText } from "./text-tree.js";

/** How far two channel values may lie apart to count as the same change. */
export const CHANGE_TOLERANCE = 8;
/** How far a pixel may be from a text's colour. */
export const COLOR_TOLERANCE = 4;
/** What the second recoloured page adds to every channel. */
export const PALETTE_OFFSET = 50;

/**
 * The pixels that show text: those whose channels all moved by the palette's offset from the first recoloured screenshot to
 * the second. One byte per pixel; null when the sizes differ or nothing moved.
 */
export function changedPixels(first: PixelImage, second: PixelImage): Uint8Array | null {
  if (first.width !== second.width || first.height !== second.height) return null;
  const changed = new Uint8Array(first.width * first.height);
  let any = false;
  const { data: a } = first;
  const { data: b } = second;
  for (let i = 0, at = 0; i < changed.length; i++, at += 4) {
    if (moved(a[at]!, b[at]!) && moved(a[at + 1]!, b[at + 1]!) && moved(a[at + 2]!, b[at + 2]!)) {
      changed[i] = 1;
      any = true;
    }
  }
  return any ? changed : null;
}

/** Number of pixels that show text. */
export function countChanged(changed: Uint8Array | null): number {
  return changed ? changed.reduce((count, value) => count + value, 0) : 0;
}

function moved(first: number, second: number): boolean {
  return Math.abs(((first + PALETTE_OFFSET) & 255) - second) <= CHANGE_TOLERANCE;
}

interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
  count: number;
  red: number;
  green: number;
  blue: number;
}

/**
 * One block per text whose colour shows in the first recoloured screenshot: the extent of its ink, and its mean colour in the
 * `original` screenshot, truncated. No block when nothing shows; no blocks at all when the original is smaller.
 */
export function detectBlocks(
  first: PixelImage,
  second: PixelImage,
  original: PixelImage,
  texts: readonly ColoredText[],
): TextBlock[] {
  const changed = changedPixels(first, second);
  if (!changed) return [];
  const wanted = [...new Set(texts.map(([, color]) => color))].flatMap((color) => {
    const rgb = sixDigits(color);
    return rgb ? [{ color, rgb, extent: emptyExtent() }] : [];
  });
  if (!collect(first, original, changed, wanted)) return [];
  const extents = new Map(wanted.map(({ color, extent }) => [color, extent]));
  return texts.flatMap(([text, color]): TextBlock[] => {
    const extent = extents.get(color);
    return extent && extent.count > 0 ? [blockOf(text, extent, first)] : [];
  });
}

/** Adds every text pixel to the colours it may belong to. False when a pixel lies outside the original. */
function collect(
  first: PixelImage,
  original: PixelImage,
  changed: Uint8Array,
  wanted: readonly { readonly rgb: Rgb; readonly extent: Extent }[],
): boolean {
  const { width, data } = first;
  const near = new Map<number, Extent[]>();
  for (let i = 0; i < changed.length; i++) {
    if (changed[i] === 0) continue;
    const at = i * 4;
    const key = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
    let extents = near.get(key);
    if (!extents) {
      extents = wanted.filter(({ rgb }) => matches(rgb, key)).map(({ extent }) => extent);
      near.set(key, extents);
    }
    if (extents.length === 0) continue;
    const x = i % width;
    const y = (i - x) / width;
    if (x >= original.width || y >= original.height) return false;
    const source = (y * original.width + x) * 4;
    for (const extent of extents) grow(extent, x, y, original.data, source);
  }
  return true;
}

function grow(extent: Extent, x: number, y: number, data: Uint8Array, at: number): void {
  if (x < extent.left) extent.left = x;
  if (x > extent.right) extent.right = x;
  if (y < extent.top) extent.top = y;
  if (y > extent.bottom) extent.bottom = y;
  extent.count++;
  extent.red += data[at]!;
  extent.green += data[at + 1]!;
  extent.blue += data[at + 2]!;
}

function blockOf(text: string, extent: Extent, { width, height }: PixelImage): TextBlock {
  const { left, top, right, bottom, count, red, green, blue } = extent;
  return {
    text: text.toLowerCase(),
    bbox: [left / width, top / height, (right - left + 1) / width, (bottom - top + 1) / height],
    color: [Math.trunc(red / count), Math.trunc(green / count), Math.trunc(blue / count)],
  };
}

const emptyExtent = (): Extent => ({
  left: Number.POSITIVE_INFINITY,
  top: Number.POSITIVE_INFINITY,
  right: -1,
  bottom: -1,
  count: 0,
  red: 0,
  green: 0,
  blue: 0,
});

/** Channels of the first six hex digits, or null when there are fewer (`#abc`) or others. */
function sixDigits(color: string): Rgb | null {
  const found = /^#*([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(color);
  if (!found) return null;
  return [
    Number.parseInt(found[1] as string, 16),
    Number.parseInt(found[2] as string, 16),
    Number.parseInt(found[3] as string, 16),
  ];
}

/** Bounds are bytes that wrap around, so a channel within 4 of an end of the scale matches nothing. */
function matches(rgb: Rgb, pixel: number): boolean {
  return inRange(pixel >> 16, rgb[0]) && inRange((pixel >> 8) & 255, rgb[1]) && inRange(pixel & 255, rgb[2]);
}

function inRange(value: number, center: number): boolean {
  return value >= ((center - COLOR_TOLERANCE) & 255) && value <= ((center + COLOR_TOLERANCE) & 255);
}
