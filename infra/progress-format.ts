/** The state of a phase at one moment, as the formatting functions see it. */
export interface PhaseView {
  readonly name: string;
  /** Counts from 1; 0 when the phase stands in no plan. */
  readonly index: number;
  /** Phases in the plan. */
  readonly planned: number;
  readonly done: number;
  /** Undefined when nobody knows. */
  readonly total: number | undefined;
  /** Plural, e.g. `steps`. */
  readonly unit: string;
  /** Shown as `value name`, e.g. `{ reward: 0.62, "tok/s": 8100 }`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Units a second; null until there is something to measure. */
  readonly rate: number | null;
  /** Since the phase began, ms. */
  readonly elapsed: number;
}

const FULL = "█";
const EMPTY = "░";
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of exactly `cells` characters, drawn to an eighth of a character. `fraction` is clamped to [0, 1]. */
export function bar(fraction: number, cells: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, fraction || 0)) * cells * 8);
  const full = Math.floor(eighths / 8);
  const part = EIGHTHS[eighths % 8] ?? "";
  return FULL.repeat(full) + part + EMPTY.repeat(cells - full - part.length);
}

/**
 * A number in about three figures.
 *
 * @example
 * [0.6234, 12.34, 8123, 2_400_000].map(figure); // ["0.62", "12.3", "8.1k", "2.4M"]
 */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "?";
  const size = Math.abs(value);
  if (size >= 999_500) return `${(value / 1e6).toFixed(1)}M`;
  if (size >= 1000) return `${(value / 1000).toFixed(size >= 99_950 ? 0 : 1)}k`;
  if (Number.isInteger(value)) return String(value);
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 0.01) return value.toFixed(2);
  return value.toPrecision(2);
}

/** Milliseconds as `0:07`, `1:12` or `2:03:04`. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** Milliseconds until the phase is done at its present rate; null when that cannot be said. */
export function timeLeft({ done, total, rate }: PhaseView): number | null {
  if (total === undefined || rate === null || rate <= 0) return null;
  return (Math.max(0, total - done) / rate) * 1000;
}

/**
 * The one line of a phase that is under way, at most `width` characters. What matters least goes first when room is
 * short: the rate, then metrics from the last, then the bar.
 *
 * @example
 * "3/6 GRPO ████████████░░░░░░ 41/60 steps · 0.62 reward · 8.1k tok/s · 1:12 left"
 */
export function runningLine(view: PhaseView, width = Number.POSITIVE_INFINITY): string {
  const left = timeLeft(view);
  const end = left === null ? clockTime(view.elapsed) : `${clockTime(left)} left`;
  const optional = [...metricTexts(view), ...rateText(view)];
  for (let keep = optional.length; keep >= 0; keep--) {
    const tail = [count(view), ...optional.slice(0, keep), end].filter((text) => text !== "").join(" · ");
    const cells = Math.min(20, width - heading(view).length - tail.length - 2);
    if (view.total !== undefined && cells >= 8) {
      return `${heading(view)} ${bar(view.done / Math.max(1, view.total), cells)} ${tail}`;
    }
    const line = `${heading(view)} ${tail}`;
    if ((view.total === undefined || keep === 0) && line.length <= width) return line;
  }
  return heading(view).slice(0, Math.max(0, width));
}

/** The line that stays when a phase has ended, e.g. `3/6 GRPO 60 steps in 2:31 · 0.62 reward`. */
export function finishedLine(view: PhaseView, message?: string): string {
  const work = view.done > 0 ? `${figure(view.done)} ${view.unit} in ` : "";
  const tail = [`${work}${clockTime(view.elapsed)}`, ...(message ? [message] : metricTexts(view))];
  return `${heading(view)} ${tail.join(" · ")}`;
}

function heading({ index, planned, name }: PhaseView): string {
  return index > 0 ? `${index}/${planned} ${name}` : name;
}

function count({ done, total, unit }: PhaseView): string {
  if (total === undefined && done === 0) return "";
  return `${total === undefined ? figure(done) : `${done}/${total}`} ${unit}`;
}

function metricTexts({ metrics }: PhaseView): string[] {
  return Object.entries(metrics).map(([name, value]) => `${figure(value)} ${name}`);
}

/** Slow work reads better the other way round: `0.4 steps/s` as `2.5 s/step`. */
function rateText({ rate, unit }: PhaseView): string[] {
  if (rate === null || rate <= 0) return [];
  return rate >= 0.95 ? [`${figure(rate)} ${unit}/s`] : [`${figure(1 / rate)} s/${unit.replace(/s$/, "")}`];
}
