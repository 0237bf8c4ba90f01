import type { RunEvent } from "../../infra/event-log.js";
import { type Chart, type ChartData, drawChart } from "./chart.js";
import { type Curve, curvesOf } from "./curves.js";
import { agentLabel } from "./format.js";
import { html, type Markup } from "./html.js";

/** How the run went, below the rewards: metric, title, meaning. TRL's names. */
const HEALTH: readonly (readonly [metric: string, title: string, note: string])[] = [
  ["loss", "Loss", ""],
  ["entropy", "Entropy", "nats a token"],
  ["kl", "KL", "from the start, nats a token"],
  ["frac_reward_zero_std", "No spread", "fraction of groups"],
  ["reward_std", "Spread", "of the rewards of a step"],
  ["completions/mean_length", "Length", "tokens"],
  ["completions/clipped_ratio", "Cut short", "fraction, at the limit"],
  ["completions/rendered_ratio", "Rendered", "fraction"],
  ["clip_ratio/low_mean", "Clipped low", "fraction of tokens"],
  ["clip_ratio/high_mean", "Clipped high", "fraction of tokens"],
  ["grad_norm", "Gradient norm", ""],
  ["learning_rate", "Learning rate", ""],
];

/** The plots of a report. */
export interface TrainingSections {
  /** Total reward, then one small plot per part; undefined without any. */
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
    total && draw({ title: "Reward", note: "mean of each step", curve: total, height: 230, isMain: true })
  }${
    parts.length > 0 &&
    html`<h3>By part</h3><div class="multiples">${parts.map((curve) =>
      draw({ title: partOf(curve.metric) as string, curve, height: 84 }),
    )}</div>`
  }`;
  const phases = phasesOf(curves);
  const health = html`${phases.map(
    (phase) =>
      html`<h3>${agentLabel(phase)}</h3><div class="multiples">${healthOf(curves, phase).map(draw)}</div>`,
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
  return [...phases].filter((phase) => healthOf(curves, phase).length > 0);
}

/** Losses of different phases are different things: each phase has its own plots. */
function healthOf(curves: ReadonlyMap<string, Curve>, phase: string): Chart[] {
  return HEALTH.flatMap(([metric, title, note]) => {
    const phases = curves.get(metric)?.phases.filter((candidate) => candidate.phase === phase) ?? [];
    return phases.length === 0 ? [] : [{ title, note, curve: { metric, phases }, height: 64 }];
  });
}
