import { createHash } from "node:crypto";
import sharp from "sharp";
import type { PixelImage } from "../contract/rendered-page.js";

/** Images by the PNG they came from, for as long as somebody else holds them. */
const decoded = new WeakMap<Uint8Array, WeakRef<PixelImage>>();

/** The images decoded last: who asks next for a page's pixels, asks soon. */
const recent: PixelImage[] = [];
const KEPT = 4;

/**
 * Decodes a PNG into RGBA. The same bytes object gives the same image while that is in use, and a little longer.
 *
 * @example
 * const { width, height, data } = await decodePng(page.png); // data.length === width * height * 4
 */
export async function decodePng(png: Uint8Array): Promise<PixelImage> {
  const known = decoded.get(png)?.deref();
  if (known) return known;
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const image = {
    width: info.width,
    height: info.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
  decoded.set(png, new WeakRef(image));
  if (recent.push(image) > KEPT) recent.shift();
  return image;
}

/** SHA-256 of width and height (32-bit little-endian) and the RGBA bytes, hex. */
export function hashPixels({ width, height, data }: PixelImage): string {
  const size = Buffer.alloc(8);
  size.writeUInt32LE(width, 0);
  size.writeUInt32LE(height, 4);
  return createHash("sha256").update(size).update(data).digest("hex");
}

/** True when every pixel has the same colour. */
export function isUniform({ data }: PixelImage): boolean {
  const words = new Uint32Array(
    data.byteOffset % 4 === 0 ? data.buffer : data.slice().buffer,
    data.byteOffset % 4 === 0 ? data.byteOffset : 0,
    data.length >> 2,
  );
  const first = words[0];
  return words.every((word) => word === first);
}

/** Width and height as a PNG's header states them. */
export function pngSize(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * Whether a PNG may be of one colour, told by its size alone: such an image takes less than one byte for 40 pixels, and
 * nothing that shows more needs decoding.
 */
export function maybeUniform(png: Uint8Array): boolean {
  const { width, height } = pngSize(png);
  return png.length < 2000 + (width * height) / 40;
}
