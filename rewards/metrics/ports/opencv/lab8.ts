import type { PixelImage } from "../../image/pixel-image.js";
import { roundHalfEven } from "./resize-linear.js";

/** Linear light of each sRGB byte, 0 to 2040 (8 x 255). */
const LINEAR = Int32Array.from({ length: 256 }, (_, byte) => {
  const v = Math.fround(byte / 255);
  return roundHalfEven(2040 * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
});

/** The cube-root curve of L*a*b*, in 15-bit fixed point, for linear light of 0 to 3071 / 2040. */
const CURVE = Int32Array.from({ length: 3072 }, (_, i) => {
  const x = i / 2040;
  return roundHalfEven(32768 * Math.fround(x < 0.008856 ? 7.787 * x + 16 / 116 : Math.cbrt(x)));
});

const ONE = 1 << 15;
const HALF = 1 << 14;
const OFFSET = 128 * ONE;

const clamp = (value: number): number => Math.max(0, Math.min(255, value));

/**
 * OpenCV's 8-bit L*a*b* of every pixel (D65), three bytes each: lightness stretched to 0..255, a and b offset by 128.
 * Distances in it are therefore no delta-E.
 */
export function toLab8({ width, height, data }: PixelImage): Uint8Array {
  const lab = new Uint8Array(width * height * 3);
  for (let i = 0, at = 0; i < lab.length; i += 3, at += 4) {
    const r = LINEAR[data[at]!]!;
    const g = LINEAR[data[at + 1]!]!;
    const b = LINEAR[data[at + 2]!]!;
    const fx = CURVE[(1777 * r + 1541 * g + 778 * b + 2048) >> 12]!;
    const fy = CURVE[(871 * r + 2929 * g + 296 * b + 2048) >> 12]!;
    const fz = CURVE[(73 * r + 448 * g + 3575 * b + 2048) >> 12]!;
    lab[i] = clamp((296 * fy - 1336934 + HALF) >> 15);
    lab[i + 1] = clamp((500 * (fx - fy) + OFFSET + HALF) >> 15);
    lab[i + 2] = clamp((200 * (fy - fz) + OFFSET + HALF) >> 15);
  }
  return lab;
}
