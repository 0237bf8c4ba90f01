import { dropAlpha, type PixelImage } from "./pixel-image.js";
import { PRECISION_BITS, type ResizeFilter, resizeTaps } from "./resize-filters.js";

export type { ResizeFilter };

const HALF = 1 << (PRECISION_BITS - 1);

const clampByte = (value: number): number => Math.max(0, Math.min(255, value));

/**
 * Resizes the colour channels exactly as Pillow resizes an RGB image: separable, horizontal pass first, bytes between the
 * passes, fixed-point weights, and a pass whose size does not change is skipped. Alpha is dropped.
 * Throws a RangeError unless all sizes are whole numbers of at least 1.
 *
 * @example
 * const small = resize(screenshot, 512, 512, "lanczos");
 */
export function resize(image: PixelImage, width: number, height: number, filter: ResizeFilter): PixelImage {
  for (const size of [width, height, image.width, image.height]) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(
        `Expected sizes of at least 1 pixel, but was asked to resize ${image.width} x ${image.height} to ${width} x ${height}.`,
      );
    }
  }
  const wide = width === image.width ? dropAlpha(image) : resizeRows(image, width, filter);
  return height === image.height ? wide : resizeColumns(wide, height, filter);
}

function resizeRows({ width, height, data }: PixelImage, out: number, filter: ResizeFilter): PixelImage {
  const { first, count, weights, stride } = resizeTaps(width, out, filter);
  const result = new Uint8Array(out * height * 4);
  for (let y = 0; y < height; y++) {
    const row = y * width * 4;
    let at = y * out * 4;
    for (let x = 0; x < out; x++, at += 4) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let source = row + first[x]! * 4;
      const end = x * stride + count[x]!;
      for (let k = x * stride; k < end; k++, source += 4) {
        const weight = weights[k]!;
        red += Math.imul(data[source]!, weight);
        green += Math.imul(data[source + 1]!, weight);
        blue += Math.imul(data[source + 2]!, weight);
      }
      result[at] = clampByte(red >> PRECISION_BITS);
      result[at + 1] = clampByte(green >> PRECISION_BITS);
      result[at + 2] = clampByte(blue >> PRECISION_BITS);
      result[at + 3] = 255;
    }
  }
  return { width: out, height, data: result };
}

function resizeColumns({ width, height, data }: PixelImage, out: number, filter: ResizeFilter): PixelImage {
  const { first, count, weights, stride } = resizeTaps(height, out, filter);
  const length = width * 4;
  const result = new Uint8Array(length * out);
  const sums = new Int32Array(length);
  for (let y = 0; y < out; y++) {
    sums.fill(HALF);
    for (let k = 0; k < count[y]!; k++) {
      const weight = weights[y * stride + k]!;
      const row = (first[y]! + k) * length;
      for (let i = 0; i < length; i++) sums[i] = sums[i]! + Math.imul(data[row + i]!, weight);
    }
    const at = y * length;
    for (let i = 0; i < length; i++) result[at + i] = clampByte(sums[i]! >> PRECISION_BITS);
  }
  return { width, height: out, data: result };
}
