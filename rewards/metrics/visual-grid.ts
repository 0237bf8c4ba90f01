import { CHANNELS, type Grid } from "./visual-pixels.js";

/** Cells are also averaged over squares of these sides, so that a small shift costs little and a large one more. */
const SCALES = [1, 2, 4, 8] as const;

/**
 * How much better than a flat page a page paints a reference, 0..1: 1 minus the summed cell differences over those of a
 * page in the reference's main colour, at least 0, averaged over four scales. Identity gives 1 and a flat page 0. Not
 * symmetric: the second page sets the scale. `flat` is the OKLab main colour of the reference, `ownFlat` that of the
 * page; they also stand for what lies below the end of the shorter page.
 */
export function gridSimilarity(
  page: Grid,
  reference: Grid,
  ownFlat: readonly number[],
  flat: readonly number[],
): number {
  const columns = Math.max(page.columns, reference.columns);
  const rows = Math.max(page.rows, reference.rows);
  let total = 0;
  for (const scale of SCALES) {
    const a = pooled(page, columns, rows, scale, ownFlat);
    const b = pooled(reference, columns, rows, scale, flat);
    let [error, baseline] = [0, 0];
    for (let i = 0; i < b.length; i += CHANNELS) {
      error += distance(a, i, b, i);
      baseline += distance([...flat, 0], 0, b, i);
    }
    total += baseline === 0 ? Number(error === 0) : Math.max(0, 1 - error / baseline);
  }
  return total / SCALES.length;
}

type Numbers = ArrayLike<number>;

function distance(a: Numbers, i: number, b: Numbers, j: number): number {
  const [light, green, blue] = [a[i]! - b[j]!, a[i + 1]! - b[j + 1]!, a[i + 2]! - b[j + 2]!];
  const spread = a[i + 3]! - b[j + 3]!;
  return Math.sqrt(light * light + green * green + blue * blue + spread * spread);
}

function pooled(
  grid: Grid,
  columns: number,
  rows: number,
  scale: number,
  flat: readonly number[],
): Float32Array {
  const [outColumns, outRows] = [Math.ceil(columns / scale), Math.ceil(rows / scale)];
  const out = new Float32Array(outColumns * outRows * CHANNELS);
  const weight = new Float32Array(outColumns * outRows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const inside = y < grid.rows && x < grid.columns;
      const from = CHANNELS * (y * grid.columns + x);
      const cell = Math.floor(y / scale) * outColumns + Math.floor(x / scale);
      weight[cell]! += 1;
      for (let c = 0; c < CHANNELS; c++)
        out[CHANNELS * cell + c]! += inside ? grid.cells[from + c]! : (flat[c] ?? 0);
    }
  }
  for (let i = 0; i < out.length; i++) out[i]! /= weight[Math.floor(i / CHANNELS)]!;
  return out;
}
