import { readFileSync } from "node:fs";

/**
 * Megabytes of writable memory of the process that has most of it, which is what `ulimit -d` bounds for each; 0 where the system does
 * not tell.
 */
export function largestMemory(pids: readonly number[]): number {
  return Math.max(0, ...pids.map(writableMemory));
}

function writableMemory(pid: number): number {
  try {
    const kilobytes = /^VmData:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0; // It ended, or the system does not tell.
  }
}
