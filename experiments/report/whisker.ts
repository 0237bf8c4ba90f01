import type { Estimate } from "../statistics.js";
import { percent } from "./format.js";
import { html, type Markup } from "./html.js";

/** The range that whiskers of one column share. */
export interface Axis {
  readonly low: number;
  readonly high: number;
}

/** An axis with room for every mean and interval; `include` is kept inside it. */
export function axisOf(estimates: readonly Estimate[], include: readonly number[] = []): Axis {
  const values = estimates.flatMap(({ mean, ci95 }) => [...(mean === null ? [] : [mean]), ...(ci95 ?? [])]);
  const all = [...values, ...include];
  if (all.length === 0) return { low: 0, high: 1 };
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low || 1) * 0.06;
  return { low: low - room, high: high + room };
}

/**
 * A mean as a dot and its 95 % interval as a line, drawn to the width there is. The numbers stand beside it in text.
 *
 * @param zero draws a line at 0, for differences
 */
export function whisker(
  { mean, ci95 }: Estimate,
  { low, high }: Axis,
  { zero = false, isBest = false }: { zero?: boolean; isBest?: boolean } = {},
): Markup {
  const at = (value: number) => percent((value - low) / (high - low));
  return html`<svg class="whisker${isBest ? " best" : ""}" width="100%" height="20" aria-hidden="true"><line class="grid" x1="0" x2="100%" y1="10" y2="10"/>${
    zero && html`<line class="zero" x1="${at(0)}" x2="${at(0)}" y1="0" y2="20"/>`
  }${
    ci95 &&
    html`<line class="range" x1="${at(ci95[0])}" x2="${at(ci95[1])}" y1="10" y2="10"/><line class="range" x1="${at(ci95[0])}" x2="${at(ci95[0])}" y1="6" y2="14"/><line class="range" x1="${at(ci95[1])}" x2="${at(ci95[1])}" y1="6" y2="14"/>`
  }${mean !== null && html`<circle cx="${at(mean)}" cy="10" r="4"/>`}</svg>`;
}

/** Parts of one answer as a row of small bars, 0 to 1 each; an outline alone is a part without a score. */
export function partBars(parts: Readonly<Record<string, number | null>>, names: readonly string[]): Markup {
  const width = 1 / Math.max(1, names.length);
  return html`<svg class="bars" width="100%" height="18" aria-hidden="true">${names.map((name, i) => {
    const value = parts[name] ?? null;
    const height = Math.round(Math.min(1, Math.max(0, value ?? 0)) * 16);
    const [x, wide] = [percent(i * width), percent(width * 0.82)];
    return html`<rect class="${value === null ? "absent" : "track"}" x="${x}" width="${wide}" y="1" height="16"/>${
      height > 0 && html`<rect class="value" x="${x}" width="${wide}" y="${17 - height}" height="${height}"/>`
    }`;
  })}</svg>`;
}
