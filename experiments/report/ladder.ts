import type { Summary } from "../summary.js";
import { scaleOf } from "./curves.js";
import { agentLabel, figure, interval, reward } from "./format.js";
import type { GalleryRow } from "./gallery.js";
import { html, type Markup } from "./html.js";

/** Height of the scale in px. */
const HEIGHT = 190;

/** The agents at the height of their mean reward, each with the page it wrote for one task. */
export interface Ladder {
  readonly markup: Markup;
  /** Rules that put each page at its height; inline styles are forbidden in the report. */
  readonly css: string;
}

/**
 * Draws the mean reward of each agent with its interval, and hangs below it the page it wrote for the most typical task:
 * the one where the agents' rewards lie closest to their means. Undefined when there is nothing to place.
 */
export function drawLadder(summary: Summary, rows: readonly GalleryRow[]): Ladder | undefined {
  const placed = summary.agents.flatMap(({ name, reward }) =>
    reward.mean === null
      ? []
      : [{ name, mean: reward.mean, ci95: reward.ci95 ?? ([reward.mean, reward.mean] as const) }],
  );
  const row = typicalRow(summary, rows);
  if (placed.length === 0) return undefined;
  const { low, high, ticks } = scaleOf(
    placed.flatMap(({ ci95 }) => [...ci95]),
    3,
  );
  const y = (value: number) => Math.round((1 - (value - low) / (high - low)) * HEIGHT);
  const columns = placed.length + (row?.target ? 1 : 0);
  const line = placed.map(({ mean }, i) => `${i === 0 ? "M" : "L"}${i * 2 + 1} ${y(mean)}`).join("");
  const best = Math.max(...placed.map(({ mean }) => mean));
  const markup = html`<figure class="ladder"><div class="rungs-scroll" tabindex="0" role="region" aria-label="Mean rewards"><div class="rungs columns-${columns}">
<svg class="plane scale" width="100%" height="${HEIGHT}" aria-hidden="true">${ticks.map(
    (tick) =>
      html`<line class="grid" x1="0" x2="100%" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="-8" y="${y(tick) + 4}" text-anchor="end">${figure(tick)}</text>`,
  )}<svg width="100%" height="${HEIGHT}" viewBox="0 0 ${columns * 2} ${HEIGHT}" preserveAspectRatio="none"><path class="rise" d="${line}"/></svg></svg>
<ol>${placed.map(
    ({ name, mean, ci95 }, i) => html`<li class="rung rung-${i}${mean === best ? " best" : ""}">
<svg class="plane" width="100%" height="${y(ci95[0]) - y(ci95[1]) + 8}" aria-hidden="true"><line class="range" x1="50%" x2="50%" y1="4" y2="${y(ci95[0]) - y(ci95[1]) + 4}"/><circle cx="50%" cy="${y(mean) - y(ci95[1]) + 4}" r="5"/></svg>
<p class="name">${agentLabel(name)} <b title="95 % interval ${interval(ci95)}">${reward(mean)}</b></p>${page(row, name)}</li>`,
  )}${
    row?.target &&
    html`<li class="rung goal"><p class="name">Target</p><img src="${row.target.url}" width="${row.target.width}" height="${row.target.height}" alt="The target of ${row.task.taskId}"></li>`
  }</ol></div></div>
<figcaption>Mean reward on ${summary.taskSplit === "train" ? "" : "held-out "}tasks, with 95 % intervals.${
    row &&
    html` The pages answer ${row.task.taskId}, the task of the gallery where rewards lie closest to these means: <q>${clip(row.task.prompt)}</q>`
  }</figcaption></figure>`;
  const css = placed
    .map(({ ci95 }, i) => `.rung-${i}{padding-top:${Math.max(0, y(ci95[1]) - 4)}px}`)
    .join("");
  return { markup, css };
}

function page(row: GalleryRow | undefined, name: string): Markup | undefined {
  const shot = row?.shots.find(({ agent }) => agent === name);
  if (!row || !shot) return undefined;
  if (!shot.image) return html`<span class="blank">${shot.entry.endReason.replaceAll("_", " ")}</span>`;
  const { url, width, height } = shot.image;
  return html`<img src="${url}" width="${width}" height="${height}" alt="${agentLabel(name)}’s answer to ${row.task.taskId}">`;
}

function typicalRow({ agents }: Summary, rows: readonly GalleryRow[]): GalleryRow | undefined {
  const distance = ({ shots }: GalleryRow) =>
    agents.reduce((sum, { name, reward }) => {
      const own = shots.find(({ agent }) => agent === name)?.entry.reward ?? null;
      return sum + (own === null || reward.mean === null ? 1 : (own - reward.mean) ** 2);
    }, 0);
  return rows.toSorted((a, b) => distance(a) - distance(b))[0];
}

function clip(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 159).trimEnd()}…`;
}
