import { dropAlpha, type PixelImage } from "../image/pixel-image.js";
import { arrival, BAND, CellQueue, INSIDE, KNOWN, type March, marchOutward } from "./fast-march.js";

const fround = Math.fround;
const UNREACHED = 1e6;

/**
 * Fills the masked pixels from their surroundings by Telea's fast marching method, as OpenCV's `inpaint` does with
 * `INPAINT_TELEA`. `mask` has one byte per pixel; anything but 0 is filled.
 */
export function inpaintTelea(image: PixelImage, mask: Uint8Array, radius: number): PixelImage {
  const out = dropAlpha(image);
  const { march, band } = prepare(image.width, image.height, mask, radius);
  const { columns, state, distance } = march;
  const queue = new CellQueue();
  for (const cell of band) queue.push(cell, 0);
  const painter = new Painter(march, out, radius);
  const steps = [-columns, -1, columns, 1];
  for (let cell = queue.pop(); cell >= 0; cell = queue.pop()) {
    state[cell] = KNOWN;
    for (const step of steps) {
      const next = cell + step;
      // The border of the grid is never INSIDE, so no step leaves it.
      if (state[next] !== INSIDE) continue;
      distance[next] = arrival(march, next);
      painter.paint(next);
      state[next] = BAND;
      queue.push(next, distance[next]!);
    }
  }
  return out;
}

/** Marks the mask and its rim, and measures how far the ring outside of the rim lies from it (negative distances). */
function prepare(
  width: number,
  height: number,
  mask: Uint8Array,
  radius: number,
): { march: March; band: readonly number[] } {
  const columns = width + 2;
  const rows = height + 2;
  const state = new Uint8Array(rows * columns);
  const distance = new Float32Array(rows * columns).fill(UNREACHED);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x]) state[(y + 1) * columns + x + 1] = INSIDE;
    }
  }
  const band: number[] = [];
  const ring = new Uint8Array(rows * columns);
  for (let y = 1; y <= height; y++) {
    for (let x = 1; x <= width; x++) {
      const cell = y * columns + x;
      if (state[cell] !== INSIDE) continue;
      for (let r = Math.max(1, y - radius); r <= Math.min(height, y + radius); r++) {
        ring.fill(
          INSIDE,
          r * columns + Math.max(1, x - radius),
          r * columns + Math.min(width, x + radius) + 1,
        );
      }
    }
  }
  for (let y = 1; y <= height; y++) {
    for (let x = 1; x <= width; x++) {
      const cell = y * columns + x;
      if (state[cell] === INSIDE) {
        ring[cell] = KNOWN;
        continue;
      }
      const touches =
        state[cell - columns] === INSIDE ||
        state[cell + columns] === INSIDE ||
        state[cell - 1] === INSIDE ||
        state[cell + 1] === INSIDE;
      if (!touches) continue;
      band.push(cell);
      ring[cell] = KNOWN;
      distance[cell] = 0;
    }
  }
  const queue = new CellQueue();
  for (const cell of band) queue.push(cell, 0);
  marchOutward({ rows, columns, state: ring, distance }, queue);
  for (const cell of band) state[cell] = BAND;
  return { march: { rows, columns, state, distance }, band };
}

/** Colours one cell from the known cells within the radius; all sums in single precision, as the original's. */
class Painter {
  readonly #march: March;
  readonly #image: PixelImage;
  readonly #radius: number;
  readonly #nearness: Float32Array;

  constructor(march: March, image: PixelImage, radius: number) {
    this.#march = march;
    this.#image = image;
    this.#radius = radius;
    const side = 2 * radius + 1;
    this.#nearness = new Float32Array(side * side);
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const square = dx * dx + dy * dy;
        this.#nearness[(dy + radius) * side + dx + radius] = 1 / (square * Math.sqrt(square));
      }
    }
  }

  paint(cell: number): void {
    const { columns, rows, state, distance } = this.#march;
    const { data, width } = this.#image;
    const radius = this.#radius;
    const side = 2 * radius + 1;
    const i = Math.floor(cell / columns);
    const j = cell % columns;
    const own = distance[cell]!;
    const slopeX = this.#slope(cell, 1);
    const slopeY = this.#slope(cell, columns);
    const value = [0, 0, 0];
    const pullX = [0, 0, 0];
    const pullY = [0, 0, 0];
    let weights = fround(1e-20);
    for (let k = Math.max(1, i - radius); k <= Math.min(rows - 2, i + radius); k++) {
      const km = k - 1 + (k === 1 ? 1 : 0);
      const kp = k - 1 - (k === rows - 2 ? 1 : 0);
      for (let l = Math.max(1, j - radius); l <= Math.min(columns - 2, j + radius); l++) {
        const near = k * columns + l;
        const ry = i - k;
        const rx = j - l;
        if (state[near] === INSIDE || rx * rx + ry * ry > radius * radius) continue;
        const lm = l - 1 + (l === 1 ? 1 : 0);
        const lp = l - 1 - (l === columns - 2 ? 1 : 0);
        const level = fround(1 / (1 + Math.abs(fround(distance[near]! - own))));
        let toward = fround(fround(rx * slopeX) + fround(ry * slopeY));
        if (Math.abs(toward) <= 0.01) toward = fround(0.000001);
        const nearness = this.#nearness[(radius - ry) * side + radius - rx]!;
        const weight = Math.abs(fround(fround(nearness * level) * toward));
        weights = fround(weights + weight);
        const here = (km * width + lm) * 4;
        const right = state[near + 1] !== INSIDE;
        const left = state[near - 1] !== INSIDE;
        const below = state[near + columns] !== INSIDE;
        const above = state[near - columns] !== INSIDE;
        const atRight = (km * width + (right ? lp + 1 : lp)) * 4;
        const atLeft = (km * width + (left ? lm - 1 : lm)) * 4;
        const atBelow = ((below ? kp + 1 : kp) * width + lm) * 4;
        const atAbove = ((above ? km - 1 : km) * width + lm) * 4;
        for (let c = 0; c < 3; c++) {
          const gx = right || left ? (data[atRight + c]! - data[atLeft + c]!) * (right && left ? 2 : 1) : 0;
          const gy =
            below || above ? (data[atBelow + c]! - data[atAbove + c]!) * (below && above ? 2 : 1) : 0;
          value[c] = fround(value[c]! + fround(weight * data[here + c]!));
          pullX[c] = fround(pullX[c]! - fround(weight * (gx * rx)));
          pullY[c] = fround(pullY[c]! - fround(weight * (gy * ry)));
        }
      }
    }
    const at = ((i - 1) * width + j - 1) * 4;
    for (let c = 0; c < 3; c++) {
      const x = pullX[c]!;
      const y = pullY[c]!;
      const length = fround(Math.sqrt(fround(fround(x * x) + fround(y * y)))) + 1e-20;
      const shift = fround(fround(x + y) / fround(length));
      data[at + c] = toByte(fround(fround(fround(value[c]! / weights) + shift) + 0.5));
    }
  }

  /** Central difference of the distances across a cell, or one-sided where only one neighbour is known. */
  #slope(cell: number, step: number): number {
    const { state, distance } = this.#march;
    const after = state[cell + step] !== INSIDE;
    const before = state[cell - step] !== INSIDE;
    if (after && before) return fround(fround(distance[cell + step]! - distance[cell - step]!) * 0.5);
    if (after) return fround(distance[cell + step]! - distance[cell]!);
    return before ? fround(distance[cell]! - distance[cell - step]!) : 0;
  }
}

/** Rounds half to even and clamps to a byte. */
function toByte(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return Math.max(0, Math.min(255, rounded));
}
