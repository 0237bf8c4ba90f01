/** FrontCoder's constants, in code points unless said otherwise. */
export interface RepetitionOptions {
  /** Window length, default 8000. */
  readonly window?: number;
  /** Distance of window starts, default 4000. */
  readonly step?: number;
  /** Share of repeated n-grams inside one window from which it counts as degenerate, default 0.65. */
  readonly local?: number;
  /** Jaccard similarity of two near windows from which they count as copies, default 0.85. */
  readonly jaccard?: number;
  /** Length of the n-grams, default 8. */
  readonly gram?: number;
  /** Texts and windows shorter than this are not judged, default 100. */
  readonly minimum?: number;
}

/** Repetition found in a text. */
export interface Repetition {
  readonly degenerate: boolean;
  /** Highest share of repeated n-grams inside one window, 0..1. */
  readonly local: number;
  /** Highest Jaccard similarity of a window with one of the next two, 0..1. */
  readonly between: number;
}

/**
 * Finds degenerate repetition by n-grams in sliding windows (FrontCoder, I_rep). Time and memory are linear: every n-gram of
 * the text is numbered once, and a window is a range of numbers.
 */
export function findRepetition(text: string, options: RepetitionOptions = {}): Repetition {
  const { window = 8000, step = 4000, local = 0.65, jaccard = 0.85, gram = 8, minimum = 100 } = options;
  const codes = codePoints(text);
  const starts: number[] = [];
  if (codes.length >= minimum)
    for (let start = 0; codes.length - start >= Math.max(minimum, gram); start += step) starts.push(start);
  const { ids, distinct } = numberGrams(codes, gram);
  const seenIn = new Int32Array(distinct).fill(-1);
  const windows = starts.map((start, index) => {
    const end = Math.min(start + window, codes.length) - gram + 1;
    const unique: number[] = [];
    for (let i = start; i < end; i++) {
      const id = ids[i]!;
      if (seenIn[id] === index) continue;
      seenIn[id] = index;
      unique.push(id);
    }
    return { unique, total: end - start };
  });
  const worstLocal = Math.max(0, ...windows.map(({ unique, total }) => 1 - unique.length / total));
  let worstBetween = 0;
  const mark = new Int32Array(distinct).fill(-1);
  for (const [i, { unique }] of windows.entries()) {
    for (const id of unique) mark[id] = i;
    for (const other of windows.slice(i + 1, i + 3)) {
      let shared = 0;
      for (const id of other.unique) if (mark[id] === i) shared++;
      worstBetween = Math.max(worstBetween, shared / (unique.length + other.unique.length - shared));
    }
  }
  return {
    degenerate: worstLocal >= local || worstBetween >= jaccard,
    local: worstLocal,
    between: worstBetween,
  };
}

/** The code points of a text. */
function codePoints(text: string): Uint32Array {
  const codes = new Uint32Array(text.length);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i++;
    codes[count++] = code;
  }
  return codes.subarray(0, count);
}

/** Gives equal n-grams equal numbers; `ids[i]` is that of the n-gram starting at i. Hashes, then compares: exact. */
function numberGrams(codes: Uint32Array, gram: number): { ids: Int32Array; distinct: number } {
  const count = Math.max(0, codes.length - gram + 1);
  const ids = new Int32Array(count);
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
  const firsts = new Int32Array(mask + 1).fill(-1);
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    let hash = 0;
    for (let k = 0; k < gram; k++) hash = Math.imul(hash, 0x01000193) + codes[i + k]!;
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0x2c1b3c6d) >>> 8;
    for (slot &= mask; ; slot = (slot + 1) & mask) {
      const first = firsts[slot]!;
      if (first === -1) {
        firsts[slot] = i;
        ids[i] = distinct++;
        break;
      }
      if (equalGrams(codes, first, i, gram)) {
        ids[i] = ids[first]!;
        break;
      }
    }
  }
  return { ids, distinct };
}

function equalGrams(codes: Uint32Array, a: number, b: number, gram: number): boolean {
  for (let k = 0; k < gram; k++) if (codes[a + k] !== codes[b + k]) return false;
  return true;
}
