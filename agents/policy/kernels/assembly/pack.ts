// Packing: a matrix is cut into panels a tile wide, each contiguous and padded with zeros, so that a tile reads one
// stream and no cache set is hit twice.

/** `[k, n]` with rows `row` bytes apart -> panels `[ceil(n / 8)][k][8]`. */
export function packColumns8(from: usize, row: usize, k: i32, n: i32, to: usize): void {
  const whole = n & ~7;
  for (let j = 0; j < whole; j += 8) {
    let source = from + (j << 2);
    for (let i = 0; i < k; i++) {
      v128.store(to, v128.load(source));
      v128.store(to, v128.load(source, 16), 16);
      source += row;
      to += 32;
    }
  }
  if (whole < n) packRest(from + (whole << 2), row, k, n - whole, to, 8);
}

/** `[k, n]` with rows `row` bytes apart -> panels `[ceil(n / 4)][k][4]`. */
export function packColumns4(from: usize, row: usize, k: i32, n: i32, to: usize): void {
  const whole = n & ~3;
  for (let j = 0; j < whole; j += 4) {
    let source = from + (j << 2);
    for (let i = 0; i < k; i++) {
      v128.store(to, v128.load(source));
      source += row;
      to += 16;
    }
  }
  if (whole < n) packRest(from + (whole << 2), row, k, n - whole, to, 4);
}

function packRest(from: usize, row: usize, k: i32, columns: i32, to: usize, width: i32): void {
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < width; j++) {
      store<f32>(to, j < columns ? load<f32>(from + (j << 2)) : 0);
      to += 4;
    }
    from += row;
  }
}

/** `[n, k]` with rows `row` bytes apart, read as its transpose `[k, n]` -> panels `[ceil(n / 8)][k][8]`. */
export function packRows8(from: usize, row: usize, k: i32, n: i32, to: usize): void {
  const whole = n & ~7;
  for (let j = 0; j < whole; j += 8) {
    transpose4(from + j * row, row, k, to);
    transpose4(from + (j + 4) * row, row, k, to + 16);
    to += k << 5;
  }
  for (let j = whole; j < whole + 8 && whole < n; j++) {
    let target = to + ((j - whole) << 2);
    for (let i = 0; i < k; i++, target += 32) {
      store<f32>(target, j < n ? load<f32>(from + j * row + (i << 2)) : 0);
    }
  }
}

/** Four rows of length `k` -> `k` groups of four, 32 bytes apart. */
function transpose4(from: usize, row: usize, k: i32, to: usize): void {
  let p0 = from, p1 = p0 + row, p2 = p1 + row, p3 = p2 + row;
  const end = from + ((k & ~3) << 2);
  for (; p0 < end; p0 += 16, p1 += 16, p2 += 16, p3 += 16, to += 128) {
    const a = v128.load(p0), b = v128.load(p1), c = v128.load(p2), d = v128.load(p3);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7), 96);
  }
  for (let rest = k & 3; rest > 0; rest--, p0 += 4, p1 += 4, p2 += 4, p3 += 4, to += 32) {
    v128.store(to, f32x4(load<f32>(p0), load<f32>(p1), load<f32>(p2), load<f32>(p3)));
  }
}

/** The top left `rows` by `columns` of a 4 by 8 tile. */
export function copyTile(tile: usize, to: usize, toRow: usize, rows: i32, columns: i32, accumulate: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const target = to + i * toRow + (j << 2);
      const value = load<f32>(tile + ((i * 8 + j) << 2));
      store<f32>(target, accumulate ? load<f32>(target) + value : value);
    }
  }
}
