import { type BenchFigure, figure, median } from "./figure.js";

/** Seconds of each of some runs of a function, after one that is not counted. */
export async function secondsOf(repeats: number, work: (run: number) => unknown): Promise<number[]> {
  await work(-1);
  const seconds: number[] = [];
  for (let run = 0; run < repeats; run++) {
    const start = performance.now();
    await work(run);
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}

/** The same in processor time, which a busy machine changes less: for work that never waits. */
export async function processorSecondsOf(repeats: number, work: (run: number) => unknown): Promise<number[]> {
  await work(-1);
  const seconds: number[] = [];
  for (let run = 0; run < repeats; run++) {
    const start = process.cpuUsage();
    await work(repeats + run);
    const { user, system } = process.cpuUsage(start);
    seconds.push((user + system) / 1e6);
  }
  return seconds;
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
