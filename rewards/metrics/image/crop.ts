import { type PixelImage, solidImage } from "./pixel-image.js";

/** The top left part of a picture; where the picture ends before it, white. Throws a RangeError for a size below 1. */
export function cropTopLeft(image: PixelImage, width: number, height: number): PixelImage {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new RangeError(`Expected a size of at least 1 x 1, but got ${width} x ${height}.`);
  }
  if (image.width === width && image.height === height) return image;
  const out = solidImage(width, height, [255, 255, 255]);
  const columns = Math.min(width, image.width);
  for (let y = 0; y < Math.min(height, image.height); y++) {
    const from = y * image.width * 4;
    out.data.set(image.data.subarray(from, from + columns * 4), y * width * 4);
  }
  return out;
}
