import { type Curve, type CurvePhase, scaleOf } from "./curves.js";
import { agentLabel, figure, percent } from "./format.js";
import { html, type Markup, trusted } from "./html.js";

/** A curve as the page shows it. */
export interface Chart {
  readonly title: string;
  /** What the metric means, in a few words. */
  readonly note?: string;
  readonly curve: Curve;
  /** Height of the plot in px. */
  readonly height: number;
  /** Emphasised: wider strokes, phase names above. */
  readonly isMain?: boolean;
}

/** What the script in the page needs to read a chart out: `points` are `[step, value, smooth]`. */
export interface ChartData {
  readonly height: number;
  readonly low: number;
  readonly high: number;
  readonly phases: readonly {
    readonly phase: string;
    /** Where the phase lies, as fractions of the width. */
    readonly from: number;
    readonly to: number;
    readonly firstStep: number;
    readonly lastStep: number;
    readonly points: readonly (readonly [step: number, value: number, smooth: number])[];
  }[];
}

const GAP = 0.03;
/** Width of a phase in its own units; stretched to the room there is. */
const UNITS = 1000;

/** Draws a chart that fills the width it is given. Its text keeps its size; its lines keep their weight. */
export function drawChart(chart: Chart, index: number): { markup: Markup; data: ChartData } {
  const { curve, height, title, note, isMain = false } = chart;
  const values = curve.phases.flatMap(({ points }) => points.flatMap(({ value, smooth }) => [value, smooth]));
  const scale = scaleOf(values, isMain ? 4 : 2);
  const y = (value: number) =>
    Number((height - ((value - scale.low) / (scale.high - scale.low)) * height).toFixed(2));
  const spans = curve.phases.map((phase, i) => ({ phase, ...span(i, curve.phases.length) }));
  const last = curve.phases.at(-1)?.points.at(-1)?.smooth;
  const markup = html`<figure class="chart${isMain ? " main" : ""}">
<figcaption><b>${breakable(title)}</b>${note && html` <span class="note">${note}</span>`}<output class="readout">${last === undefined ? "" : figure(last)}</output></figcaption>
<div class="plot" data-chart="${index}" tabindex="0" role="img" aria-label="${describe(title, curve)}">
<svg class="plane" width="100%" height="${height}" aria-hidden="true">
${scale.ticks.map((tick) => html`<line class="grid" x1="0" x2="100%" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="-8" y="${y(tick) + 4}" text-anchor="end">${figure(tick)}</text>`)}
${spans.map(
  ({
    phase,
    from,
    to,
  }) => html`<svg class="phase" x="${percent(from)}" width="${percent(to - from)}" height="${height}" viewBox="0 0 ${UNITS} ${height}" preserveAspectRatio="none">${lines(phase, y)}</svg>
<text class="tick" x="${percent(from)}" y="${height + 16}">${stepText(phase, isMain || curve.phases.length > 1)}</text><text class="tick" x="${percent(to)}" y="${height + 16}" text-anchor="end">${phase.lastStep}</text>`,
)}
<g class="cursor"><line y1="0" y2="${height}"/><circle r="4"/></g>
</svg></div></figure>`;
  return { markup, data: { height, low: scale.low, high: scale.high, phases: spans.map(toData) } };
}

/** A metric's name that may go on in the next line after its slashes and underlines. */
const breakable = (name: string) => name.split(/(?<=[/_])/).flatMap((part) => [part, html`<wbr>`]);

function span(index: number, count: number): { from: number; to: number } {
  const width = (1 - GAP * (count - 1)) / count;
  return { from: index * (width + GAP), to: index * (width + GAP) + width };
}

function stepText({ phase, firstStep }: CurvePhase, named: boolean): string {
  return named ? `${agentLabel(phase)} step ${firstStep}` : `step ${firstStep}`;
}

/** Raw values as dots (lines of no length, so that stretching keeps them round), the smoothed ones as a line. */
function lines({ points, firstStep, lastStep }: CurvePhase, y: (value: number) => number): Markup {
  const x = (step: number) =>
    lastStep === firstStep
      ? UNITS / 2
      : Math.round(((step - firstStep) / (lastStep - firstStep)) * UNITS * 10) / 10;
  const dots = points.map(({ step, value }) => `M${x(step)} ${y(value)}h0`).join("");
  const line = points.map(({ step, smooth }, i) => `${i === 0 ? "M" : "L"}${x(step)} ${y(smooth)}`).join("");
  return trusted(`<path class="raw" d="${dots}"/><path class="smooth" d="${line}"/>`);
}

function toData({
  phase,
  from,
  to,
}: {
  phase: CurvePhase;
  from: number;
  to: number;
}): ChartData["phases"][number] {
  const short = (value: number) => Number(value.toPrecision(4));
  const points = phase.points.map(({ step, value, smooth }) => [step, short(value), short(smooth)] as const);
  return {
    phase: agentLabel(phase.phase),
    from: short(from),
    to: short(to),
    firstStep: phase.firstStep,
    lastStep: phase.lastStep,
    points,
  };
}

/** The curve in words, for those who do not see it. */
function describe(title: string, { phases }: Curve): string {
  const parts = phases.map(({ phase, points, firstStep, lastStep }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${agentLabel(phase)} steps ${firstStep} to ${lastStep}: from ${figure(first.smooth)} to ${figure(last.smooth)}`;
  });
  return `${title}. ${parts.join("; ")}.`;
}
