import { readFileSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
import { threadId } from "node:worker_threads";

/** Milliseconds of processor time that this process's main thread has used so far; undefined where the system does not tell. */
function ownTime(): number | undefined {
  if (process.platform !== "linux" || threadId !== 0) return undefined;
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "latin1").split(" ");
  return Number(nanoseconds) / 1e6;
}

/** A time between two turns of the event loop, by the clock, and the processor time used in it; all in milliseconds. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly used: number;
}

/** Stretches shorter than this are no news; so many milliseconds. */
const SHORTEST = 5;

/**
 * The longest time for which the event loop was held up while work went on, in milliseconds of the main thread's processor time, and the
 * result of the work. Neither how busy the machine is counts nor the garbage collector, which goes through what all tests before left
 * in the heap. 0 where the system does not tell.
 */
export async function longestStretch<T>(
  work: () => Promise<T>,
): Promise<{ readonly longest: number; readonly value: T }> {
  const stretches: Stretch[] = [];
  const collections: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
  observer.observe({ entryTypes: ["gc"] });
  let last = { at: performance.now(), used: ownTime() ?? 0 };
  const sampler = setInterval(() => {
    const now = { at: performance.now(), used: ownTime() ?? 0 };
    if (now.used - last.used > SHORTEST)
      stretches.push({ from: last.at, to: now.at, used: now.used - last.used });
    last = now;
  }, 2);
  try {
    const value = await work();
    await new Promise((resolve) => setTimeout(resolve, SHORTEST));
    collections.push(...observer.takeRecords());
    const without = ({ from, to, used }: Stretch) =>
      collections
        .filter(({ startTime }) => startTime >= from && startTime < to)
        .reduce((left, { duration }) => left - duration, used);
    return { longest: Math.max(0, ...stretches.map(without)), value };
  } finally {
    clearInterval(sampler);
    observer.disconnect();
  }
}
