import type { PixelImage } from "../../env/contract/rendered-page.js";
import { type OkLab, oklab } from "./oklab.js";

/** A colour and the share of the page it covers. */
export interface PaletteEntry {
  readonly color: OkLab;
  readonly share: number;
}

/** The page in square cells, row by row. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** `[rows, columns, 4]`: mean OKLab, and the spread of lightness inside the cell (0 flat, about 0.3 for text). */
  readonly cells: Float32Array;
}

/** Side of a cell in CSS pixels. */
export const CELL = 20;
/** Numbers per cell. */
export const CHANNELS = 4;
/** Colours kept in a palette; on real pages the rest is anti-aliasing. */
const PALETTE_SIZE = 24;
/** Every second pixel of every second row is looked at. */
const STRIDE = 2;

/** Palette and grid of an image in one pass. */
export function measurePixels({ width, height, data }: PixelImage): { palette: PaletteEntry[]; grid: Grid } {
  const columns = Math.max(1, Math.ceil(width / CELL));
  const rows = Math.max(1, Math.ceil(height / CELL));
  // Per cell: count, sums of red, green and blue, sum and sum of squares of lightness.
  const sums = new Float64Array(columns * rows * 6);
  const histogram = new Uint32Array(1 << 15);
  for (let y = 0; y < height; y += STRIDE) {
    const cellRow = Math.floor(y / CELL) * columns;
    for (let x = 0; x < width; x += STRIDE) {
      const at = 4 * (y * width + x);
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      const light = (red + 2 * green + blue) >> 2;
      const cell = 6 * (cellRow + Math.floor(x / CELL));
      sums[cell]! += 1;
      sums[cell + 1]! += red;
      sums[cell + 2]! += green;
      sums[cell + 3]! += blue;
      sums[cell + 4]! += light;
      sums[cell + 5]! += light * light;
      histogram[((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3)]!++;
    }
  }
  return { palette: paletteOf(histogram), grid: { columns, rows, cells: cellsOf(sums) } };
}

function cellsOf(sums: Float64Array): Float32Array {
  const count = sums.length / 6;
  const cells = new Float32Array(count * CHANNELS);
  for (let i = 0; i < count; i++) {
    const at = 6 * i;
    const pixels = Math.max(1, sums[at]!);
    const mean = sums[at + 4]! / pixels;
    const variance = Math.max(0, sums[at + 5]! / pixels - mean * mean);
    cells.set(oklab(sums[at + 1]! / pixels, sums[at + 2]! / pixels, sums[at + 3]! / pixels), CHANNELS * i);
    cells[CHANNELS * i + 3] = Math.sqrt(variance) / 255;
  }
  return cells;
}

function paletteOf(histogram: Uint32Array): PaletteEntry[] {
  const used: { bin: number; count: number }[] = [];
  for (let bin = 0; bin < histogram.length; bin++) {
    const count = histogram[bin]!;
    if (count > 0) used.push({ bin, count });
  }
  const top = used.sort((a, b) => b.count - a.count || a.bin - b.bin).slice(0, PALETTE_SIZE);
  const total = top.reduce((sum, { count }) => sum + count, 0);
  return top.map(({ bin, count }) => ({ color: binColor(bin), share: count / total }));
}

/** The corner of the bin for white and black, so that these stay pure, and the middle scaled between. */
function binColor(bin: number): OkLab {
  const channel = (shift: number) => (((bin >> shift) & 31) * 255) / 31;
  return oklab(channel(10), channel(5), channel(0));
}
