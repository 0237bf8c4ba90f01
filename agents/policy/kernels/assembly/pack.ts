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
  for (let j = 0; j < n; j += 8) {
    const columns = min(8, n - j);
    let p = from + j * row;
    for (let c = 0; c < 8; c++) {
      let target = to + (c << 2);
      if (c < columns) {
        for (let i = 0; i < k; i++) {
          store<f32>(target, load<f32>(p + (i << 2)));
          target += 32;
        }
        p += row;
      } else {
        for (let i = 0; i < k; i++) {
          store<f32>(target, 0);
          target += 32;
        }
      }
    }
    to += k << 5;
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
