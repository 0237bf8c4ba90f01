import { expect } from "chai";

const MEGABYTE = 1_000_000;
/**
 * Most processor time in ms for two megabytes, and by how much it may exceed that for half a megabyte: linear work takes four times as
 * much, quadratic sixteen times. The bounds leave room for a busy machine and a garbage collector with a large heap.
 */
const LIMIT = 2000;
const RATIO = 8;
/** What a quiet machine shows for twice the length; measuring ends as soon as it is seen. */
const QUIET_RATIO = 2.2;
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

/** Largest figures of the repetitions measured so far. */
export interface Growth {
  ratio: number;
  milliseconds: number;
}

export const growth: Growth = { ratio: 0, milliseconds: 0 };

/**
 * Expects that two megabytes of a repetition take at most eight times the processor time of half a megabyte, and at most two seconds.
 * Processor time counts the garbage collector's threads, too, which do not always run, so the least of several attempts counts.
 */
export function expectLinear(name: string, repetition: Repetition, work: (text: string) => void): void {
  const texts = [MEGABYTE / 2, MEGABYTE, 2 * MEGABYTE].map((length) => repeated(repetition, length));
  const least = texts.map(() => Number.POSITIVE_INFINITY);
  const measure = () => {
    for (const [index, text] of texts.entries())
      least[index] = Math.min(
        least[index] as number,
        processorTime(() => work(text)),
      );
  };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    measure();
    const [, one, two] = least as [number, number, number];
    if ((two <= LIMIT / 2 && (two <= FLOOR || two <= QUIET_RATIO * one)) || two > 20 * LIMIT) break;
  }
  const [half, one, two] = least as [number, number, number];
  if (two <= LIMIT && (two <= FLOOR || two <= RATIO * half)) {
    growth.milliseconds = Math.max(growth.milliseconds, two);
    if (two > FLOOR) growth.ratio = Math.max(growth.ratio, two / one);
    return;
  }
  expect.fail(
    `${name}: 0.5 MB takes ${Math.round(half)} ms and 2 MB ${Math.round(two)} ms of processor time.`,
  );
}
