/**
 * Length of a longest common subsequence of two sequences of non-negative integers, by bit-parallel rows (Hyyrö,
 * "Bit-Parallel LCS-length Computation Revisited", 2004): one machine word holds 32 cells of the classic table, and a common
 * beginning and end are taken off first.
 */
export function lcsLength(a: Int32Array, b: Int32Array): number {
  let start = 0;
  let [aEnd, bEnd] = [a.length, b.length];
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const common = start + a.length - aEnd;
  if (start === aEnd || start === bEnd) return common;
  return common + bitParallel(a.subarray(start, aEnd), b.subarray(start, bEnd));
}

const ALL_ONES = 0xffffffff;

function bitParallel(a: Int32Array, b: Int32Array): number {
  const words = Math.ceil(a.length / 32);
  const masks = positionMasks(a, words);
  // A zero bit at position i says: the best length rises by one at a[i].
  const row = new Uint32Array(words).fill(ALL_ONES);
  for (const item of b) {
    const mask = masks.get(item);
    if (!mask) continue;
    let carry = 0;
    for (let w = 0; w < words; w++) {
      const bits = row[w]!;
      const hits = mask[w]!;
      const sum = bits + ((bits & hits) >>> 0) + carry;
      carry = sum > ALL_ONES ? 1 : 0;
      row[w] = sum | (bits & ~hits);
    }
  }
  let length = 0;
  for (let w = 0; w < words; w++) {
    const used = w === words - 1 && a.length % 32 !== 0 ? ALL_ONES >>> (32 - (a.length % 32)) : ALL_ONES;
    length += countOnes(~row[w]! & used);
  }
  return length;
}

function positionMasks(a: Int32Array, words: number): Map<number, Uint32Array> {
  const masks = new Map<number, Uint32Array>();
  for (let i = 0; i < a.length; i++) {
    let mask = masks.get(a[i]!);
    if (!mask) {
      mask = new Uint32Array(words);
      masks.set(a[i]!, mask);
    }
    mask[i >>> 5]! |= 1 << (i & 31);
  }
  return masks;
}

function countOnes(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
