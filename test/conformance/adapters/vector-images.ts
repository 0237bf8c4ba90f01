import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeImage } from "../../../rewards/metrics/image/decode.js";
import type { PixelImage } from "../../../rewards/metrics/image/pixel-image.js";
import type { VectorContext } from "../runner.js";

/** The image that a vector names, decoded. */
export async function openImage(name: string, { images }: VectorContext): Promise<PixelImage> {
  return decodeImage(await readFile(join(images, name)));
}

/** Two images that a vector names. */
export async function openPair(
  first: string,
  second: string,
  context: VectorContext,
): Promise<readonly [PixelImage, PixelImage]> {
  return [await openImage(first, context), await openImage(second, context)];
}

/** Red, green and blue of the pixels at `[y, x]`. */
export function colorsAt(image: PixelImage, points: readonly (readonly [number, number])[]): number[][] {
  return points.map(([y, x]) => [
    ...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 3),
  ]);
}
