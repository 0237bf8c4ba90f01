import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../../infra/errors.js";
import { type RunEvent, readEvents } from "../../infra/event-log.js";
import type { JsonObject, JsonValue } from "../../infra/json.js";
import { type ProgressRecord, readProgress } from "../../infra/progress-record.js";
import { isRunOpen, type RunRecord, readRecord } from "../../infra/run-folder.js";

/** How a phase of a run stands. */
export interface PhaseView {
  readonly name: string;
  readonly state: "to come" | "under way" | "done" | "stopped";
  readonly done: number;
  /** Null when nobody knows. */
  readonly total: number | null;
  readonly unit: string;
  /** Time it has taken in s; null before it began. */
  readonly seconds: number | null;
  /** Time until it is done at its pace so far in s; null when that cannot be said. */
  readonly secondsLeft: number | null;
}

/** A run as those who watch it see it. */
export interface RunView {
  /** Name of its folder. */
  readonly name: string;
  readonly record: RunRecord;
  /** `running`: a process has it open. `stopped`: none has, and it is not done. */
  readonly status: "running" | "done" | "stopped";
  readonly phases: readonly PhaseView[];
  readonly events: readonly RunEvent[];
  readonly hasReport: boolean;
}

/** Names of files of a run, as the page reads them. */
const [EVENTS, PROGRESS, SUMMARY, REPORT] = [
  "events.jsonl",
  "progress.json",
  "summary.json",
  "report.html",
] as const;

/** Reads the run in a folder as it is now. Throws a UsageError when there is none, naming those beside it. */
export function readRun(path: string, clock: () => number = Date.now): RunView {
  const record = readRecord(path);
  if (record === undefined) throw new UsageError(`There is no run in ${path}.${runsBeside(path)}`);
  const events = readEvents(join(path, EVENTS));
  const isOpen = isRunOpen(path);
  const progress = readProgress(join(path, PROGRESS)) ?? progressOf(events, record);
  const isDone = existsSync(join(path, SUMMARY)) || isComplete(progress);
  const status = isOpen ? "running" : isDone ? "done" : "stopped";
  return {
    name: basename(resolve(path)),
    record,
    status,
    phases: phasesOf(progress, isOpen, isOpen ? clock() : Date.parse(events.at(-1)?.time ?? record.started)),
    events,
    hasReport: existsSync(join(path, REPORT)),
  };
}

/** A text that changes whenever what `readRun` reads does. */
export function runSignature(path: string): string {
  const stamps = ["config.json", EVENTS, PROGRESS, SUMMARY, REPORT].map((name) => {
    const stat = statSync(join(path, name), { throwIfNoEntry: false });
    return stat === undefined ? "-" : `${stat.mtimeMs}/${stat.size}/${stat.ino}`;
  });
  return [...stamps, isRunOpen(path)].join();
}

const isComplete = ({ plan, phases }: ProgressRecord): boolean =>
  plan.length > 0 &&
  plan.every((name) => phases.some((phase) => phase.name === name && phase.ended !== null));

/**
 * Phases in the order in which they ran, then those to come; each once, as it was last.
 *
 * @param until milliseconds since 1970: now, or the last that was heard of a run that nobody has open
 */
export function phasesOf({ plan, phases }: ProgressRecord, isOpen: boolean, until: number): PhaseView[] {
  const last = new Map(phases.map((phase) => [phase.name, phase]));
  const seen = [...last.values()].map((phase): PhaseView => {
    const { name, unit, done, total, before, started, ended } = phase;
    const seconds = Math.max(0, (ended === null ? until : Date.parse(ended)) - Date.parse(started)) / 1000;
    const worked = done - before;
    const left = total === null || worked <= 0 ? null : (seconds / worked) * Math.max(0, total - done);
    const state = ended !== null ? "done" : isOpen ? "under way" : "stopped";
    const secondsLeft = state === "under way" ? left : null;
    return { name, state, done, total, unit, seconds, secondsLeft };
  });
  const coming = plan
    .filter((name) => !last.has(name))
    .map(
      (name): PhaseView => ({
        name,
        state: "to come",
        done: 0,
        total: null,
        unit: "steps",
        seconds: null,
        secondsLeft: null,
      }),
    );
  return [...seen, ...coming];
}

/** What the event log alone tells of the progress of a run that kept no record of it. */
function progressOf(events: readonly RunEvent[], { config }: RunRecord): ProgressRecord {
  const names = [...new Set(events.map(({ phase }) => phase))];
  const phases = names.map((name) => {
    const own = events.filter(({ phase }) => phase === name);
    const done = Math.max(...own.map(({ step }) => step));
    const total = stepsIn(config.recipe, name);
    const isDone = total !== null && done >= total;
    const { time: started } = own[0]!;
    const { time: ended } = own.at(-1)!;
    return {
      name,
      unit: "steps",
      done,
      total,
      before: 0,
      metrics: {},
      started,
      ended: isDone ? ended : null,
      message: null,
    };
  });
  return { v: 1, plan: [], phases };
}

/** The steps that a recipe gives a phase: `recipe.grpo.steps`. */
function stepsIn(recipe: JsonValue | undefined, phase: string): number | null {
  const steps = member(member(recipe, phase), "steps");
  return typeof steps === "number" ? steps : null;
}

function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject)[key] : undefined;
}

function runsBeside(path: string): string {
  const parent = dirname(resolve(path));
  try {
    const runs = readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(parent, entry.name, "config.json")))
      .map(({ name }) => join(dirname(path), name));
    return runs.length === 0 ? "" : ` There are: ${runs.join(", ")}.`;
  } catch {
    return "";
  }
}
