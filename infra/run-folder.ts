import { readdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./errors.js";
import { type EventLog, openEventLog } from "./event-log.js";
import { fileError, makeFolder, readTextIfThere, writeFileAtomic } from "./files.js";
import type { JsonObject, JsonValue } from "./json.js";
import { isLocked, type Lock, takeLock } from "./lock.js";
import { openScalarBoard } from "./tensorboard/board.js";
import { programVersions, type Versions } from "./versions.js";

/** What `config.json` holds: everything needed to do the run again. */
export interface RunRecord {
  readonly v: 1;
  /** When the run was first started, ISO 8601, UTC. */
  readonly started: string;
  /** The command line that started it, when known. */
  readonly command: string | null;
  readonly versions: Versions;
  /** All settings, seeds among them. */
  readonly config: JsonObject;
}

/** The folder of one run: `config.json`, `events.jsonl`, `tensorboard/`, `checkpoints/`, `report.html`, `summary.json`. */
export interface RunFolder extends RunRecord {
  readonly path: string;
  /** True when the folder held a run with the same configuration. */
  readonly resumed: boolean;
  /** Versions that differ from those the run was started with: results may differ from an uninterrupted run. */
  readonly versionChanges: readonly { readonly name: string; readonly was: string; readonly is: string }[];
  readonly events: EventLog;
  /** Paths of what the run leaves behind. */
  readonly checkpoints: string;
  readonly reportPath: string;
  readonly summaryPath: string;
  /** Writes a file of the run in one step; returns its path. */
  write(name: string, data: string | Uint8Array): string;
  /** Closes the log and gives the folder free. Twice is fine. */
  close(): void;
}

export interface OpenRunOptions {
  readonly command?: string;
  readonly versions?: Versions;
  /** Whether metrics are written to TensorBoard's event files as well, below `tensorboard/`. Default true. */
  readonly tensorboard?: boolean;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/** A folder with only these in it is a run that was stopped before its configuration was written. */
const OWN_NAMES = new Set(["checkpoints", "events.jsonl", "progress.json", "tensorboard"]);
const LOCK = ".lock";

/**
 * Opens a run folder: makes it, or resumes it when it holds a run with an equal configuration.
 *
 * Throws a UsageError when another process has it open, when its run was started with another configuration (naming what
 * differs), or when the folder holds something else; an InfrastructureError when the disk does not play along.
 *
 * @example
 * const run = openRun("runs/quickstart", { seed: 1, grpo: { groupSize: 8 } });
 * run.events.append({ phase: "sft", step: 0, type: "metrics", metrics: { loss: 3.2 } });
 * run.close();
 */
export function openRun(path: string, config: JsonObject, options: OpenRunOptions = {}): RunFolder {
  const { command, versions = programVersions(), tensorboard = true, clock = Date.now } = options;
  makeFolder(path);
  const lock = takeLock(join(path, LOCK), `The run folder ${path}`);
  try {
    const known = readRecord(path);
    if (known) refuseOtherConfig(path, known.config, config);
    else refuseForeignFolder(path);
    const record: RunRecord = known ?? {
      v: 1,
      started: new Date(clock()).toISOString(),
      command: command ?? null,
      versions,
      config,
    };
    if (!known) writeFileAtomic(join(path, "config.json"), `${JSON.stringify(record, null, 2)}\n`);
    makeFolder(join(path, "checkpoints"));
    const log = openEventLog(join(path, "events.jsonl"), { clock });
    const events = tensorboard ? withScalarBoard(log, join(path, "tensorboard"), clock) : log;
    return openFolder(path, record, lock, events, known, versions);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A log whose metrics also go to TensorBoard's event files; what is dropped from it is dropped there. */
function withScalarBoard(log: EventLog, folder: string, clock: () => number): EventLog {
  const board = openScalarBoard(folder, log.read(), { clock });
  return {
    ...log,
    append(input) {
      const event = log.append(input);
      board.append(event);
      return event;
    },
    rewind(phase, step) {
      const dropped = log.rewind(phase, step);
      if (dropped > 0) board.rewrite(log.read());
      return dropped;
    },
    close() {
      board.close();
      log.close();
    },
  };
}

function openFolder(
  path: string,
  record: RunRecord,
  lock: Lock,
  events: EventLog,
  known: RunRecord | undefined,
  versions: Versions,
): RunFolder {
  const names = [...new Set([...Object.keys(record.versions), ...Object.keys(versions)])].sort();
  const write = (name: string, data: string | Uint8Array) => {
    writeFileAtomic(join(path, name), data);
    return join(path, name);
  };
  return {
    ...record,
    path,
    resumed: known !== undefined,
    versionChanges: names
      .map((name) => ({ name, was: record.versions[name] ?? "absent", is: versions[name] ?? "absent" }))
      .filter(({ was, is }) => was !== is),
    events,
    checkpoints: join(path, "checkpoints"),
    reportPath: join(path, "report.html"),
    summaryPath: join(path, "summary.json"),
    write,
    close() {
      try {
        events.close();
      } finally {
        lock.release();
      }
    },
  };
}

/** The record of a run folder, or undefined when there is none. Does not lock. */
export function readRecord(path: string): RunRecord | undefined {
  const file = join(path, "config.json");
  const text = readTextIfThere(file);
  if (text === undefined) return undefined;
  let record: Partial<RunRecord> | null;
  try {
    record = JSON.parse(text) as Partial<RunRecord> | null;
  } catch {
    throw new UsageError(`${file} is not JSON. Delete ${path} to start over, or choose another folder.`);
  }
  if (record?.v !== 1 || typeof record.config !== "object" || typeof record.versions !== "object") {
    throw new UsageError(
      `${file} is not the configuration of a run this program can resume. Delete ${path} to start over, or choose another folder.`,
    );
  }
  return record as RunRecord;
}

/** Whether a process has the run in this folder open. */
export function isRunOpen(path: string): boolean {
  return isLocked(join(path, LOCK));
}

function refuseOtherConfig(path: string, was: JsonObject, is: JsonObject): void {
  const differences = configDifferences(was, is);
  if (differences.length === 0) return;
  throw new UsageError(
    `The run in ${path} was started with another configuration: ${differences.join("; ")}. ` +
      `Use the same settings to resume it, choose another folder, or delete ${path} to start over.`,
  );
}

function refuseForeignFolder(path: string): void {
  let names: string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    throw fileError("read the folder", path, error);
  }
  const foreign = names.filter((name) => !OWN_NAMES.has(name) && !name.startsWith("."));
  if (foreign.length === 0) return;
  throw new UsageError(
    `The folder ${path} holds other files (${foreign.slice(0, 3).join(", ")}${foreign.length > 3 ? ", ..." : ""}) and no run. ` +
      "Choose an empty or a new folder.",
  );
}

/**
 * What differs between two configurations, one line a key, keys as dotted paths.
 *
 * @example
 * configDifferences({ grpo: { steps: 60 } }, { grpo: { steps: 80 } }); // ["grpo.steps is 60 there and 80 here"]
 */
export function configDifferences(was: JsonObject, is: JsonObject): string[] {
  const [before, after] = [flatten(was), flatten(is)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .sort()
    .map((key) => `${key} is ${before.get(key) ?? "not set"} there and ${after.get(key) ?? "not set"} here`);
}

function flatten(
  value: JsonValue | undefined,
  path = "",
  into = new Map<string, string>(),
): Map<string, string> {
  if (value === undefined) return into;
  const isLeaf = value === null || typeof value !== "object" || Array.isArray(value);
  if (isLeaf || (Object.keys(value).length === 0 && path !== ""))
    return into.set(path, JSON.stringify(value));
  for (const [key, child] of Object.entries(value))
    flatten(child, path === "" ? key : `${path}.${key}`, into);
  return into;
}
