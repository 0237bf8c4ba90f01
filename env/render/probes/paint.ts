import type { PixelImage } from "../../contract/rendered-page.js";
import type { PictureBox } from "../in-page/probes/pictures.js";

/** Share of a box at its sides that is left out: borders and round corners are no picture. */
const MARGIN = 0.15;
/** Difference of a channel, 0 to 255, from which two points have different colours. */
const DIFFERENT = 14;
/** Share of points at an edge from which something is drawn; range of a smooth background that is a picture, too. */
const DRAWN = 0.004;
const SMOOTH_RANGE = 40;

/** Whether an element's box shows more than one plain surface, texts apart: edges, or a background image of its own that varies. */
export function paintsSomething(
  [left, top, right, bottom, own, texts]: PictureBox,
  image: PixelImage,
): boolean {
  const [across, down] = [MARGIN * (right - left), MARGIN * (bottom - top)];
  const [fromX, toX] = [
    Math.max(0, Math.ceil(left + across)),
    Math.min(image.width - 3, Math.floor(right - across)),
  ];
  const [fromY, toY] = [
    Math.max(0, Math.ceil(top + down)),
    Math.min(image.height - 3, Math.floor(bottom - down)),
  ];
  const { data, width } = image;
  const step = Math.max(1, Math.round(Math.sqrt(((toX - fromX) * (toY - fromY)) / 4000)));
  const isText = (x: number, y: number) =>
    texts.some(([l, t, r, b]) => x >= l! - 3 && x <= r! + 3 && y >= t! - 3 && y <= b! + 3);
  let [points, edges] = [0, 0];
  const [low, high] = [
    [255, 255, 255],
    [0, 0, 0],
  ];
  for (let y = fromY; y < toY; y += step)
    for (let x = fromX; x < toX; x += step) {
      if (isText(x, y)) continue;
      points++;
      const at = 4 * (y * width + x);
      let edge = false;
      for (let channel = 0; channel < 3; channel++) {
        const value = data[at + channel]!;
        low[channel] = Math.min(low[channel]!, value);
        high[channel] = Math.max(high[channel]!, value);
        edge ||=
          Math.abs(value - data[at + channel + 8]!) > DIFFERENT ||
          Math.abs(value - data[at + channel + 8 * width]!) > DIFFERENT;
      }
      if (edge) edges++;
    }
  if (points < 4) return false;
  const range = Math.max(...high.map((value, channel) => value - low[channel]!));
  return edges / points > DRAWN || (own && range > SMOOTH_RANGE);
}

/** Luma from which a point is light, and up to which it is dark, 0 to 255. */
const [LIGHT, DARK] = [170, 85] as const;

/** Shares of a picture's points that are light and dark, 0 to 1. */
export function toneOf({ width, height, data }: PixelImage): { light: number; dark: number } {
  let [points, light, dark] = [0, 0, 0];
  for (let y = 0; y < height; y += 4)
    for (let x = 0; x < width; x += 4) {
      const at = 4 * (y * width + x);
      const luma = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
      points++;
      if (luma >= LIGHT) light++;
      if (luma <= DARK) dark++;
    }
  return { light: light / points, dark: dark / points };
}

/** Windows without anything in them after which nobody scrolls on. */
const PATIENCE = 8;

/** How far down a page people look, px: to where eight windows of one plain colour begin. */
export function reachOf({ width, height, data }: PixelImage, windowHeight: number): number {
  const same = (a: number, b: number) =>
    [0, 1, 2].every((channel) => Math.abs(data[a + channel]! - data[b + channel]!) <= 4);
  let plainFrom = 0;
  for (let y = 0; y < height; y += 4) {
    const row = 4 * y * width;
    let plain = y === 0 || same(row, row - 16 * width);
    for (let x = 0; plain && x < width; x += 8) plain = same(row, row + 4 * x);
    if (!plain) plainFrom = y + 4;
    else if (y - plainFrom > PATIENCE * windowHeight) return plainFrom;
  }
  return height;
}
