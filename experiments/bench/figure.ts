import { InfrastructureError } from "../../infra/errors.js";

/** One measured figure, as `webgen bench --json` prints it. */
export interface BenchFigure {
  readonly name: string;
  readonly value: number;
  /** E.g. `tokens/s`. */
  readonly unit: string;
  /** The same quantity for what it is compared with, measured in the same run; null where there is nothing to compare with. */
  readonly baseline: number | null;
  /** `value / baseline`, above 1 when better; null without a baseline, or with one of 0. */
  readonly ratio: number | null;
}

/** A figure where more is better. */
export function figure(
  name: string,
  value: number,
  unit: string,
  baseline: number | null = null,
): BenchFigure {
  return {
    name,
    value,
    unit,
    baseline,
    ratio: baseline === null || baseline === 0 ? null : value / baseline,
  };
}

/** The middle of some numbers. Throws a RangeError when there are none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("The median of no numbers was asked for.");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Says on standard error that something is not measured, and why. */
export function skipped(what: string, why: string): void {
  process.stderr.write(`Skipped: ${what}; ${why.replace(/\.$/, "")}.\n`);
}

/** Throws an InfrastructureError when two equal things did not score 1: what is measured is then wrong. */
export function mustBeOne(metric: string, value: number | null): void {
  if (value === null || Math.abs(value - 1) > 1e-9)
    throw new InfrastructureError(`${metric} gives ${value} for two equal pages, and not 1.`);
}
