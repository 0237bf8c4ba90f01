import { closeSync, openSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { RunEvent } from "../event-log.js";
import { fileError, makeFolder, writeFully } from "../files.js";
import { scalarRecord, versionRecord } from "./event-record.js";

/** The event files of a run, one folder a phase, so that TensorBoard shows each phase as a run of its own. */
export interface ScalarBoard {
  /** Adds the metrics of an event; what is null or not finite is left out, and so is an event without metrics. Throws an InfrastructureError. */
  append(event: RunEvent): void;
  /** Writes the files anew from these events alone: what a resumed run does again must not stand there twice. */
  rewrite(events: readonly RunEvent[]): void;
  /** Twice is fine. */
  close(): void;
}

export interface ScalarBoardOptions {
  /** Milliseconds since 1970; names the files. */
  readonly clock?: () => number;
}

/** Tags as a TRL run has them in TensorBoard: transformers' `TensorBoardCallback` puts this before each metric. */
const PREFIX = "train/";

const isEventFile = (name: string) => name.startsWith("events.out.tfevents.");

/**
 * Opens the event files below a folder and brings them to the state of these events. Metric `reward` of phase `grpo` becomes the
 * scalar `train/reward` in `FOLDER/grpo/`.
 *
 * @example
 * const board = openScalarBoard("runs/a/tensorboard", readEvents("runs/a/events.jsonl"));
 * // tensorboard --logdir runs
 */
export function openScalarBoard(
  folder: string,
  events: readonly RunEvent[] = [],
  { clock = Date.now }: ScalarBoardOptions = {},
): ScalarBoard {
  const files = new Map<string, number>();
  let opened = 0;

  const open = (phase: string, wallTime: number): number => {
    const known = files.get(phase);
    if (known !== undefined) return known;
    const own = join(folder, folderName(phase));
    makeFolder(own);
    const seconds = String(Math.floor(clock() / 1000)).padStart(10, "0");
    const path = join(own, `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${opened++}`);
    try {
      const descriptor = openSync(path, "w");
      files.set(phase, descriptor);
      writeFully(descriptor, versionRecord(wallTime));
      return descriptor;
    } catch (error) {
      throw fileError("write", path, error);
    }
  };

  const board: ScalarBoard = {
    append({ phase, step, time, metrics = {} }) {
      const scalars = Object.fromEntries(
        Object.entries(metrics).flatMap(([name, value]) =>
          value === null || !Number.isFinite(value) ? [] : [[PREFIX + name, value]],
        ),
      );
      if (Object.keys(scalars).length === 0) return;
      const wallTime = Date.parse(time) / 1000;
      const descriptor = open(phase, wallTime);
      try {
        writeFully(descriptor, scalarRecord({ wallTime, step, scalars }));
      } catch (error) {
        throw fileError("write", join(folder, folderName(phase)), error);
      }
    },
    rewrite(all) {
      board.close();
      removeEventFiles(folder);
      for (const event of all) board.append(event);
    },
    close() {
      for (const descriptor of files.values()) closeSync(descriptor);
      files.clear();
    },
  };
  board.rewrite(events);
  return board;
}

/** A phase as the name of a folder. */
const folderName = (phase: string) => phase.replace(/[^\w.-]+/g, "_").replace(/^\.+/, "_") || "_";

function removeEventFiles(folder: string): void {
  try {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
      if (isEventFile(name.split(/[\\/]/).at(-1) ?? "")) rmSync(join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw fileError("clear", folder, error);
  }
}
