/** `to[i] = table[ids[i]]`, rows of `width`. */
export function gatherRows(table: usize, ids: usize, to: usize, n: i32, width: i32): void {
  const row = width << 2;
  for (let i = 0; i < n; i++) {
    memory.copy(to, table + load<i32>(ids + (i << 2)) * row, row);
    to += row;
  }
}

/** `table[ids[i]] += rows[i]` on a table that is zeroed first. */
export function scatterAddRows(rows: usize, ids: usize, table: usize, n: i32, width: i32, vocab: i32): void {
  const row = width << 2;
  const vectors = (width & ~3) << 2;
  memory.fill(table, 0, vocab * row);
  for (let i = 0; i < n; i++) {
    const to = table + load<i32>(ids + (i << 2)) * row;
    let j = 0;
    for (; j < vectors; j += 16) v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(rows + j)));
    for (; j < row; j += 4) store<f32>(to + j, load<f32>(to + j) + load<f32>(rows + j));
    rows += row;
  }
}

/** 1 when every id lies in [0, limit). */
export function idsBelow(ids: usize, n: i32, limit: i32): i32 {
  for (let i = 0; i < n; i++) if (load<u32>(ids + (i << 2)) >= u32(limit)) return 0;
  return 1;
}
