import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds of a tick of `/proc/<pid>/stat`. */
const TICK = 10;

/** The process ids of a process and all its descendants. Only the first, or none, where the system does not tell. */
export function processTree(pid: number): number[] {
  const found = [pid];
  try {
    for (const parent of found)
      for (const thread of readdirSync(`/proc/${parent}/task`)) {
        const children = readFileSync(`/proc/${parent}/task/${thread}/children`, "latin1").trim();
        if (children !== "") found.push(...children.split(" ").map(Number));
      }
  } catch {
    // Not Linux, or a process ended meanwhile.
  }
  return found;
}

/** Milliseconds of processor time that processes have used so far, all threads together; undefined when unknown. */
export function processorTime(pids: readonly number[]): number | undefined {
  if (process.platform !== "linux") return undefined;
  let ticks = 0;
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended.
    }
  }
  return ticks * TICK;
}

/** Nanoseconds in a millisecond. */
const NANOSECONDS = 1e6;

/**
 * Milliseconds for which threads of these processes were ready to run and stood in line for a processor, all together, since
 * they began; undefined where the system does not tell. Time in which a thread sleeps does not count.
 */
export function waitingTime(pids: readonly number[]): number | undefined {
  if (process.platform !== "linux") return undefined;
  let nanoseconds = 0;
  for (const pid of pids) {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const [, delay] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1").split(" ");
        nanoseconds += Number(delay);
      }
    } catch {
      // It ended.
    }
  }
  return nanoseconds / NANOSECONDS;
}
