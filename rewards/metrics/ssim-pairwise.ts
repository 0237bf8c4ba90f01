/** The sum of `values[from .. from + count)` in numpy's order of additions, so that the last bit agrees. */
export function pairwiseSum(values: Float64Array, from: number, count: number): number {
  if (count < 8) {
    let sum = 0;
    for (let i = from; i < from + count; i++) sum += values[i]!;
    return sum;
  }
  if (count > 128) {
    const half = count >> 1;
    const left = half - (half % 8);
    return pairwiseSum(values, from, left) + pairwiseSum(values, from + left, count - left);
  }
  let r0 = 0;
  let r1 = 0;
  let r2 = 0;
  let r3 = 0;
  let r4 = 0;
  let r5 = 0;
  let r6 = 0;
  let r7 = 0;
  const end = from + count - (count % 8);
  for (let i = from; i < end; i += 8) {
    r0 += values[i]!;
    r1 += values[i + 1]!;
    r2 += values[i + 2]!;
    r3 += values[i + 3]!;
    r4 += values[i + 4]!;
    r5 += values[i + 5]!;
    r6 += values[i + 6]!;
    r7 += values[i + 7]!;
  }
  let sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  for (let i = end; i < from + count; i++) sum += values[i]!;
  return sum;
}

/** Index of a sample outside a line, mirrored with the edge sample repeated (`d c b a | a b c d | d c b a`). */
export function mirrored(index: number, length: number): number {
  const period = 2 * length;
  const wrapped = ((index % period) + period) % period;
  return wrapped < length ? wrapped : period - 1 - wrapped;
}

/** Values that numpy (2.3 and later) adds up in one go when it reduces a strided array: as many whole rows as fit. */
const NUMPY_BUFFER = 8192;

/** The mean of rows that arrive one by one, with the additions in numpy's order. */
export class RowMean {
  readonly #rowLength: number;
  readonly #buffer: Float64Array;
  #filled = 0;
  #count = 0;
  #sum = 0;

  constructor(rowLength: number) {
    this.#rowLength = rowLength;
    this.#buffer = new Float64Array(Math.max(1, Math.floor(NUMPY_BUFFER / rowLength)) * rowLength);
  }

  /** Room for the next row, to be filled by the caller before the next call. */
  nextRow(): Float64Array {
    if (this.#filled === this.#buffer.length) this.#flush();
    this.#filled += this.#rowLength;
    this.#count += this.#rowLength;
    return this.#buffer.subarray(this.#filled - this.#rowLength, this.#filled);
  }

  mean(): number {
    this.#flush();
    return this.#sum / this.#count;
  }

  #flush(): void {
    this.#sum += pairwiseSum(this.#buffer, 0, this.#filled);
    this.#filled = 0;
  }
}
