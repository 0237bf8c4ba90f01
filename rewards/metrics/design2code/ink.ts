import type { Box, RenderedPage } from "../../../env/contract/rendered-page.js";
import type { PixelImage, Rgb } from "../image/pixel-image.js";
import type { TextBlock } from "./blocks.js";
import type { DesignPage } from "./exact.js";
import { inkCoverage } from "./ink-coverage.js";
import { type NativeText, nativeTexts } from "./native.js";

/** Largest distance of an ink pixel from the line between background and text colour, as a share of their distance. */
const SPREAD = 0.1;
/** Text that is closer than this to what is behind it cannot be told from it. */
const CONTRAST = 24;

/**
 * A page as Design2Code sees it, from the render that is there already: the texts of {@link nativeTexts}, each shrunk from its line
 * boxes to the pixels that show its colour. Text of which no pixel shows (covered, clipped, faded away) is left out; upstream
 * makes backgrounds see-through and so still finds text under a coloured box. Text in the colour of its background keeps its
 * line boxes.
 */
export async function nativePage(page: RenderedPage): Promise<DesignPage> {
  const screenshot = await page.pixels();
  return { screenshot, blocks: inkBlocks(nativeTexts(page), screenshot) };
}

/** One block per text of which ink shows. */
export function inkBlocks(texts: readonly NativeText[], image: PixelImage): TextBlock[] {
  const { width, height } = image;
  if (!(width > 0 && height > 0)) return [];
  return texts.flatMap(({ text, lines, shown: color, paint }): TextBlock[] => {
    const ink = new Ink();
    const coverage = inkCoverage(paint);
    for (const line of lines) addLine(ink, line, color, coverage, image);
    if (ink.right < ink.left) return [];
    const { left, top, right, bottom } = ink;
    return [
      {
        text,
        bbox: [left / width, top / height, (right - left) / width, (bottom - top) / height],
        color: ink.mean() ?? color,
      },
    ];
  });
}

/** Extent (right and bottom excluded) and colours of the ink found so far. */
class Ink {
  left = Number.POSITIVE_INFINITY;
  top = Number.POSITIVE_INFINITY;
  right = Number.NEGATIVE_INFINITY;
  bottom = Number.NEGATIVE_INFINITY;
  #count = 0;
  readonly #sum: [number, number, number] = [0, 0, 0];

  cover(left: number, top: number, right: number, bottom: number): void {
    this.left = Math.min(this.left, left);
    this.top = Math.min(this.top, top);
    this.right = Math.max(this.right, right);
    this.bottom = Math.max(this.bottom, bottom);
  }

  add(data: Uint8Array, at: number): void {
    this.#count++;
    for (let c = 0; c < 3; c++) this.#sum[c] = (this.#sum[c] as number) + (data[at + c] as number);
  }

  mean(): Rgb | null {
    if (this.#count === 0) return null;
    const [red, green, blue] = this.#sum.map((sum) => Math.trunc(sum / this.#count));
    return [red ?? 0, green ?? 0, blue ?? 0];
  }
}

function addLine(
  ink: Ink,
  { x, y, width, height }: Box,
  color: Rgb,
  coverage: number,
  image: PixelImage,
): void {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  const right = Math.min(image.width, Math.ceil(x + width));
  const bottom = Math.min(image.height, Math.ceil(y + height));
  if (left >= right || top >= bottom) return;
  const behind = background(image, left, top, right, bottom, color);
  if (!behind) {
    ink.cover(left, top, right, bottom);
    return;
  }
  const span: Rgb = [color[0] - behind[0], color[1] - behind[1], color[2] - behind[2]];
  const length = span[0] ** 2 + span[1] ** 2 + span[2] ** 2;
  const { data } = image;
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const at = (row * image.width + column) * 4;
      const red = data[at]! - behind[0];
      const green = data[at + 1]! - behind[1];
      const blue = data[at + 2]! - behind[2];
      const along = (red * span[0] + green * span[1] + blue * span[2]) / length;
      if (along < coverage || along > 2 - coverage) continue;
      const off =
        (red - along * span[0]) ** 2 + (green - along * span[1]) ** 2 + (blue - along * span[2]) ** 2;
      if (off > SPREAD ** 2 * length) continue;
      ink.cover(column, row, column + 1, row + 1);
      ink.add(data, at);
    }
  }
}

/** The most frequent colour of an area that is clearly not the text's; null when all of it is. */
function background(
  { width, data }: PixelImage,
  left: number,
  top: number,
  right: number,
  bottom: number,
  color: Rgb,
): Rgb | null {
  const counts = new Map<number, number>();
  for (let row = top; row < bottom; row++) {
    for (let at = (row * width + left) * 4; at < (row * width + right) * 4; at += 4) {
      const key = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  let best: Rgb | null = null;
  let most = 0;
  for (const [key, count] of counts) {
    if (count <= most) continue;
    const found: Rgb = [key >> 16, (key >> 8) & 255, key & 255];
    const distance = Math.max(...found.map((channel, c) => Math.abs(channel - (color[c] as number))));
    if (distance < CONTRAST) continue;
    best = found;
    most = count;
  }
  return best;
}
