// Bytes of scratch that the kernels ask for; the comments in `kernels/assembly` name the same sums.

export const up4 = (n: number) => (n + 3) & ~3;
export const up8 = (n: number) => (n + 7) & ~7;

const DEPTH = 256;
const TILE = 32;
/** Rows of logits held at a time. */
const CHUNK = 64;
/** Queries held at a time in the gradient of attention. */
const BLOCK = 32;

/** `gemmTransposedA` for a result `[rows, columns]`. */
export function transposedAScratch(rows: number, columns: number): number {
  return (DEPTH * (up4(rows) + up8(columns)) + TILE) * 4;
}

/** `gemm` and `gemmTransposedB` with a right operand of `[columns, depth]` elements. */
export function packedScratch(columns: number, depth: number): number {
  return (up8(columns) * depth + TILE) * 4;
}

export function headScratch(hidden: number, vocab: number): number {
  return CHUNK * vocab * 4 + packedScratch(vocab, hidden);
}

export function headGradientScratch(hidden: number, vocab: number): number {
  return (
    (up8(hidden) * vocab + CHUNK * vocab + TILE) * 4 +
    Math.max(transposedAScratch(vocab, hidden), packedScratch(vocab, hidden))
  );
}

/** Elements of a row of attention weights: an odd number of cache lines. */
function weightsRow(time: number): number {
  return (((time + 15) >> 4) | 1) << 4;
}

export function attentionScratch(time: number, headSize: number): number {
  return (TILE + 4 * weightsRow(time) + up8(time) * headSize + time * up8(headSize)) * 4;
}

export function attentionGradientScratch(time: number, headSize: number): number {
  const weights = 2 * BLOCK * weightsRow(time);
  const transposed = 2 * up8(time) * headSize;
  const sums = (time + 2 * BLOCK + 2 * (time + 4)) * up8(headSize);
  return (TILE + weights + transposed + sums) * 4;
}
