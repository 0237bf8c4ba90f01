// Causal softmax attention with grouped queries; nothing of size time x time is ever held. Four queries go together;
// they see the keys up to the last of them. Keys and values are packed once for all heads of a group.

import { exp4, log, max4, sum4 } from "./exp";
import { copyTile, packColumns8, packRows8 } from "./pack";
import { columnTile4x8, rowTile4x8 } from "./tile";

/** Queries whose weights are held together in the gradient. */
const BLOCK: i32 = 32;

/** Row length of the buffers of weights: an odd number of cache lines, so that columns do not share a cache set. */
@inline
function weightsRow(time: i32): i32 {
  return ((((time + 15) >> 4) | 1) << 4) << 2;
}

@inline
function roundUp8(x: i32): i32 {
  return (x + 7) & ~7;
}

/** `out` like `query`; `logSums [batch, heads, time]`. */
export function attention(
  query: usize, key: usize, value: usize, out: usize, logSums: usize,
  batch: i32, time: i32, heads: i32, kvHeads: i32, size: i32, scratch: usize,
): void {
  const group = heads / kvHeads;
  const queryRow = (heads * size) << 2;
  const keyRow = (kvHeads * size) << 2;
  const wRow = weightsRow(time);
  const scale = f32(1) / sqrt<f32>(f32(size));
  const tile = scratch;
  const weights = tile + 128;
  const keysT = weights + 4 * wRow;
  const values = keysT + ((roundUp8(time) * size) << 2);
  for (let b = 0; b < batch; b++) {
    for (let kv = 0; kv < kvHeads; kv++) {
      const from = b * time * keyRow + ((kv * size) << 2);
      packRows8(key + from, keyRow, size, time, keysT);
      packColumns8(value + from, keyRow, time, size, values);
      for (let h = kv * group; h < (kv + 1) * group; h++) {
        const head = b * time * queryRow + ((h * size) << 2);
        const sums = logSums + (((b * heads + h) * time) << 2);
        for (let i = 0; i < time; i += 4) {
          const rows = min(4, time - i);
          const seen = i + rows;
          products(query + head + i * queryRow, queryRow, rows, keysT, size, seen, weights, wRow);
          for (let r = 0; r < rows; r++) {
            const row = weights + r * wRow;
            const total = softmaxRow(row, i + r + 1, seen, scale, sums + ((i + r) << 2));
            scaleRow(row, seen, f32(1) / total);
          }
          mix(weights, wRow, rows, values, time, seen, size, out + head + i * queryRow, queryRow, tile);
        }
      }
    }
  }
}

/** `to[4, seen] = a[rows, size] · panels`: scores of four queries against the first `seen` keys. */
@inline
function products(
  a: usize, aRow: usize, rows: i32, panels: usize, size: i32, seen: i32, to: usize, toRow: usize,
): void {
  for (let j = 0; j < seen; j += 8) {
    rowTile4x8(a, aRow, rows, panels + ((j * size) << 2), 32, to + (j << 2), toRow, size, false);
  }
}

/** `to[rows, size] = weights[rows, seen] · panels [size / 8][time][8]`. */
@inline
function mix(
  weights: usize, wRow: usize, rows: i32, panels: usize, time: i32, seen: i32, size: i32,
  to: usize, toRow: usize, tile: usize,
): void {
  for (let j = 0; j < size; j += 8) {
    const panel = panels + ((j * time) << 2);
    const columns = min(8, size - j);
    if (rows == 4 && columns == 8) {
      rowTile4x8(weights, wRow, 4, panel, 32, to + (j << 2), toRow, seen, false);
    } else {
      rowTile4x8(weights, wRow, rows, panel, 32, tile, 32, seen, false);
      copyTile(tile, to + (j << 2), toRow, rows, columns, false);
    }
  }
}

/**
 * Replaces the first `count` scores by `exp(scale * (score - highest))`, and those up to `seen` by 0. Stores the log of
 * the sum of the exponentials of the scaled scores and returns the sum as it stands in the row.
 */
export function softmaxRow(row: usize, count: i32, seen: i32, scale: f32, logSum: usize): f32 {
  const end = row + (count << 2);
  const padded = row + (((count + 3) & ~3) << 2);
  for (let p = end; p < padded; p += 4) store<f32>(p, -Infinity);
  let highest = f32x4.splat(-Infinity);
  for (let p = row; p < padded; p += 16) highest = f32x4.pmax(highest, v128.load(p));
  const top = max4(highest);
  highest = f32x4.splat(top);
  const scales = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  for (let p = row; p < padded; p += 16) {
    const e = exp4(f32x4.mul(f32x4.sub(v128.load(p), highest), scales));
    sums = f32x4.add(sums, e);
    v128.store(p, e);
  }
  const limit = row + (((seen + 3) & ~3) << 2);
  for (let p = end; p < limit; p += 4) store<f32>(p, 0);
  const sum = sum4(sums);
  store<f32>(logSum, f32(log(sum)) + top * scale);
  return sum;
}

@inline
export function scaleRow(row: usize, count: i32, factor: f32): void {
  const end = row + (count << 2);
  for (; row < end; row += 16) v128.store(row, f32x4.mul(v128.load(row), f32x4.splat(factor)));
}

