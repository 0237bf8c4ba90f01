import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from "node:fs";
import { InfrastructureError, UsageError } from "./errors.js";
import { fileError, readTextIfThere, writeFileAtomic, writeFully } from "./files.js";
import type { JsonObject, JsonValue } from "./json.js";

/** The version of the event format that this program writes. */
export const EVENT_VERSION = 1;

/**
 * Measured values by metric name. Null is a value that could not be taken. Names are those of TRL's GRPOTrainer
 * (https://huggingface.co/docs/trl/grpo_trainer#logged-metrics) where it has one, so that dashboards made for it work.
 */
export type Metrics = Readonly<Record<string, number | null>>;

/** What a caller says about something that happened; the log adds the version and the time. */
export interface EventInput {
  /** 1 for the first of its phase; 0 for what comes before. */
  readonly step: number;
  /** E.g. `sft`, `grpo`, `compare`. */
  readonly phase: string;
  /** E.g. `metrics`, `phase_started`, `phase_done`, `warning`. */
  readonly type: string;
  readonly metrics?: Metrics;
  /** One sentence for a person. */
  readonly message?: string;
  /** Anything else worth keeping. */
  readonly data?: JsonObject;
}

/** One line of `events.jsonl`. */
export interface RunEvent extends EventInput {
  readonly v: typeof EVENT_VERSION;
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** An append-only log of events, one JSON object a line. */
export interface EventLog {
  readonly path: string;
  /** Adds one event and returns it as written. A number that is not finite is written as null. Throws an InfrastructureError. */
  append(event: EventInput): RunEvent;
  /** All events so far, oldest first. */
  read(): RunEvent[];
  /**
   * Drops the events of `phase` after `step`, in one step on disk: what a resumed run is about to do again.
   * Returns how many were dropped.
   */
  rewind(phase: string, step: number): number;
  /** Twice is fine. */
  close(): void;
}

/**
 * Opens a log, making the file when there is none. A last line torn by a crash is cut off; every other line stays.
 *
 * @example
 * const log = openEventLog("runs/a/events.jsonl");
 * log.append({ step: 0, phase: "grpo", type: "metrics", metrics: { reward: 0.4, "rewards/checklist/mean": 0.5 } });
 */
export function openEventLog(path: string, { clock = Date.now }: { clock?: () => number } = {}): EventLog {
  let descriptor: number | undefined = openTrimmed(path);
  const opened = (): number => {
    if (descriptor === undefined) {
      throw new UsageError(`The event log ${path} is closed; open it again before writing to it.`);
    }
    return descriptor;
  };
  return {
    path,
    append(input) {
      const event: RunEvent = { v: EVENT_VERSION, time: new Date(clock()).toISOString(), ...input };
      appendWhole(opened(), path, `${JSON.stringify(event)}\n`);
      return event;
    },
    read: () => readEvents(path),
    rewind(phase, step) {
      const events = readEvents(path);
      const kept = events.filter((event) => event.phase !== phase || event.step <= step);
      if (kept.length === events.length) return 0;
      closeSync(opened());
      descriptor = undefined;
      writeFileAtomic(path, kept.map((event) => `${JSON.stringify(event)}\n`).join(""));
      descriptor = openTrimmed(path);
      return events.length - kept.length;
    },
    close() {
      if (descriptor === undefined) return;
      const closing = descriptor;
      descriptor = undefined;
      try {
        if (fstatSync(closing).isFile()) fsyncSync(closing);
      } catch (error) {
        throw fileError("write", path, error);
      } finally {
        closeSync(closing);
      }
    },
  };
}

/** All whole events of a log; none when there is no file. Throws what `parseEvents` throws. */
export function readEvents(path: string): RunEvent[] {
  return parseEvents(readTextIfThere(path) ?? "", path);
}

/**
 * Reads the text of a log. A last line without its line end was torn by a crash and is left out. Any other line that is
 * no event throws an InfrastructureError, one of a later format a UsageError.
 */
export function parseEvents(text: string, source = "events.jsonl"): RunEvent[] {
  const lines = text.split("\n");
  lines.pop();
  return lines.flatMap((line, index) =>
    line === "" ? [] : [parseEvent(line, `Line ${index + 1} of ${source}`)],
  );
}

function parseEvent(line: string, where: string): RunEvent {
  let value: JsonValue;
  try {
    value = JSON.parse(line) as JsonValue;
  } catch {
    throw new InfrastructureError(
      `${where} is not JSON: something else wrote to it. Remove that line to go on.`,
    );
  }
  const event = value as unknown as Partial<RunEvent> | null;
  if (event !== null && typeof event === "object" && "v" in event && event.v !== EVENT_VERSION) {
    throw new UsageError(
      `${where} has event format ${JSON.stringify(event.v)}, and this program reads ${EVENT_VERSION}. Use the program that wrote it, or another run folder.`,
    );
  }
  if (
    typeof event?.time !== "string" ||
    typeof event.step !== "number" ||
    typeof event.phase !== "string" ||
    typeof event.type !== "string"
  ) {
    throw new InfrastructureError(
      `${where} is no event: expected an object with v, time, step, phase and type. Remove that line to go on.`,
    );
  }
  return event as RunEvent;
}

/** Opens for appending; cuts what follows the last line end. */
function openTrimmed(path: string): number {
  try {
    const descriptor = openSync(path, "a+");
    if (fstatSync(descriptor).isFile()) trimTornLine(descriptor);
    return descriptor;
  } catch (error) {
    throw fileError("open", path, error);
  }
}

function trimTornLine(descriptor: number): void {
  const { size } = fstatSync(descriptor);
  const block = Buffer.alloc(65536);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - block.length);
    const read = readSync(descriptor, block, 0, end - start, start);
    const lineEnd = block.subarray(0, read).lastIndexOf(10);
    if (lineEnd >= 0 || start === 0) {
      const whole = start + lineEnd + 1;
      if (whole < size) ftruncateSync(descriptor, whole);
      return;
    }
    end = start;
  }
}

/** Writes a line, or leaves the file as it was. */
function appendWhole(descriptor: number, path: string, line: string): void {
  const stat = fstatSync(descriptor);
  try {
    writeFully(descriptor, line);
  } catch (error) {
    try {
      if (stat.isFile()) ftruncateSync(descriptor, stat.size);
    } catch {
      // The torn line is cut off when the log is next opened.
    }
    throw fileError("write", path, error);
  }
}
