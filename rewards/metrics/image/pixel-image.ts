import type { PixelImage } from "../../../env/contract/rendered-page.js";

export type { PixelImage };

/** Samples of one channel, row by row: `width * height` values. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** A colour as three channel values, usually 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** An image of one colour, opaque. */
export function solidImage(width: number, height: number, color: Rgb): PixelImage {
  const data = new Uint8Array(width * height * 4);
  fillRect({ width, height, data }, 0, 0, width, height, color);
  return { width, height, data };
}

/** Paints an axis-aligned rectangle in place; what lies outside the image is cut off. */
export function fillRect(
  image: PixelImage,
  x: number,
  y: number,
  width: number,
  height: number,
  color: Rgb,
): void {
  const left = Math.max(0, x);
  const right = Math.min(image.width, x + width);
  const bottom = Math.min(image.height, y + height);
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let at = (row * image.width + left) * 4; at < (row * image.width + right) * 4; at += 4) {
      image.data[at] = color[0];
      image.data[at + 1] = color[1];
      image.data[at + 2] = color[2];
      image.data[at + 3] = 255;
    }
  }
}

/** Builds an opaque image from rows of `[r, g, b]` pixels: `rows[y][x][channel]`. */
export function imageFromRows(rows: readonly (readonly (readonly number[])[])[]): PixelImage {
  const height = rows.length;
  const width = rows[0]?.length ?? 0;
  const data = new Uint8Array(width * height * 4);
  let at = 0;
  for (const row of rows) {
    for (let x = 0; x < width; x++) {
      const pixel = row[x];
      data[at++] = pixel?.[0] ?? 0;
      data[at++] = pixel?.[1] ?? 0;
      data[at++] = pixel?.[2] ?? 0;
      data[at++] = 255;
    }
  }
  return { width, height, data };
}

/** The inverse of `imageFromRows`: `rows[y][x] = [r, g, b]`, alpha dropped. */
export function imageToRows({ width, height, data }: PixelImage): number[][][] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const at = (y * width + x) * 4;
      return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    }),
  );
}

/** One channel (0 red, 1 green, 2 blue, 3 alpha) as numbers, each multiplied by `scale`. */
export function channelPlane(image: PixelImage, channel: 0 | 1 | 2 | 3, scale = 1): Plane {
  const { width, height, data } = image;
  const plane = new Float64Array(width * height);
  for (let i = 0, at = channel as number; i < plane.length; i++, at += 4) plane[i] = (data[at] ?? 0) * scale;
  return { width, height, data: plane };
}

/** A copy with every alpha value 255: transparency is dropped, not blended, as Pillow's `convert("RGB")` does. */
export function dropAlpha(image: PixelImage): PixelImage {
  const data = image.data.slice();
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width: image.width, height: image.height, data };
}

/** True when both images have the same width and height. */
export function sameSize(a: PixelImage, b: PixelImage): boolean {
  return a.width === b.width && a.height === b.height;
}
