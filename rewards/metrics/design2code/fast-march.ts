/** State of a cell while the front passes over the picture. */
export const KNOWN = 0;
/** State of a pixel at the border of what is known: its distance is a guess. */
export const BAND = 1;
/** State of a pixel that is still to be filled. */
export const INSIDE = 2;
const CHANGE = 3;

/** A grid with a border of one cell on every side, and the distance of each cell from the front. */
export interface March {
  readonly rows: number;
  readonly columns: number;
  readonly state: Uint8Array;
  readonly distance: Float32Array;
}

/** Cells by distance, smallest first; among equal distances the one that came first. A binary heap. */
export class CellQueue {
  readonly #cells: number[] = [];
  readonly #keys: number[] = [];
  readonly #orders: number[] = [];
  #pushed = 0;

  push(cell: number, key: number): void {
    let at = this.#cells.length;
    const order = this.#pushed++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(key, order, parent)) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#put(at, cell, key, order);
  }

  /** The nearest cell, or -1 when none is left. */
  pop(): number {
    const first = this.#cells[0];
    if (first === undefined) return -1;
    const cell = this.#cells.pop()!;
    const key = this.#keys.pop()!;
    const order = this.#orders.pop()!;
    const size = this.#cells.length;
    if (size === 0) return first;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.#before(this.#keys[child + 1]!, this.#orders[child + 1]!, child)) child++;
      if (this.#before(key, order, child)) break;
      this.#copy(child, at);
      at = child;
    }
    this.#put(at, cell, key, order);
    return first;
  }

  #before(key: number, order: number, other: number): boolean {
    const otherKey = this.#keys[other]!;
    return key < otherKey || (key === otherKey && order < this.#orders[other]!);
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#cells[from]!, this.#keys[from]!, this.#orders[from]!);
  }

  #put(at: number, cell: number, key: number, order: number): void {
    this.#cells[at] = cell;
    this.#keys[at] = key;
    this.#orders[at] = order;
  }
}

/** Distance of a cell from the front: the smallest of the four solutions with a vertical and a horizontal neighbour. */
export function arrival({ columns, state, distance }: March, cell: number): number {
  const up = cell - columns;
  const down = cell + columns;
  return Math.min(
    solve(state, distance, up, cell - 1),
    solve(state, distance, down, cell - 1),
    solve(state, distance, up, cell + 1),
    solve(state, distance, down, cell + 1),
  );
}

function solve(state: Uint8Array, distance: Float32Array, first: number, second: number): number {
  const a = distance[first]!;
  const b = distance[second]!;
  if (state[first] !== INSIDE) {
    if (state[second] === INSIDE) return Math.fround(1 + a);
    const difference = a - b;
    if (Math.abs(difference) >= 1) return Math.fround(1 + Math.min(a, b));
    return Math.fround((a + b + Math.sqrt(2 - difference * difference)) * 0.5);
  }
  return Math.fround(1 + (state[second] !== INSIDE ? b : Math.min(a, b)));
}

/** Lets the front run over all INSIDE cells that it reaches from `queue`, then negates their distances. */
export function marchOutward(march: March, queue: CellQueue): void {
  const { columns, rows, state, distance } = march;
  const steps = [-columns, -1, columns, 1];
  for (let cell = queue.pop(); cell >= 0; cell = queue.pop()) {
    state[cell] = CHANGE;
    for (const step of steps) {
      const next = cell + step;
      if (next < columns || next >= rows * columns || next % columns === 0 || state[next] !== INSIDE)
        continue;
      distance[next] = arrival(march, next);
      state[next] = BAND;
      queue.push(next, distance[next]!);
    }
  }
  for (let cell = 0; cell < state.length; cell++) {
    if (state[cell] !== CHANGE) continue;
    state[cell] = KNOWN;
    distance[cell] = -distance[cell]!;
  }
}
