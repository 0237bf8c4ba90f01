/** Adds up the time during which any of its work was under way; overlapping work counts once. */
export interface Stopwatch {
  time<T>(work: Promise<T>): Promise<T>;
  /** Busy time so far in s, of finished stretches. */
  seconds(): number;
}

/** @param clock milliseconds, rising */
export function createStopwatch(clock: () => number = () => performance.now()): Stopwatch {
  let [underWay, busySince, busy] = [0, 0, 0];
  return {
    seconds: () => busy / 1000,
    async time(work) {
      if (underWay++ === 0) busySince = clock();
      try {
        return await work;
      } finally {
        if (--underWay === 0) busy += clock() - busySince;
      }
    },
  };
}
