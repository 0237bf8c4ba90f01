import { type BenchFigure, figure, median } from "./figure.js";

/** How often and after what a function is timed. */
export interface TimingOptions {
  /** Runs that count. */
  readonly repeats: number;
  /** Milliseconds for which it runs uncounted before, until the engine has compiled what is short; default 100. At least one run. */
  readonly warmUp?: number;
  /** Milliseconds, rising. Default: wall-clock or processor time of this process, as the function says. */
  readonly clock?: () => number;
}

/** Seconds of each counted run of a function, once it is warm; runs that are not counted have negative numbers. */
export function secondsOf(options: TimingOptions, work: (run: number) => unknown): Promise<number[]> {
  return timed({ clock: () => performance.now(), ...options }, work);
}

/**
 * The same in processor time, which a busy machine changes less: for work that never waits. Its counted runs have other numbers
 * than those of `secondsOf`, so that what is remembered of one helps no other.
 */
export function processorSecondsOf(
  options: TimingOptions,
  work: (run: number) => unknown,
): Promise<number[]> {
  return timed({ clock: processorMilliseconds, ...options }, (run) =>
    work(run < 0 ? run : options.repeats + run),
  );
}

async function timed(
  { repeats, warmUp = 100, clock }: TimingOptions & { readonly clock: () => number },
  work: (run: number) => unknown,
): Promise<number[]> {
  const begun = clock();
  let uncounted = 0;
  do await work(--uncounted);
  while (clock() - begun < warmUp);
  const seconds: number[] = [];
  for (let run = 0; run < repeats; run++) {
    const start = clock();
    await work(run);
    seconds.push((clock() - start) / 1000);
  }
  return seconds;
}

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A rate against the baseline's, both from medians of seconds a run; without a baseline where none was measured. */
export function rateFigure(
  name: string,
  unit: string,
  seconds: readonly number[],
  baseline: readonly number[] = [],
): BenchFigure {
  return figure(name, 1 / median(seconds), unit, baseline.length === 0 ? null : 1 / median(baseline));
}
