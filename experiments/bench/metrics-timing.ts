import { type BenchFigure, figure, median } from "./figure.js";

/** Milliseconds for which a function runs uncounted: until the engine has compiled what is short. */
const WARM_UP = 100;

/** Runs a function some times, once it is warm, and gives what a clock says each took. */
async function timed(
  repeats: number,
  work: (run: number) => unknown,
  start: () => () => number,
): Promise<number[]> {
  const begun = performance.now();
  let uncounted = 0;
  do await work(--uncounted);
  while (performance.now() - begun < WARM_UP);
  const seconds: number[] = [];
  for (let run = 0; run < repeats; run++) {
    const elapsed = start();
    await work(run);
    seconds.push(elapsed());
  }
  return seconds;
}

/** Seconds of each of some runs of a function, once it is warm; runs that are not counted have negative numbers. */
export function secondsOf(repeats: number, work: (run: number) => unknown): Promise<number[]> {
  return timed(repeats, work, () => {
    const start = performance.now();
    return () => (performance.now() - start) / 1000;
  });
}

/**
 * The same in processor time, which a busy machine changes less: for work that never waits. Its counted runs have other numbers
 * than those of `secondsOf`, so that what is remembered of one helps no other.
 */
export function processorSecondsOf(repeats: number, work: (run: number) => unknown): Promise<number[]> {
  return timed(
    repeats,
    (run) => work(run < 0 ? run : repeats + run),
    () => {
      const start = process.cpuUsage();
      return () => {
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1e6;
      };
    },
  );
}

/** A rate against the baseline's, both from medians of seconds a run. A stored baseline says so in its name. */
export function rateFigure(
  name: string,
  unit: string,
  seconds: readonly number[],
  measured: readonly number[] | undefined,
  stored: number,
): BenchFigure {
  const there = measured !== undefined && measured.length > 0;
  const baseline = there ? median(measured) : stored;
  return figure(there ? name : `${name} (stored baseline)`, 1 / median(seconds), unit, 1 / baseline);
}