/** Gradients of `attention` from its inputs, its two outputs and the gradient `dOut` of the first. */
export function attentionGradient(
  query: usize, key: usize, value: usize, out: usize, logSums: usize, dOut: usize,
  dQuery: usize, dKey: usize, dValue: usize,
  batch: i32, time: i32, heads: i32, kvHeads: i32, size: i32, scratch: usize,
): void {
  const group = heads / kvHeads;
  const queryRow = (heads * size) << 2;
  const keyRow = (kvHeads * size) << 2;
  const wRow = weightsRow(time);
  const padded = roundUp8(size);
  const sumRow = padded << 2;
  const scale = f32(1) / sqrt<f32>(f32(size));
  const tile = scratch;
  const weights = tile + 128;
  const slopes = weights + BLOCK * wRow;
  const keysT = slopes + BLOCK * wRow;
  const valuesT = keysT + ((roundUp8(time) * size) << 2);
  const keys = valuesT + ((roundUp8(time) * size) << 2);
  const queries = keys + time * sumRow;
  const gradients = queries + BLOCK * sumRow;
  const keySums = gradients + BLOCK * sumRow;
  const valueSums = keySums + (time + 4) * sumRow;
  for (let b = 0; b < batch; b++) {
    for (let kv = 0; kv < kvHeads; kv++) {
      const from = b * time * keyRow + ((kv * size) << 2);
      packRows8(key + from, keyRow, size, time, keysT);
      packRows8(value + from, keyRow, size, time, valuesT);
      packColumns8(key + from, keyRow, time, size, keys);
      memory.fill(keySums, 0, 2 * (time + 4) * sumRow);
      for (let h = kv * group; h < (kv + 1) * group; h++) {
        const head = b * time * queryRow + ((h * size) << 2);
        const sums = logSums + (((b * heads + h) * time) << 2);
        for (let start = 0; start < time; start += BLOCK) {
          const rows = min(BLOCK, time - start);
          const at = head + start * queryRow;
          for (let i = 0; i < rows; i += 4) {
            const four = min(4, rows - i);
            const seen = start + i + four;
            const row = at + i * queryRow;
            const w = weights + i * wRow;
            const s = slopes + i * wRow;
            products(query + row, queryRow, four, keysT, size, seen, w, wRow);
            products(dOut + row, queryRow, four, valuesT, size, seen, s, wRow);
            for (let r = 0; r < four; r++) {
              const t = start + i + r;
              const delta = dotHead(out + row + r * queryRow, dOut + row + r * queryRow, size);
              const logSum = load<f32>(sums + (t << 2));
              slopesRow(w + r * wRow, s + r * wRow, t + 1, start + rows, scale, logSum, delta);
            }
            mix(s, wRow, four, keys, time, seen, size, dQuery + row, queryRow, tile);
          }
          packColumns8(query + at, queryRow, rows, size, queries);
          packColumns8(dOut + at, queryRow, rows, size, gradients);
          for (let j = 0; j < start + rows; j += 4) {
            // Queries before the first of these keys do not see them.
            const skip = max(0, j - start);
            const below = skip * wRow + (j << 2);
            for (let c = 0; c < padded; c += 8) {
              const panel = ((c * rows) << 2) + (skip << 5);
              const to = j * sumRow + (c << 2);
              columnTile4x8(slopes + below, wRow, queries + panel, 32, keySums + to, sumRow, rows - skip, true);
              columnTile4x8(weights + below, wRow, gradients + panel, 32, valueSums + to, sumRow, rows - skip, true);
            }
          }
        }
      }
      for (let t = 0; t < time; t++) {
        memory.copy(dKey + from + t * keyRow, keySums + t * sumRow, size << 2);
        memory.copy(dValue + from + t * keyRow, valueSums + t * sumRow, size << 2);
      }
    }
  }
}

/**
 * Turns a row of scores into weights, and the row beside it from gradients of the weights into gradients of the scores
 * (scaled). Both are 0 from `count` to `end` rounded up to a tile.
 */
function slopesRow(weights: usize, slopes: usize, count: i32, end: i32, scale: f32, logSum: f32, delta: f32): void {
  const scales = f32x4.splat(scale);
  const bytes = ((count + 3) & ~3) << 2;
  for (let p = 0; p < bytes; p += 16) {
    const w = exp4(f32x4.sub(f32x4.mul(v128.load(weights + p), scales), f32x4.splat(logSum)));
    const d = f32x4.sub(v128.load(slopes + p), f32x4.splat(delta));
    v128.store(weights + p, w);
    v128.store(slopes + p, f32x4.mul(f32x4.mul(w, d), scales));
  }
  const limit = ((end + 3) & ~3) << 2;
  for (let p = count << 2; p < limit; p += 4) {
    store<f32>(weights + p, 0);
    store<f32>(slopes + p, 0);
  }
}

function dotHead(a: usize, b: usize, size: i32): f32 {
  const end = a + ((size & ~3) << 2);
  let sums = f32x4.splat(0);
  for (; a < end; a += 16, b += 16) sums = f32x4.add(sums, f32x4.mul(v128.load(a), v128.load(b)));
  let sum = sum4(sums);
  for (let rest = size & 3; rest > 0; rest--, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}
