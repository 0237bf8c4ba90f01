/**
 * The generator MT19937, with the draws that NumPy's legacy `RandomState` and CPython's `random` build on it. Only for
 * repeating what a published program drew; everything else takes its numbers from `infra/random.ts`.
 */
export interface MersenneTwister {
  /** 32 random bits. */
  uint32(): number;
  /** A number in [0, 1) with 53 random bits, `random()` of both libraries. */
  double(): number;
  /** NumPy's `randint(bound)`: an integer in [0, bound), `bound` up to 2^32. */
  randint(bound: number): number;
  /** CPython's `_randbelow(bound)`: an integer in [0, bound), `bound` up to 2^32. */
  below(bound: number): number;
}

const SIZE = 624;
const SHIFT = 397;

/** Seeds with one 32-bit number: as `numpy.random.RandomState(seed)`, or as CPython's `random.seed(seed)`. */
export function mersenneTwister(seed: number, flavour: "numpy" | "cpython"): MersenneTwister {
  const state = new Uint32Array(SIZE);
  initialise(state, flavour === "numpy" ? seed : 19650218);
  if (flavour === "cpython") mixKey(state, seed);
  let at = SIZE;
  const uint32 = (): number => {
    if (at === SIZE) {
      twist(state);
      at = 0;
    }
    let y = state[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return {
    uint32,
    double: () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992,
    randint(bound) {
      const largest = bound - 1;
      if (!(largest > 0)) return 0;
      const mask = 0xffffffff >>> Math.clz32(largest);
      let value = (uint32() & mask) >>> 0;
      while (value > largest) value = (uint32() & mask) >>> 0;
      return value;
    },
    below(bound) {
      if (!(bound > 0)) return 0;
      const unused = Math.clz32(bound);
      let value = uint32() >>> unused;
      while (value >= bound) value = uint32() >>> unused;
      return value;
    },
  };
}

function initialise(state: Uint32Array, seed: number): void {
  state[0] = seed >>> 0;
  for (let i = 1; i < SIZE; i++) {
    const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = Math.imul(previous, 1812433253) + i;
  }
}

/** `init_by_array` with the one key `seed`. */
function mixKey(state: Uint32Array, seed: number): void {
  let i = 1;
  for (let k = 0; k < SIZE; k++) {
    const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = (state[i]! ^ Math.imul(previous, 1664525)) + (seed >>> 0);
    if (++i >= SIZE) {
      state[0] = state[SIZE - 1]!;
      i = 1;
    }
  }
  for (let k = 0; k < SIZE - 1; k++) {
    const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = (state[i]! ^ Math.imul(previous, 1566083941)) - i;
    if (++i >= SIZE) {
      state[0] = state[SIZE - 1]!;
      i = 1;
    }
  }
  state[0] = 0x80000000;
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < SIZE; i++) {
    const y = (state[i]! & 0x80000000) | (state[(i + 1) % SIZE]! & 0x7fffffff);
    state[i] = state[(i + SHIFT) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

/** CPython's `random.shuffle` of a copy. */
export function pythonShuffle<T>(items: readonly T[], twister: MersenneTwister): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = twister.below(i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** CPython's `random.sample(range(n), k)`; all n when k is larger. */
export function pythonSample(n: number, k: number, twister: MersenneTwister): number[] {
  const count = Math.max(0, Math.min(k, n));
  const setSize = count > 5 ? 21 + 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 21;
  const drawn: number[] = [];
  if (n <= setSize) {
    const pool = Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < count; i++) {
      const j = twister.below(n - i);
      drawn.push(pool[j]!);
      pool[j] = pool[n - i - 1]!;
    }
    return drawn;
  }
  const seen = new Set<number>();
  while (drawn.length < count) {
    const j = twister.below(n);
    if (seen.has(j)) continue;
    seen.add(j);
    drawn.push(j);
  }
  return drawn;
}
