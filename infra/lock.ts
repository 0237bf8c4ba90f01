import { randomUUID } from "node:crypto";
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { UsageError } from "./errors.js";
import { errorCode, fileError, readTextIfThere, writeFully } from "./files.js";

/** A claim on a folder that no other process holds. */
export interface Lock {
  readonly path: string;
  /** Twice is fine. */
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** What the kernel says about when the process began; tells a process from a later one with the same id. */
  readonly born: string | null;
  readonly token: string;
}

const heldHere = new Set<string>();

/**
 * Takes a lock file, or throws a UsageError that names the process that has it. The lock of a process that is no
 * longer there is taken over.
 *
 * @param what names the locked thing in the error, e.g. `The run folder runs/quickstart`
 */
export function takeLock(path: string, what: string): Lock {
  const mine: Holder = { pid: process.pid, host: hostname(), born: bornAt(process.pid), token: randomUUID() };
  for (let attempt = 0; !create(path, mine); attempt++) {
    const holder = readHolder(path);
    if (holder === undefined) continue;
    if (attempt === 5 || isAlive(holder)) throw inUse(path, what, holder);
    removeStale(path, holder);
  }
  heldHere.add(mine.token);
  return {
    path,
    release() {
      if (!heldHere.delete(mine.token)) return;
      if (readHolder(path)?.token === mine.token) rmSync(path, { force: true });
    },
  };
}

/** Whether a process that is alive, as far as this machine can tell, holds a lock. */
export function isLocked(path: string): boolean {
  const holder = readHolder(path);
  return holder !== undefined && isAlive(holder);
}

/** Writes the whole lock beside its place, then links it there, so that nobody reads half a lock. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.token}`;
  try {
    const descriptor = openSync(draft, "wx");
    try {
      writeFully(descriptor, JSON.stringify(holder));
    } finally {
      closeSync(descriptor);
    }
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw fileError("write the lock", path, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Undefined when the lock went away meanwhile. What cannot be read as a lock counts as held by nobody. */
function readHolder(path: string): Holder | undefined {
  const text = readTextIfThere(path);
  if (text === undefined) return undefined;
  const nobody = { pid: 0, host: hostname(), born: null, token: text };
  try {
    const read: unknown = JSON.parse(text);
    return isHolder(read) ? read : nobody;
  } catch {
    return nobody;
  }
}

function isHolder(value: unknown): value is Holder {
  const { pid, host, token } = (value ?? {}) as Partial<Record<keyof Holder, unknown>>;
  return typeof pid === "number" && typeof host === "string" && typeof token === "string";
}

/** Another process may be taking the same lock over: what was moved away is looked at before it is thrown away. */
function removeStale(path: string, stale: Holder): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (readHolder(aside)?.token !== stale.token) linkSync(aside, path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" && errorCode(error) !== "EEXIST")
      throw fileError("take over", path, error);
  } finally {
    rmSync(aside, { force: true });
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return heldHere.has(holder.token);
  if (!Number.isInteger(holder.pid) || holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errorCode(error) === "ESRCH") return false;
  }
  return holder.born === null || holder.born === bornAt(holder.pid);
}

/** Boot id and start time in clock ticks, on Linux; null elsewhere. */
function bornAt(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${boot}/${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return null;
  }
}

function inUse(path: string, what: string, holder: Holder): UsageError {
  const who =
    holder.host === hostname()
      ? `process ${holder.pid}${holder.pid === process.pid ? " (this one)" : ""}`
      : `process ${holder.pid} on ${holder.host}`;
  return new UsageError(
    `${what} is in use by ${who}. Wait until it ends, or choose another folder; if it has ended, delete ${path}.`,
  );
}
