import { readFileSync } from "node:fs";
import { threadId } from "node:worker_threads";

/** Milliseconds of processor time that this process's main thread has used so far; undefined where the system does not tell. */
function ownTime(): number | undefined {
  if (process.platform !== "linux" || threadId !== 0) return undefined;
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "latin1").split(" ");
  return Number(nanoseconds) / 1e6;
}

/**
 * The longest time for which the event loop was held up while work went on, in milliseconds of the main thread's processor time, and the
 * result of the work. How busy the machine is does not count. 0 where the system does not tell.
 */
export async function longestStretch<T>(
  work: () => Promise<T>,
): Promise<{ readonly longest: number; readonly value: T }> {
  let longest = 0;
  let last = ownTime();
  const look = () => {
    const now = ownTime();
    if (now !== undefined && last !== undefined) longest = Math.max(longest, now - last);
    last = now;
  };
  const sampler = setInterval(look, 2);
  try {
    const value = await work();
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { longest, value };
  } finally {
    clearInterval(sampler);
  }
}
