import type { RewardContext } from "../../../env/contract/scoring.js";
import { cropTopLeft, type PixelImage, resize } from "../../metrics/image/index.js";
import { resizeDims } from "./training-formulas.js";

/** The reference's picture as pixels; null when there is none. */
export async function referencePixels({ referencePicture }: RewardContext): Promise<PixelImage | null> {
  return referencePicture ? referencePicture.pixels() : null;
}

/** A picture squeezed into a square as wide as its shorter side, so that a model that crops sees all of it. */
export function squared(image: PixelImage): PixelImage {
  const side = Math.min(image.width, image.height);
  return resize(image, side, side, "lanczos");
}

/** Widest training picture. */
const TRAINING_WIDTH = 512;

/** What VCoder's loader makes of a reference screenshot: resized by pixels when stored, then by width when read. */
export function trainingPicture(image: PixelImage): PixelImage {
  const stored = resize(image, ...resizeDims(image.width, image.height), "lanczos");
  return resize(stored, ...resizeDims(stored.width, stored.height, TRAINING_WIDTH), "lanczos");
}

/** The part of a full-page picture that a window shows. */
export function windowOf(
  image: PixelImage,
  { width, height }: { width: number; height: number },
): PixelImage {
  return cropTopLeft(image, width, height);
}
