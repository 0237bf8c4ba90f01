import sharp from "sharp";
import type { PixelImage } from "../../env/contract/rendered-page.js";
import type { RenderedPage } from "../../index.js";

/** A place where two renders differ, as three pictures of the same size. */
export interface Difference {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Mean difference of the pixels there, 0 to 1. */
  readonly amount: number;
  /** Data URLs: the answer, the reference, and where they differ. */
  readonly pictures: readonly [own: string, wanted: string, difference: string];
}

/** Side of the cells that are compared, in px. */
const CELL = 40;
/** Cells that differ less than this are taken as equal. */
const LEAST = 0.03;
const PADDING = 8;

/** The places where two renders differ most, at most `count`, the most different first. */
export async function differencesOf(
  page: RenderedPage,
  reference: RenderedPage,
  count = 4,
): Promise<Difference[]> {
  const [own, wanted] = [await page.pixels(), await reference.pixels()];
  const width = Math.max(own.width, wanted.width);
  const height = Math.max(own.height, wanted.height);
  const [columns, rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  const cells = Array.from({ length: columns * rows }, (_, i) =>
    cellDifference(own, wanted, (i % columns) * CELL, Math.floor(i / columns) * CELL),
  );
  const regions = regionsOf(cells, columns, rows)
    .sort((a, b) => b.sum - a.sum)
    .slice(0, count);
  return Promise.all(
    regions.map(async ({ left, top, right, bottom, sum, size }) => {
      const x = Math.max(0, left * CELL - PADDING);
      const y = Math.max(0, top * CELL - PADDING);
      const box = {
        x,
        y,
        width: Math.min(width, (right + 1) * CELL + PADDING) - x,
        height: Math.min(height, (bottom + 1) * CELL + PADDING) - y,
      };
      const pictures = [cut(own, box), cut(wanted, box), heat(own, wanted, box)];
      const [a, b, c] = await Promise.all(pictures.map((data) => webp(data, box.width, box.height)));
      return { ...box, amount: sum / size, pictures: [a, b, c] as [string, string, string] };
    }),
  );
}

interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
  sum: number;
  size: number;
}

/** Cells that differ and touch one another, as boxes; a box is at most eight cells high. */
function regionsOf(cells: readonly number[], columns: number, rows: number): Region[] {
  const seen = new Set<number>();
  const regions: Region[] = [];
  for (let start = 0; start < cells.length; start++) {
    if (seen.has(start) || (cells[start] as number) < LEAST) continue;
    const region: Region = { left: columns, top: rows, right: 0, bottom: 0, sum: 0, size: 0 };
    const first = Math.floor(start / columns);
    const queue = [start];
    seen.add(start);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const [column, row] = [at % columns, Math.floor(at / columns)];
      region.left = Math.min(region.left, column);
      region.right = Math.max(region.right, column);
      region.top = Math.min(region.top, row);
      region.bottom = Math.max(region.bottom, row);
      region.sum += cells[at] as number;
      region.size++;
      const near = [
        column > 0 ? at - 1 : -1,
        column < columns - 1 ? at + 1 : -1,
        row > 0 ? at - columns : -1,
        row < Math.min(rows - 1, first + 5) ? at + columns : -1,
      ];
      for (const next of near)
        if (next >= 0 && !seen.has(next) && (cells[next] as number) >= LEAST) {
          seen.add(next);
          queue.push(next);
        }
    }
    regions.push(region);
  }
  return regions;
}

/** What lies beyond a picture counts as white. */
function channelAt({ width, height, data }: PixelImage, x: number, y: number, channel: number): number {
  return x < width && y < height ? (data[(y * width + x) * 4 + channel] as number) : 255;
}

function cellDifference(a: PixelImage, b: PixelImage, left: number, top: number): number {
  let sum = 0;
  let count = 0;
  for (let y = top; y < top + CELL; y += 2)
    for (let x = left; x < left + CELL; x += 2) {
      for (let channel = 0; channel < 3; channel++)
        sum += Math.abs(channelAt(a, x, y, channel) - channelAt(b, x, y, channel));
      count += 3;
    }
  return sum / count / 255;
}

type Crop = Pick<Difference, "x" | "y" | "width" | "height">;

function cut(image: PixelImage, { x, y, width, height }: Crop): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let channel = 0; channel < 3; channel++)
        data[at++] = channelAt(image, x + column, y + row, channel);
  return data;
}

/** Grey where the pictures agree, warm where they do not. */
function heat(a: PixelImage, b: PixelImage, { x, y, width, height }: Crop): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at += 3) {
      let difference = 0;
      let grey = 0;
      for (let channel = 0; channel < 3; channel++) {
        const own = channelAt(a, x + column, y + row, channel);
        difference = Math.max(difference, Math.abs(own - channelAt(b, x + column, y + row, channel)));
        grey += own / 3;
      }
      const share = Math.min(1, (difference / 255) * 1.6);
      const paper = 225 + grey / 10;
      data[at] = paper + (214 - paper) * share;
      data[at + 1] = paper + (62 - paper) * share;
      data[at + 2] = paper + (28 - paper) * share;
    }
  return data;
}

async function webp(data: Uint8Array, width: number, height: number): Promise<string> {
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .webp({ quality: 80 })
    .toBuffer();
  return `data:image/webp;base64,${bytes.toString("base64")}`;
}
