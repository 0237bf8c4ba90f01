import type { Box, LayoutSnapshot, PixelImage } from "../../env/contract/rendered-page.js";
import { type OkLab, oklab, oklabDistance } from "./oklab.js";
import { type Grid, measurePixels, type PaletteEntry } from "./visual-pixels.js";

/** A box that can be seen: its edge differs from what lies outside. */
export interface Fill {
  readonly box: Box;
  readonly color: OkLab;
}

/** The text of one element and the box around its lines. */
export interface TextBlock {
  readonly box: Box;
  readonly text: string;
}

/** What the visual metrics compare of a page. */
export interface VisualFeatures {
  readonly fills: readonly Fill[];
  readonly texts: readonly TextBlock[];
  readonly palette: readonly PaletteEntry[];
  readonly grid: Grid;
}

/** More boxes than this are left out, the smallest first, so that a hostile page costs a bounded time. */
const MAX_BOXES = 300;
/** OKLab distance from which an edge can be seen. */
const VISIBLE_EDGE = 0.02;
/** Range of lightness (0..255) in its box from which text stands out from its background. */
const VISIBLE_TEXT = 40;
/** Lines of less than this height in CSS pixels are too small to be read. */
const SMALLEST_LINE = 6;

/**
 * Takes the features of a rendered page. Only what the pixels confirm counts: a box with an edge that can be seen, a text
 * that stands out from its background. About 2 ms for 800 x 2000 pixels and 200 elements.
 */
export function visualFeatures(snapshot: LayoutSnapshot, image: PixelImage): VisualFeatures {
  const { palette, grid } = measurePixels(image);
  return { fills: visibleFills(snapshot, image), texts: visibleTexts(snapshot, image), palette, grid };
}

function visibleFills({ elements }: LayoutSnapshot, image: PixelImage): Fill[] {
  const seen = new Set<string>();
  const fills: Fill[] = [];
  for (const { box } of elements) {
    const { x, y, width, height } = box;
    if (width < 6 || height < 6) continue;
    const key = [x, y, width, height].map(Math.round).join();
    if (seen.has(key)) continue;
    seen.add(key);
    if (edgeVisible(box, image)) fills.push({ box, color: fillColor(box, image) });
  }
  return largest(fills);
}

/** True when at least half of the edge points inside the image differ from the point two pixels further out. */
function edgeVisible({ x, y, width, height }: Box, image: PixelImage): boolean {
  let [points, different] = [0, 0];
  const probe = (innerX: number, innerY: number, outerX: number, outerY: number) => {
    const inner = colorAt(image, innerX, innerY);
    const outer = colorAt(image, outerX, outerY);
    if (!inner || !outer) return;
    points++;
    if (oklabDistance(inner, outer) > VISIBLE_EDGE) different++;
  };
  const [right, bottom] = [x + width - 1, y + height - 1];
  for (const share of [0.3, 0.7]) {
    const [alongX, alongY] = [x + width * share, y + height * share];
    probe(alongX, y, alongX, y - 2);
    probe(alongX, bottom, alongX, bottom + 2);
    probe(x, alongY, x - 2, alongY);
    probe(right, alongY, right + 2, alongY);
  }
  return points > 0 && different * 2 >= points;
}

/** The colour most of eight points near the edge agree on. */
function fillColor({ x, y, width, height }: Box, image: PixelImage): OkLab {
  const colors: OkLab[] = [];
  for (const share of [0.2, 0.8]) {
    for (const [px, py] of [
      [x + width * share, y + 3],
      [x + width * share, y + height - 4],
      [x + 3, y + height * share],
      [x + width - 4, y + height * share],
    ] as const) {
      const color = colorAt(image, px, py);
      if (color) colors.push(color);
    }
  }
  const votes = colors.map(
    (color) => colors.filter((other) => oklabDistance(color, other) < VISIBLE_EDGE).length,
  );
  return colors[votes.indexOf(Math.max(...votes))] ?? [1, 0, 0];
}

function visibleTexts({ texts }: LayoutSnapshot, image: PixelImage): TextBlock[] {
  const blocks = new Map<number, { box: Box; text: string }>();
  for (const { text, box, element } of texts) {
    const words = text.trim().replace(/\s+/g, " ").toLowerCase();
    if (words === "" || box.height < SMALLEST_LINE || !textVisible(box, image)) continue;
    const block = blocks.get(element);
    blocks.set(
      element,
      block ? { box: union(block.box, box), text: `${block.text} ${words}` } : { box, text: words },
    );
  }
  return largest([...blocks.values()]);
}

function textVisible(
  { x, y, width, height }: Box,
  { width: columns, height: rows, data }: PixelImage,
): boolean {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [right, bottom] = [Math.min(columns, Math.ceil(x + width)), Math.min(rows, Math.ceil(y + height))];
  let [low, high] = [255, 0];
  for (let row = top; row < bottom; row += 2) {
    for (let column = left; column < right; column++) {
      const at = 4 * (row * columns + column);
      const light = (data[at]! + 2 * data[at + 1]! + data[at + 2]!) >> 2;
      if (light < low) low = light;
      if (light > high) high = light;
    }
    if (high - low >= VISIBLE_TEXT) return true;
  }
  return false;
}

function colorAt({ width, height, data }: PixelImage, x: number, y: number): OkLab | null {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  const at = 4 * (row * width + column);
  return oklab(data[at]!, data[at + 1]!, data[at + 2]!);
}

function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

function largest<Item extends { readonly box: Box }>(items: Item[]): Item[] {
  if (items.length <= MAX_BOXES) return items;
  const area = ({ box }: Item) => box.width * box.height;
  return items.sort((a, b) => area(b) - area(a)).slice(0, MAX_BOXES);
}
