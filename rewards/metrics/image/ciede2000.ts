import type { Lab } from "./lab.js";

const DEGREE = Math.PI / 180;
const POW_25_7 = 25 ** 7;

const chromaWeight = (chroma: number): number => {
  const c7 = chroma ** 7;
  return Math.sqrt(c7 / (c7 + POW_25_7));
};

const hueOf = (a: number, b: number): number => {
  if (a === 0 && b === 0) return 0;
  const hue = Math.atan2(b, a) / DEGREE;
  return hue < 0 ? hue + 360 : hue;
};

/**
 * The CIEDE2000 colour difference with all weights 1 (Sharma, Wu and Dalal 2005). Symmetric, 0 for equal colours,
 * about 100 between black and white.
 */
export function ciede2000(first: Lab, second: Lab): number {
  const [l1, a1, b1] = first;
  const [l2, a2, b2] = second;
  const stretch = 1.5 - 0.5 * chromaWeight((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2);
  const c1 = Math.hypot(a1 * stretch, b1);
  const c2 = Math.hypot(a2 * stretch, b2);
  const h1 = hueOf(a1 * stretch, b1);
  const h2 = hueOf(a2 * stretch, b2);
  const gray = c1 * c2 === 0;

  let turn = gray ? 0 : h2 - h1;
  if (turn > 180) turn -= 360;
  else if (turn < -180) turn += 360;
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * DEGREE);

  let hue = h1 + h2;
  if (!gray) {
    if (Math.abs(h1 - h2) <= 180) hue /= 2;
    else hue = (hue < 360 ? hue + 360 : hue - 360) / 2;
  }
  const lightness = (l1 + l2) / 2;
  const chroma = (c1 + c2) / 2;
  const t =
    1 -
    0.17 * Math.cos((hue - 30) * DEGREE) +
    0.24 * Math.cos(2 * hue * DEGREE) +
    0.32 * Math.cos((3 * hue + 6) * DEGREE) -
    0.2 * Math.cos((4 * hue - 63) * DEGREE);
  const offset = (lightness - 50) ** 2;
  const dL = (l2 - l1) / (1 + (0.015 * offset) / Math.sqrt(20 + offset));
  const dC = (c2 - c1) / (1 + 0.045 * chroma);
  const dH = deltaH / (1 + 0.015 * chroma * t);
  const rotation = -2 * chromaWeight(chroma) * Math.sin(60 * Math.exp(-(((hue - 275) / 25) ** 2)) * DEGREE);
  return Math.sqrt(Math.max(0, dL * dL + dC * dC + dH * dH + rotation * dC * dH));
}
