// Row-major float32 matrix products in the three forms a linear layer and its gradients need. Pointers are in bytes,
// sizes in elements.

import { columnTile4x8, dot, dotTile2x4, rowTile4x8 } from "./tile";
import { copyTile, packColumns4, packColumns8, packRows8 } from "./pack";

/** Rows of `a` are taken in blocks of about this many bytes, to stay in the first-level cache. */
const BLOCK_BYTES: i32 = 24576;
/** Steps along k between two visits to `c` in `gemmTransposedA`. */
const DEPTH: i32 = 256;

/** From this many rows on, packing `b` pays. */
const PACK_FROM: i32 = 48;

/**
 * `c[m, n] = a[m, k] · b[n, k]ᵀ`. `scratch` holds `(roundUp8(n) * k + 32) * 4` bytes, or 0 bytes when `m` is below 48.
 */
export function gemmTransposedB(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, scratch: usize,
): void {
  if (m >= PACK_FROM) {
    packRows8(b, k << 2, k, n, scratch + 128);
    multiplyPacked(a, scratch + 128, c, m, n, k, scratch);
  } else {
    multiplyRows(a, b, c, m, n, k);
  }
}

/** `gemmTransposedB` by dot products, which need no packing. */
function multiplyRows(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32): void {
  const row = k << 2;
  const cRow = n << 2;
  const block = max(2, (BLOCK_BYTES / (k << 2)) & ~1);
  const wide = n & ~3;
  for (let start = 0; start < m; start += block) {
    const end = min(m, start + block);
    const even = start + ((end - start) & ~1);
    for (let j = 0; j < wide; j += 4) {
      const bj = b + j * row;
      let ai = a + start * row;
      let ci = c + start * cRow + (j << 2);
      for (let i = start; i < even; i += 2) {
        dotTile2x4(ai, row, bj, row, ci, cRow, k);
        ai += 2 * row;
        ci += 2 * cRow;
      }
      // An odd last row is paired with itself.
      if (even < end) dotTile2x4(ai, 0, bj, row, ci, 0, k);
    }
    for (let j = wide; j < n; j++) {
      for (let i = start; i < end; i++) {
        store<f32>(c + i * cRow + (j << 2), dot(a + i * row, b + j * row, k));
      }
    }
  }
}

/** `c[m, n] = a[m, k] · b[k, n]`. `scratch` holds `(roundUp8(n) * k + 32) * 4` bytes. */
export function gemm(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, scratch: usize): void {
  const tile = scratch;
  const panels = scratch + 128;
  packColumns8(b, n << 2, k, n, panels);
  multiplyPacked(a, panels, c, m, n, k, tile);
}

/** `c[m, n] = a[m, k] · b` with `b` packed by `packColumns8`. `tile` holds 128 bytes. */
export function multiplyPacked(a: usize, panels: usize, c: usize, m: i32, n: i32, k: i32, tile: usize): void {
  const aRow = k << 2;
  const cRow = n << 2;
  const block = max(4, (BLOCK_BYTES / (k << 2)) & ~3);
  for (let start = 0; start < m; start += block) {
    const end = min(m, start + block);
    for (let j = 0; j < n; j += 8) {
      const panel = panels + ((j * k) << 2);
      const columns = min(8, n - j);
      for (let i = start; i < end; i += 4) {
        const rows = min(4, end - i);
        const ai = a + i * aRow;
        const ci = c + i * cRow + (j << 2);
        if (rows == 4 && columns == 8) {
          rowTile4x8(ai, aRow, 4, panel, 32, ci, cRow, k, false);
        } else {
          rowTile4x8(ai, aRow, rows, panel, 32, tile, 32, k, false);
          copyTile(tile, ci, cRow, rows, columns, false);
        }
      }
    }
  }
}

/**
 * `c[m, n] (+)= a[k, m]ᵀ · b[k, n]`. `scratch` holds `(256 * (roundUp4(m) + roundUp8(n)) + 32) * 4` bytes.
 */
export function gemmTransposedA(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, scratch: usize, accumulate: bool,
): void {
  const tile = scratch;
  const left = scratch + 128;
  const right = left + ((DEPTH * ((m + 3) & ~3)) << 2);
  const cRow = n << 2;
  for (let start = 0; start < k; start += DEPTH) {
    const depth = min(DEPTH, k - start);
    const add = accumulate || start > 0;
    packColumns4(a + ((start * m) << 2), m << 2, depth, m, left);
    packColumns8(b + ((start * n) << 2), n << 2, depth, n, right);
    for (let i = 0; i < m; i += 4) {
      const rows = min(4, m - i);
      const ai = left + ((i * depth) << 2);
      for (let j = 0; j < n; j += 8) {
        const columns = min(8, n - j);
        const bj = right + ((j * depth) << 2);
        const ci = c + i * cRow + (j << 2);
        if (rows == 4 && columns == 8) {
          columnTile4x8(ai, 16, bj, 32, ci, cRow, depth, add);
        } else {
          columnTile4x8(ai, 16, bj, 32, tile, 32, depth, false);
          copyTile(tile, ci, cRow, rows, columns, add);
        }
      }
    }
  }
}
