import { expect } from "chai";

const MEGABYTE = 1_000_000;
/**
 * Most processor time for two megabytes, and by how much it may exceed that for one: linear work takes twice as much, quadratic four times.
 * A busy machine inflates both, so the bounds are wider than what a quiet one shows (2.2 and a second).
 */
const LIMIT = 2000;
const RATIO = 3;
/** Processor time in ms below which a ratio says nothing but how coarse the clock is. */
const FLOOR = 200;
const ATTEMPTS = 12;

/** A hostile text: what is repeated, and what stands around it. */
export interface Repetition {
  readonly before?: string;
  readonly unit: string;
  readonly after?: string;
}

export const repeated = ({ before = "", unit, after = "" }: Repetition, length: number): string =>
  before + unit.repeat(Math.ceil(length / unit.length)) + after;

function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Expects that two megabytes of a repetition take at most three times the processor time of one, and at most two seconds. Processor
 * time counts the garbage collector's threads, too, which do not always run, so the least of several attempts counts.
 */
export function expectLinear(name: string, repetition: Repetition, work: (text: string) => void): void {
  const [one, two] = [repeated(repetition, MEGABYTE), repeated(repetition, 2 * MEGABYTE)];
  let [shorter, longer] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    shorter = Math.min(
      shorter,
      processorTime(() => work(one)),
    );
    longer = Math.min(
      longer,
      processorTime(() => work(two)),
    );
    if (longer <= LIMIT && (longer <= FLOOR || longer <= RATIO * shorter)) return;
    if (longer > 20 * LIMIT) break;
  }
  expect.fail(
    `${name}: 1 MB takes ${Math.round(shorter)} ms and 2 MB ${Math.round(longer)} ms of processor time.`,
  );
}
