// Generation with cached keys and values, `[batch, kvHeads, capacity, size]` each.

import { scaleRow, softmaxRow } from "./attention";
import { dotTile2x4 } from "./tile";

/** Copies `from [batch, time, kvHeads, size]` into a cache; row `b` goes to positions from `starts[b]`. */
export function appendToCache(
  from: usize, cache: usize, starts: usize, batch: i32, time: i32, kvHeads: i32, size: i32, capacity: i32,
): void {
  const bytes = size << 2;
  for (let b = 0; b < batch; b++) {
    const start = load<i32>(starts + (b << 2));
    for (let t = 0; t < time; t++) {
      for (let kv = 0; kv < kvHeads; kv++) {
        memory.copy(cache + ((b * kvHeads + kv) * capacity + start + t) * bytes, from, bytes);
        from += bytes;
      }
    }
  }
}

/**
 * `query` and `out` are `[batch, heads, size]`; row `b` sees `lengths[b]` positions. Capacity is a multiple of 4.
 * `scratch` holds `(2 * capacity + 1) * 4` bytes.
 */
export function decodeAttention(
  query: usize, keys: usize, values: usize, lengths: usize, out: usize,
  batch: i32, heads: i32, kvHeads: i32, size: i32, capacity: i32, scratch: usize,
): void {
  const group = heads / kvHeads;
  const bytes = size << 2;
  const wRow = capacity << 2;
  const scale = f32(1) / sqrt<f32>(f32(size));
  const logSum = scratch + 2 * wRow;
  for (let b = 0; b < batch; b++) {
    const count = load<i32>(lengths + (b << 2));
    for (let kv = 0; kv < kvHeads; kv++) {
      const cached = (b * kvHeads + kv) * capacity * bytes;
      for (let g = 0; g < group; g += 2) {
        // Heads go in pairs; an odd last one is paired with itself.
        const at = (b * heads + kv * group + g) * bytes;
        const members = min(2, group - g);
        const step = members == 2 ? bytes : 0;
        for (let j = 0; j < count; j += 4) {
          dotTile2x4(query + at, step, keys + cached + j * bytes, bytes, scratch + (j << 2), wRow, size);
        }
        for (let p = 0; p < members; p++) {
          const row = scratch + p * wRow;
          const total = softmaxRow(row, count, count, scale, logSum);
          scaleRow(row, count, f32(1) / total);
          mixRow(row, count, values + cached, size, out + at + p * bytes);
        }
      }
    }
  }
}

/** `out[size] = weights[count] · values[count, size]`. */
function mixRow(weights: usize, count: i32, values: usize, size: i32, out: usize): void {
  const row = size << 2;
  let column = 0;
  for (; column + 64 <= row; column += 64) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let v = values + column;
    for (let j = 0; j < count; j++, v += row) {
      const w = v128.load_splat<f32>(weights + (j << 2));
      a = f32x4.add(a, f32x4.mul(w, v128.load(v)));
      b = f32x4.add(b, f32x4.mul(w, v128.load(v, 16)));
      c = f32x4.add(c, f32x4.mul(w, v128.load(v, 32)));
      d = f32x4.add(d, f32x4.mul(w, v128.load(v, 48)));
    }
    v128.store(out + column, a);
    v128.store(out + column, b, 16);
    v128.store(out + column, c, 32);
    v128.store(out + column, d, 48);
  }
  for (; column < row; column += 4) {
    let sum: f32 = 0;
    for (let j = 0; j < count; j++) sum += load<f32>(weights + (j << 2)) * load<f32>(values + j * row + column);
    store<f32>(out + column, sum);
  }
}
