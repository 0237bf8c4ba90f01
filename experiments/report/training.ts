import type { RunEvent } from "../../infra/event-log.js";
import { type Chart, type ChartData, drawChart } from "./chart.js";
import { type Curve, curvesOf } from "./curves.js";
import { agentLabel } from "./format.js";
import { html, type Markup } from "./html.js";

/** What a metric means in a few words, in the order of the plots. Metrics that are not here are folded away after these. */
const MEANINGS: readonly (readonly [metric: string, meaning: string])[] = [
  ["loss", ""],
  ["entropy", "nats a token"],
  ["kl", "from the start, nats a token"],
  ["frac_reward_zero_std", "fraction of groups without spread"],
  ["reward_std", "spread of rewards of a step"],
  ["completions/mean_length", "tokens"],
  ["completions/clipped_ratio", "fraction cut at the limit"],
  ["completions/rendered_ratio", "fraction that rendered"],
  ["clip_ratio/low_mean", "fraction of tokens"],
  ["clip_ratio/high_mean", "fraction of tokens"],
  ["grad_norm", ""],
  ["learning_rate", ""],
];

/** The plots of a report. */
export interface TrainingSections {
  /** Total reward, then one small plot per part; undefined without any. All plots have the names of their metrics. */
  readonly rewards: Markup | undefined;
  /** Losses, lengths, clipping and so on, phase by phase; undefined without any. */
  readonly health: Markup | undefined;
  /** What the script needs, in the order of the plots' `data-chart` numbers. */
  readonly data: readonly ChartData[];
}

/** Draws what the events of a run measured. */
export function trainingSections(events: readonly RunEvent[]): TrainingSections {
  const curves = curvesOf(events);
  const data: ChartData[] = [];
  const draw = (chart: Chart): Markup => {
    const drawn = drawChart(chart, data.length);
    data.push(drawn.data);
    return drawn.markup;
  };
  const total = curves.get("reward");
  const parts = [...curves.values()].filter(({ metric }) => partOf(metric) !== undefined);
  const rewards = html`${
    total && draw({ title: "reward", note: "mean of each step", curve: total, height: 230, isMain: true })
  }${
    parts.length > 0 &&
    html`<h3>By part</h3><div class="multiples">${parts.map((curve) =>
      draw({ title: curve.metric, curve, height: 84 }),
    )}</div>`
  }`;
  const phases = phasesOf(curves);
  const health = html`${phases.map(
    (phase) =>
      html`<h3>${agentLabel(phase)}</h3><div class="multiples">${knownOf(curves, phase).map(draw)}</div>${folded(othersOf(curves, phase), draw)}`,
  )}`;
  return {
    rewards: total || parts.length > 0 ? rewards : undefined,
    health: phases.length > 0 ? health : undefined,
    data,
  };
}

function partOf(metric: string): string | undefined {
  return /^rewards\/(.+)\/mean$/.exec(metric)?.[1];
}

function phasesOf(curves: ReadonlyMap<string, Curve>): string[] {
  const phases = new Set([...curves.values()].flatMap(({ phases }) => phases.map(({ phase }) => phase)));
  return [...phases].filter((phase) => [...knownOf(curves, phase), ...othersOf(curves, phase)].length > 0);
}

function folded(charts: readonly Chart[], draw: (chart: Chart) => Markup): Markup | undefined {
  if (charts.length === 0) return undefined;
  return html`<details><summary>${charts.length} more</summary><div class="multiples">${charts.map(draw)}</div></details>`;
}

const MEANING = new Map(MEANINGS);

const knownOf = (curves: ReadonlyMap<string, Curve>, phase: string): Chart[] =>
  chartsOf(curves, phase, [...MEANING.keys()]);

function othersOf(curves: ReadonlyMap<string, Curve>, phase: string): Chart[] {
  const shown = (metric: string) =>
    MEANING.has(metric) || metric === "reward" || partOf(metric) !== undefined;
  return chartsOf(
    curves,
    phase,
    [...curves.keys()].filter((metric) => !shown(metric)),
  );
}

/** Losses of different phases are different things: each phase has its own plots. */
function chartsOf(curves: ReadonlyMap<string, Curve>, phase: string, metrics: readonly string[]): Chart[] {
  return metrics.flatMap((metric) => {
    const phases = curves.get(metric)?.phases.filter((candidate) => candidate.phase === phase) ?? [];
    const note = MEANING.get(metric) ?? "";
    return phases.length === 0 ? [] : [{ title: metric, note, curve: { metric, phases }, height: 64 }];
  });
}
