import type { PixelImage } from "../image/pixel-image.js";
import { resize } from "../image/resize.js";
import type { FractionBox } from "./blocks.js";
import { inpaintTelea } from "./inpaint.js";

/** Pixels around a masked one that Design2Code lets flow into it. */
const INPAINT_RADIUS = 3;

/** Fills the boxes (fractions of the page, corners truncated to pixels) from their surroundings. */
export function maskWithInpainting(image: PixelImage, boxes: readonly FractionBox[]): PixelImage {
  const { width, height } = image;
  const mask = new Uint8Array(width * height);
  for (const [x, y, w, h] of boxes) {
    const left = Math.max(0, Math.trunc(x * width));
    const top = Math.max(0, Math.trunc(y * height));
    const right = Math.min(width, Math.trunc(x * width) + Math.trunc(w * width));
    const bottom = Math.min(height, Math.trunc(y * height) + Math.trunc(h * height));
    for (let row = top; row < bottom; row++) {
      if (left < right) mask.fill(255, row * width + left, row * width + right);
    }
  }
  return inpaintTelea(image, mask, INPAINT_RADIUS);
}

/** What Design2Code shows to CLIP: the page without its texts, squeezed into a square as wide as its shorter side. */
export function clipView(image: PixelImage, boxes: readonly FractionBox[]): PixelImage {
  const side = Math.min(image.width, image.height);
  return resize(boxes.length > 0 ? maskWithInpainting(image, boxes) : image, side, side, "lanczos");
}
