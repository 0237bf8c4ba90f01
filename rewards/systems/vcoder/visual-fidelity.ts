import { type PixelImage, resize } from "../../metrics/image/index.js";
import { imageSsim } from "../../metrics/ssim.js";

/** Side of the square in which two pictures are compared. */
const SIDE = 512;

/** Fidelity of a picture to its reference, with its two halves. */
export interface VisualFidelity {
  /** Half SSIM, half pixel likeness. */
  readonly score: number;
  readonly ssim: number;
  /** 1 minus the mean absolute difference as a fraction of 255. */
  readonly pixel: number;
}

/**
 * VCoder's `compute_ssim`: both pictures squeezed to 512 x 512 (Lanczos), then the mean of SSIM and pixel likeness. Flat
 * pictures score up to 0.97 here, so it is no measure to use alone.
 */
export function visualFidelity(a: PixelImage, b: PixelImage): VisualFidelity {
  const left = resize(a, SIDE, SIDE, "lanczos");
  const right = resize(b, SIDE, SIDE, "lanczos");
  const ssim = imageSsim(left, right) as number;
  const pixel = 1 - meanDifference(left, right) / 255;
  return { score: 0.5 * ssim + 0.5 * pixel, ssim, pixel };
}

/** Mean absolute difference of the colour channels of two pictures of one size, 0 to 255. */
export function meanDifference(a: PixelImage, b: PixelImage): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    for (let c = at; c < at + 3; c++) sum += Math.abs(a.data[c]! - b.data[c]!);
  }
  return sum / ((a.data.length / 4) * 3);
}
