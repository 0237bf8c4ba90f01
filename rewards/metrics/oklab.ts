/** A colour in OKLab: lightness 0..1, a and b about -0.4..0.4 (Ottosson, "A perceptual color space for image processing", 2020). */
export type OkLab = readonly [lightness: number, a: number, b: number];

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** OKLab of an sRGB colour with channels 0..255 (rounded to whole bytes). */
export function oklab(red: number, green: number, blue: number): OkLab {
  const r = LINEAR[Math.round(red)]!;
  const g = LINEAR[Math.round(green)]!;
  const b = LINEAR[Math.round(blue)]!;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Euclidean distance in OKLab: about 0.02 is just noticeable, black to white is 1. */
export function oklabDistance(a: OkLab, b: OkLab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
