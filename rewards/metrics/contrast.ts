import { grayscale } from "./image/grayscale.js";
import type { PixelImage } from "./image/pixel-image.js";

/** Population standard deviation of the gray bytes (as libpng grays a colour PNG); 0 without pixels. */
export function grayDeviation(image: PixelImage): number {
  const gray = grayscale(image, "libpng");
  if (gray.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < gray.length; i++) sum += gray[i]!;
  const mean = sum / gray.length;
  let squares = 0;
  for (let i = 0; i < gray.length; i++) squares += (gray[i]! - mean) ** 2;
  return Math.sqrt(squares / gray.length);
}

/**
 * How alike two images are in contrast, 0 to 1: one minus the relative difference of the standard deviations of gray; 1
 * for two flat images. Sizes may differ. Source: WidgetAnchor, `compute_contrast_score`.
 */
export function contrastSimilarity(a: PixelImage, b: PixelImage): number {
  const first = grayDeviation(a);
  const second = grayDeviation(b);
  const larger = Math.max(first, second);
  return larger === 0 ? 1 : 1 - Math.abs(first - second) / larger;
}
