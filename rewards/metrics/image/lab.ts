import type { Rgb } from "./pixel-image.js";

/** A colour in CIE L*a*b* under D65, two-degree observer: lightness 0 to 100, then green-red and blue-yellow. */
export type Lab = readonly [lightness: number, a: number, b: number];

interface RgbToXyz {
  readonly matrix: readonly number[];
  readonly white: readonly [number, number, number];
  readonly threshold: number;
}

/** python-colormath, which Design2Code uses. */
const COLORMATH: RgbToXyz = {
  matrix: [0.412424, 0.357579, 0.180464, 0.212656, 0.715158, 0.0721856, 0.0193324, 0.119193, 0.950444],
  white: [0.95047, 1, 1.08883],
  threshold: 216 / 24389,
};

/** scikit-image's `rgb2lab`. */
const SKIMAGE: RgbToXyz = {
  matrix: [0.412453, 0.35758, 0.180423, 0.212671, 0.71516, 0.072169, 0.019334, 0.119193, 0.950227],
  white: [0.95047, 1, 1.08883],
  threshold: 0.008856,
};

const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

function toLab(rgb: Rgb, { matrix: m, white, threshold }: RgbToXyz): Lab {
  const r = linear(rgb[0] / 255);
  const g = linear(rgb[1] / 255);
  const b = linear(rgb[2] / 255);
  const bend = (t: number): number => (t > threshold ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = bend((r * m[0]! + g * m[1]! + b * m[2]!) / white[0]);
  const y = bend((r * m[3]! + g * m[4]! + b * m[5]!) / white[1]);
  const z = bend((r * m[6]! + g * m[7]! + b * m[8]!) / white[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/**
 * sRGB (0 to 255, fractions allowed) to L*a*b*. `colormath` is what Design2Code computes, `skimage` what
 * scikit-image's `rgb2lab` does; they differ in the fourth digit of the matrix.
 */
export function rgbToLab(rgb: Rgb, variant: "colormath" | "skimage" = "colormath"): Lab {
  return toLab(rgb, variant === "skimage" ? SKIMAGE : COLORMATH);
}
