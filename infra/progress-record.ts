import { readTextIfThere } from "./files.js";
import type { Progress } from "./progress.js";

/** One phase of a run as `progress.json` keeps it. */
export interface PhaseRecord {
  readonly name: string;
  /** Plural, e.g. `steps`. */
  readonly unit: string;
  readonly done: number;
  /** Null when nobody knows. */
  readonly total: number | null;
  /** Done before this process began. */
  readonly before: number;
  /** What stands beside the bar, e.g. `{ reward: 0.62 }`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** ISO 8601, UTC; null while it is under way. */
  readonly ended: string | null;
  /** What was said at its end. */
  readonly message: string | null;
}

/** What `progress.json` holds: how far a run is, phase by phase. */
export interface ProgressRecord {
  readonly v: 1;
  /** Names of all phases in order, those to come included. */
  readonly plan: readonly string[];
  readonly phases: readonly PhaseRecord[];
}

export interface RecordOptions {
  readonly plan: readonly string[];
  /** Keeps the text of the record in one step. */
  readonly write: (text: string) => void;
  /** Least milliseconds between two records of one phase under way, default 1000. */
  readonly interval?: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/**
 * Progress that is also kept as data, so that others can watch. Begin and end of a phase are kept at once, what is between at
 * intervals.
 *
 * @example
 * const progress = recordProgress(createProgress({ plan }), { plan, write: (text) => run.write("progress.json", text) });
 */
export function recordProgress(
  progress: Progress,
  { plan, write, interval = 1000, clock = Date.now }: RecordOptions,
): Progress {
  const phases: PhaseRecord[] = [];
  let written = Number.NEGATIVE_INFINITY;
  const now = () => new Date(clock()).toISOString();
  const keep = () => {
    written = clock();
    write(`${JSON.stringify({ v: 1, plan, phases } satisfies ProgressRecord, null, 2)}\n`);
  };
  const endOpen = () => {
    const last = phases.at(-1);
    if (last?.ended === null) phases[phases.length - 1] = { ...last, ended: now() };
  };
  return {
    phase(options) {
      endOpen();
      const phase = progress.phase(options);
      const { name, unit = "steps", total = null, done: before = 0 } = options;
      const at = phases.length;
      phases.push({
        name,
        unit,
        done: before,
        total,
        before,
        metrics: {},
        started: now(),
        ended: null,
        message: null,
      });
      keep();
      return {
        advance(amount = 1, update = {}) {
          phase.advance(amount, update);
          const last = phases[at]!;
          phases[at] = { ...last, done: last.done + amount, metrics: update.metrics ?? last.metrics };
          if (clock() - written >= interval) keep();
        },
        done(message) {
          phase.done(message);
          if (phases[at]!.ended !== null) return;
          phases[at] = { ...phases[at]!, ended: now(), message: message ?? null };
          keep();
        },
      };
    },
    note: (text) => progress.note(text),
    close() {
      progress.close();
      if (phases.at(-1)?.ended === null) keep();
    },
  };
}

/** Reads a record; undefined when there is none or it cannot be read as one: it only serves those who watch. */
export function readProgress(path: string): ProgressRecord | undefined {
  try {
    const record = JSON.parse(readTextIfThere(path) ?? "null") as ProgressRecord | null;
    return record?.v === 1 && Array.isArray(record.plan) && Array.isArray(record.phases) ? record : undefined;
  } catch {
    return undefined;
  }
}
