// Register tiles of the matrix products. All pointers and strides are in bytes. A tile keeps eight accumulators, which
// with two operands and a temporary fit the sixteen vector registers of x64. `accumulate` adds to `c` instead of
// overwriting it.

/** The lane sums of four vectors as one vector. */
@inline
export function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** `c[2, 4] = a[2, k] · b[4, k]ᵀ`; both operands lie contiguous along k, so nothing has to be packed. */
export function dotTile2x4(a: usize, aRow: usize, b: usize, bRow: usize, c: usize, cRow: usize, k: i32): void {
  let a0 = a, a1 = a + aRow;
  let b0 = b, b1 = b + bRow, b2 = b1 + bRow, b3 = b2 + bRow;
  let c00 = f32x4.splat(0), c01 = c00, c02 = c00, c03 = c00;
  let c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  const vectorEnd = a0 + ((k & ~3) << 2);
  while (a0 < vectorEnd) {
    const x = v128.load(a0);
    const y = v128.load(a1);
    let w = v128.load(b0);
    c00 = f32x4.add(c00, f32x4.mul(x, w));
    c10 = f32x4.add(c10, f32x4.mul(y, w));
    w = v128.load(b1);
    c01 = f32x4.add(c01, f32x4.mul(x, w));
    c11 = f32x4.add(c11, f32x4.mul(y, w));
    w = v128.load(b2);
    c02 = f32x4.add(c02, f32x4.mul(x, w));
    c12 = f32x4.add(c12, f32x4.mul(y, w));
    w = v128.load(b3);
    c03 = f32x4.add(c03, f32x4.mul(x, w));
    c13 = f32x4.add(c13, f32x4.mul(y, w));
    a0 += 16; a1 += 16;
    b0 += 16; b1 += 16; b2 += 16; b3 += 16;
  }
  let top = laneSums(c00, c01, c02, c03);
  let bottom = laneSums(c10, c11, c12, c13);
  for (let rest = k & 3; rest > 0; rest--) {
    const w = f32x4(load<f32>(b0), load<f32>(b1), load<f32>(b2), load<f32>(b3));
    top = f32x4.add(top, f32x4.mul(v128.load_splat<f32>(a0), w));
    bottom = f32x4.add(bottom, f32x4.mul(v128.load_splat<f32>(a1), w));
    a0 += 4; a1 += 4;
    b0 += 4; b1 += 4; b2 += 4; b3 += 4;
  }
  v128.store(c, top);
  v128.store(c + cRow, bottom);
}

/** One element of a product of rows. */
export function dot(a: usize, b: usize, k: i32): f32 {
  let sum = f32x4.splat(0);
  const vectorEnd = a + ((k & ~3) << 2);
  while (a < vectorEnd) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16; b += 16;
  }
  let total = f32x4.extract_lane(laneSums(sum, sum, sum, sum), 0);
  for (let rest = k & 3; rest > 0; rest--) {
    total += load<f32>(a) * load<f32>(b);
    a += 4; b += 4;
  }
  return total;
}

/**
 * `c[4, 8] (+)= a[4, k] · b[k, 8]` with the four rows of `a` contiguous along k. Rows at or beyond `rows` repeat the
 * last one; the caller gives room for them in `c`.
 */
export function rowTile4x8(
  a: usize, aRow: usize, rows: i32, b: usize, bStep: usize, c: usize, cRow: usize, k: i32, accumulate: bool,
): void {
  let a0 = a;
  let a1 = rows > 1 ? a0 + aRow : a0;
  let a2 = rows > 2 ? a1 + aRow : a1;
  let a3 = rows > 3 ? a2 + aRow : a2;
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = a0 + (k << 2);
  while (a0 < end) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    let x = v128.load_splat<f32>(a0);
    c00 = f32x4.add(c00, f32x4.mul(x, low));
    c01 = f32x4.add(c01, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, low));
    c11 = f32x4.add(c11, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, low));
    c21 = f32x4.add(c21, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, low));
    c31 = f32x4.add(c31, f32x4.mul(x, high));
    a0 += 4; a1 += 4; a2 += 4; a3 += 4;
    b += bStep;
  }
  putRow(c, c00, c01, accumulate);
  putRow(c + cRow, c10, c11, accumulate);
  putRow(c + 2 * cRow, c20, c21, accumulate);
  putRow(c + 3 * cRow, c30, c31, accumulate);
}

/** `c[4, 8] (+)= a[k, 4]ᵀ · b[k, 8]`: four neighbours of `a` at each step. */
export function columnTile4x8(
  a: usize, aStep: usize, b: usize, bStep: usize, c: usize, cRow: usize, k: i32, accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (; k > 0; k--) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(x, low));
    c01 = f32x4.add(c01, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, low));
    c11 = f32x4.add(c11, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, low));
    c21 = f32x4.add(c21, f32x4.mul(x, high));
    x = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, low));
    c31 = f32x4.add(c31, f32x4.mul(x, high));
    a += aStep;
    b += bStep;
  }
  putRow(c, c00, c01, accumulate);
  putRow(c + cRow, c10, c11, accumulate);
  putRow(c + 2 * cRow, c20, c21, accumulate);
  putRow(c + 3 * cRow, c30, c31, accumulate);
}

@inline
function putRow(c: usize, low: v128, high: v128, accumulate: bool): void {
  if (accumulate) {
    low = f32x4.add(low, v128.load(c));
    high = f32x4.add(high, v128.load(c, 16));
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}
