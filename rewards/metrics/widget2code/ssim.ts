import type { Plane } from "../image/pixel-image.js";
import { channelsSsim } from "../ssim.js";
import type { UnitImage } from "./unit-image.js";

const channels = ({ width, height, data }: UnitImage, scale: number): Plane[] =>
  [0, 1, 2].map((channel) => {
    const plane = new Float64Array(width * height);
    for (let i = 0; i < plane.length; i++) plane[i] = data[i * 3 + channel]! * scale;
    return { width, height, data: plane };
  });

/**
 * SSIM of two images of one size with a data range of 1, at most 1, below 0 for inverted structure; null when a side has
 * fewer than 7 pixels. `scale: "bytes"` feeds values of 0 to 255 to the same constants, which WidgetAnchor's reward does.
 */
export function unitSsim(a: UnitImage, b: UnitImage, scale: "unit" | "bytes" = "unit"): number | null {
  const factor = scale === "bytes" ? 255 : 1;
  return channelsSsim(channels(a, factor), channels(b, factor), { dataRange: 1 });
}
