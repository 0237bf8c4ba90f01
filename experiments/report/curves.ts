import type { RunEvent } from "../../infra/event-log.js";

/** A measured value, and the line through its neighbours. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
  readonly smooth: number;
}

/** One metric over the steps of one phase. */
export interface CurvePhase {
  readonly phase: string;
  readonly firstStep: number;
  readonly lastStep: number;
  readonly points: readonly CurvePoint[];
}

/** One metric over the phases that measured it, in the order they ran. */
export interface Curve {
  readonly metric: string;
  readonly phases: readonly CurvePhase[];
}

/** Most points drawn per phase; more are averaged in neighbouring bunches. */
export const MOST_POINTS = 240;

/** The metrics of a run by name, in the order of their first appearance. Null values are left out. */
export function curvesOf(events: readonly RunEvent[]): Map<string, Curve> {
  const measured = new Map<string, Map<string, { step: number; value: number }[]>>();
  for (const { phase, step, metrics = {} } of events) {
    for (const [metric, value] of Object.entries(metrics)) {
      if (value === null) continue;
      const phases = measured.get(metric) ?? new Map<string, { step: number; value: number }[]>();
      const points = phases.get(phase) ?? [];
      points.push({ step, value });
      measured.set(metric, phases.set(phase, points));
    }
  }
  return new Map(
    [...measured].map(([metric, phases]) => [metric, { metric, phases: [...phases].map(toPhase) }]),
  );
}

function toPhase([phase, points]: [string, { step: number; value: number }[]]): CurvePhase {
  const sorted = points.toSorted((a, b) => a.step - b.step);
  const thinned = thin(sorted, MOST_POINTS);
  const smoothed = smooth(thinned.map(({ value }) => value));
  return {
    phase,
    firstStep: sorted[0]!.step,
    lastStep: sorted.at(-1)!.step,
    points: thinned.map((point, i) => ({ ...point, smooth: smoothed[i] as number })),
  };
}

/** Averages neighbours so that at most `most` points remain; steps are rounded to whole ones. */
export function thin(
  points: readonly { step: number; value: number }[],
  most: number,
): { step: number; value: number }[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, i) => {
    const start = Math.floor((i * points.length) / most);
    const bunch = points.slice(start, Math.floor(((i + 1) * points.length) / most));
    const average = (pick: (point: { step: number; value: number }) => number) =>
      bunch.reduce((sum, point) => sum + pick(point), 0) / bunch.length;
    return { step: Math.round(average(({ step }) => step)), value: average(({ value }) => value) };
  });
}

/**
 * A centred, triangularly weighted moving average over about a sixth of the values. It has no lag, and a straight line
 * stays a straight line but near its ends.
 */
export function smooth(values: readonly number[]): number[] {
  const reach = values.length < 5 ? 0 : Math.max(1, Math.round(values.length / 12));
  return values.map((_, center) => {
    let [sum, weights] = [0, 0];
    for (let offset = -reach; offset <= reach; offset++) {
      const value = values[center + offset];
      if (value === undefined) continue;
      const weight = reach + 1 - Math.abs(offset);
      sum += weight * value;
      weights += weight;
    }
    return sum / weights;
  });
}

/** The range of some values with about `count` round ticks inside it. A range of nothing becomes one around its value. */
export function scaleOf(
  values: readonly number[],
  count = 4,
): { low: number; high: number; ticks: number[] } {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.length === 0) [low, high] = [0, 1];
  // Ticks are rounded to twelve digits, so values that differ only behind them are one value.
  if (high - low < Math.max(1e-12, 1e-9 * Math.max(Math.abs(low), Math.abs(high)))) {
    const room = Math.abs(high) > 1e-9 ? Math.abs(high) * 0.1 : 1;
    [low, high] = [low - room, high + room];
  }
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  return { low: ticks[0] as number, high: ticks.at(-1) as number, ticks };
}
