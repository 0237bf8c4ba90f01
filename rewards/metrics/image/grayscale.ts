import type { PixelImage, Plane } from "./pixel-image.js";

/** Integer luma weights `(r R + g G + b B + offset) >> shift`. */
interface Luma {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly offset: number;
  readonly shift: number;
}

/**
 * How byte colours become one gray byte:
 * - `pillow`: `Image.convert("L")`;
 * - `opencv`: `cv.cvtColor` to gray;
 * - `libpng`: decoding a colour PNG as gray, which OpenCV's `imread` does (no rounding).
 */
export type GrayMethod = "pillow" | "opencv" | "libpng";

const LUMA: Readonly<Record<GrayMethod, Luma>> = {
  pillow: { red: 19595, green: 38470, blue: 7471, offset: 0x8000, shift: 16 },
  opencv: { red: 9798, green: 19235, blue: 3735, offset: 16384, shift: 15 },
  libpng: { red: 9797, green: 19234, blue: 3737, offset: 0, shift: 15 },
};

/** Gray bytes, row by row: `width * height`. */
export function grayscale(image: PixelImage, method: GrayMethod): Uint8Array {
  const { red, green, blue, offset, shift } = LUMA[method];
  const { data } = image;
  const gray = new Uint8Array(image.width * image.height);
  for (let i = 0, at = 0; i < gray.length; i++, at += 4) {
    gray[i] = (data[at]! * red + data[at + 1]! * green + data[at + 2]! * blue + offset) >> shift;
  }
  return gray;
}

/** `weights . rgb * scale` per pixel, in double precision. */
export function luminance(image: PixelImage, weights: readonly [number, number, number], scale = 1): Plane {
  const [red, green, blue] = weights;
  const { width, height, data } = image;
  const plane = new Float64Array(width * height);
  for (let i = 0, at = 0; i < plane.length; i++, at += 4) {
    plane[i] = (data[at]! * red + data[at + 1]! * green + data[at + 2]! * blue) * scale;
  }
  return { width, height, data: plane };
}
