/** Which column each row got; rows ascending. Both lists have `min(rows, columns)` entries. */
export interface Assignment {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** A dense matrix of finite numbers, row by row. */
export interface CostMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** Packs rows of equal length into a matrix. */
export function costMatrix(rows: readonly (readonly number[])[]): CostMatrix {
  return {
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    data: Float64Array.from(rows.flat()),
  };
}

/**
 * The assignment of rows to different columns with the smallest sum, by shortest augmenting paths (Crouse 2016).
 * Among assignments of equal cost it picks the one SciPy's `linear_sum_assignment` picks.
 * Throws a RangeError when an entry is not a finite number.
 *
 * @example
 * linearSumAssignment(costMatrix([[4, 1], [2, 3]])); // { rows: [0, 1], columns: [1, 0] }
 */
export function linearSumAssignment({ rows, columns, data }: CostMatrix): Assignment {
  for (let i = 0; i < rows * columns; i++) {
    if (!Number.isFinite(data[i])) {
      throw new RangeError(`Costs should be finite numbers, but entry ${i} is ${data[i]}.`);
    }
  }
  if (rows === 0 || columns === 0) return { rows: [], columns: [] };
  if (columns < rows) {
    const flipped = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) flipped[j * rows + i] = data[i * columns + j]!;
    }
    const rowOf = [...augmentRows(columns, rows, flipped)];
    const order = rowOf.map((_, column) => column).sort((a, b) => rowOf[a]! - rowOf[b]!);
    return { rows: order.map((column) => rowOf[column]!), columns: order };
  }
  return { rows: Array.from({ length: rows }, (_, i) => i), columns: [...augmentRows(rows, columns, data)] };
}

/** One row of a cost matrix assigned to one column. */
export interface Assigned {
  readonly row: number;
  readonly column: number;
}

/** {@link linearSumAssignment} of the costs that a function gives, as pairs in order of the row. */
export function assign(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): Assigned[] {
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) data[row * columns + column] = cost(row, column);
  }
  const found = linearSumAssignment({ rows, columns, data });
  return found.rows.map((row, at) => ({ row, column: found.columns[at]! }));
}

/** `columns >= rows`. Returns the column of each row. */
function augmentRows(rows: number, columns: number, cost: Float64Array): Int32Array {
  const u = new Float64Array(rows);
  const v = new Float64Array(columns);
  const distance = new Float64Array(columns);
  const previous = new Int32Array(columns).fill(-1);
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  const rowSeen = new Uint8Array(rows);
  const columnSeen = new Uint8Array(columns);
  const remaining = new Int32Array(columns);
  for (let start = 0; start < rows; start++) {
    // Descending, so that a constant matrix gives the identity.
    for (let k = 0; k < columns; k++) remaining[k] = columns - k - 1;
    let left = columns;
    rowSeen.fill(0);
    columnSeen.fill(0);
    distance.fill(Number.POSITIVE_INFINITY);
    let row = start;
    let sink = -1;
    let reached = 0;
    while (sink < 0) {
      rowSeen[row] = 1;
      let at = 0;
      let lowest = Number.POSITIVE_INFINITY;
      for (let k = 0; k < left; k++) {
        const column = remaining[k]!;
        const through = reached + cost[row * columns + column]! - u[row]! - v[column]!;
        if (through < distance[column]!) {
          previous[column] = row;
          distance[column] = through;
        }
        const length = distance[column]!;
        if (length < lowest || (length === lowest && rowOf[column] === -1)) {
          lowest = length;
          at = k;
        }
      }
      reached = lowest;
      const column = remaining[at]!;
      if (rowOf[column] === -1) sink = column;
      else row = rowOf[column]!;
      columnSeen[column] = 1;
      left--;
      remaining[at] = remaining[left]!;
    }
    u[start] = u[start]! + reached;
    for (let i = 0; i < rows; i++) {
      if (rowSeen[i] && i !== start) u[i] = u[i]! + (reached - distance[columnOf[i]!]!);
    }
    for (let j = 0; j < columns; j++) {
      if (columnSeen[j]) v[j] = v[j]! - (reached - distance[j]!);
    }
    for (let column = sink; ; ) {
      const owner = previous[column]!;
      rowOf[column] = owner;
      const next = columnOf[owner]!;
      columnOf[owner] = column;
      column = next;
      if (owner === start) break;
    }
  }
  return columnOf;
}
