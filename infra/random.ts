import seedrandom from "seedrandom";

/**
 * A named, seeded stream of random numbers. The same path of names from the same seed gives the same numbers,
 * whatever else drew from other streams in between.
 *
 * @example
 * const root = createRandom(7);
 * const tasks = root.stream("tasks");
 * tasks.integer(0, 10); // the same on every machine
 */
export interface RandomStream {
  /** A number in [0, 1) with 53 random bits. */
  next(): number;
  /** An integer in [low, high). */
  integer(low: number, high: number): number;
  /** One item, uniformly. Throws a RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** `count` different items in random order; all of them when `count` is not less than the length. */
  sample<T>(items: readonly T[], count: number): T[];
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** A standard normal number (Box-Muller). */
  normal(): number;
  /** An independent stream. Drawing from it does not move this one. */
  stream(name: string | number): RandomStream;
  /** A 32-bit unsigned integer, for handing to something that takes a seed. */
  seed(): number;
}

/** Opens the root stream of a seed. */
export function createRandom(seed: number | string): RandomStream {
  return openStream(String(seed));
}

function openStream(path: string): RandomStream {
  const generator = seedrandom(path);
  const next = () => generator.double();
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low));
  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = integer(0, i + 1);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  };
  return {
    next,
    integer,
    shuffle,
    pick(items) {
      if (items.length === 0) throw new RangeError("Cannot pick from an empty list.");
      return items[integer(0, items.length)] as (typeof items)[number];
    },
    sample: (items, count) => shuffle(items).slice(0, count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    stream: (name) => openStream(`${path}/${name}`),
    seed: () => generator.int32() >>> 0,
  };
}
