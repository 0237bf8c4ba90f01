import type { RunEvent } from "../../infra/event-log.js";
import type { ChartData } from "../report/chart.js";
import { amount, duration, figure, moment } from "../report/format.js";
import { type Content, html, type Markup } from "../report/html.js";
import { trainingSections } from "../report/training.js";
import type { PhaseView, RunView } from "./run-view.js";

/** What the page shows of a run at one moment. */
export interface LiveBody {
  /** Title of the window, e.g. `GRPO 41/60 · 0.62 · quickstart`. */
  readonly title: string;
  readonly markup: Markup;
  /** What the script needs to read the plots out, in the order of their `data-chart` numbers. */
  readonly charts: readonly ChartData[];
}

/** Metrics that stand in large figures, where they were measured: name, what it is. */
const FIGURES: readonly (readonly [metric: string, label: string])[] = [
  ["reward", "reward of the last step"],
  ["loss", "loss of the last step"],
  ["kl", "KL from the start, nats a token"],
  ["completions/mean_length", "tokens of a completion"],
];

const MESSAGES = 12;

/** Draws a run as it is. Whatever the run wrote is escaped. */
export function liveBody({ name, record, status, phases, events, hasReport }: RunView): LiveBody {
  const current = phases.findLast(({ state }) => state === "under way") ?? phases.findLast(isBegun);
  const training = trainingSections(events);
  const last = lastMetrics(events);
  const reward = last.get("reward");
  const title = [
    status === "running" && current ? progressText(current) : status,
    ...(reward === undefined ? [] : [figure(reward)]),
    name,
  ].join(" · ");
  const said = events.filter(({ message }) => message !== undefined).slice(-MESSAGES);
  const markup = html`<header><p class="meta"><b>webgen-gym</b><span>${name}</span><span>started ${moment(record.started)}</span>${
    hasReport && html`<a href="/report">Report</a>`
  }</p>
<h1><span class="status ${status}">${STATUS[status]}</span> ${current && headline(current, status)}</h1>
<ol class="phases">${phases.map(phaseItem)}</ol>
<dl class="figures">${FIGURES.flatMap(([metric, label]) => {
    const value = last.get(metric);
    return value === undefined ? [] : [html`<div><dt>${label}</dt><dd>${figure(value)}</dd></div>`];
  })}</dl></header>
<main>${section("Training", training.rewards)}
${section("Health of training", training.health)}
${section("Messages", said.length > 0 && messages(said))}
${section("The run", facts(record))}</main>`;
  return { title, markup, charts: training.data };
}

const STATUS = { running: "Running", done: "Done", stopped: "Stopped" } as const;

const isBegun = ({ state }: PhaseView) => state !== "to come";

function headline(phase: PhaseView, status: RunView["status"]): string {
  if (status === "done") return "";
  return progressText(phase) + (phase.secondsLeft === null ? "" : `, ${duration(phase.secondsLeft)} left`);
}

function progressText({ name, done, total, unit }: PhaseView): string {
  return total === null ? `${name}, ${amount(done)} ${unit}` : `${name} ${done}/${total} ${unit}`;
}

function phaseItem(phase: PhaseView): Markup {
  const { name, state, done, total, unit, seconds } = phase;
  const count = total === null ? `${amount(done)} ${unit}` : `${amount(done)} of ${amount(total)} ${unit}`;
  const bar = state === "under way" && total !== null && total > 0;
  return html`<li class="${state.replace(" ", "-")}"><b>${name}</b>${
    bar && html`<progress max="${total}" value="${done}" aria-label="${name}"></progress>`
  }<span class="small">${state === "to come" ? "to come" : `${count}${seconds === null ? "" : `, ${duration(seconds)}`}`}${
    state === "stopped" && ", stopped"
  }</span></li>`;
}

/** The last values of the phase that measured last: a loss from before says nothing of it. */
function lastMetrics(events: readonly RunEvent[]): Map<string, number> {
  const phase = events.findLast(({ metrics }) => metrics !== undefined)?.phase;
  const last = new Map<string, number>();
  for (const event of events)
    if (event.phase === phase)
      for (const [name, value] of Object.entries(event.metrics ?? {}))
        if (value !== null) last.set(name, value);
  return last;
}

function messages(events: readonly RunEvent[]): Markup {
  return html`<ul class="messages">${events.map(
    ({ time, phase, message }) =>
      html`<li><span class="small">${time.slice(11, 19)} ${phase}</span> ${message}</li>`,
  )}</ul>`;
}

function facts({ command, config, versions }: RunView["record"]): Markup {
  return html`<div>${command !== null && html`<pre>${command}</pre>`}
<details><summary>The whole configuration</summary><pre>${JSON.stringify({ config, versions }, null, 2)}</pre></details></div>`;
}

function section(title: string, content: Content): Markup | undefined {
  return content ? html`<section><h2>${title}</h2><div>${content}</div></section>` : undefined;
}
