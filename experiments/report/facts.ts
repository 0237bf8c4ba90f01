import type { AgentSummary, DifferenceSummary, Summary } from "../summary.js";
import { agentLabel, percent, share, signedPoints } from "./format.js";
import { html, type Markup } from "./html.js";
import { axisOf, whisker } from "./whisker.js";

/**
 * Facts of the prompts that each agent's pages have right, kind by kind, and what `difference` says of each. Undefined where
 * no reward tells.
 */
export function factTable(
  { agents, differences }: Summary,
  difference: DifferenceSummary | undefined = differences[0],
): Markup | undefined {
  const kinds = [...new Set(agents.flatMap(({ facts }) => Object.keys(facts)))];
  if (kinds.length === 0) return undefined;
  const changes = difference?.facts ?? {};
  const axis = axisOf(Object.values(changes), [0]);
  return html`<p class="lead">A fact counts as right when every check of its kind holds in full, in what can be seen of the page. Each kind is taken over the tasks that ask for it.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Facts right by kind"><table class="facts">
<thead><tr><th scope="col">Fact</th><th scope="col" class="number">Tasks</th>${agents.map(
    ({ name }) => html`<th scope="col" class="share">${agentLabel(name)}</th>`,
  )}${
    difference &&
    html`<th scope="col" class="wide">${agentLabel(difference.a)} <span class="minus">−</span> ${agentLabel(difference.b)}, percentage points</th>`
  }</tr></thead>
<tbody>${kinds.map((kind) => {
    const change = changes[kind];
    return html`<tr><th scope="row">${kind}</th><td class="number">${tasksAsking(agents, kind)}</td>${agents.map((agent) => cell(agent, kind))}${
      difference &&
      html`<td class="wide">${
        change &&
        html`<div class="estimate">${whisker(change, axis, { zero: true, isBest: change.ci95 !== null && change.ci95[0] > 0 })}<span class="interval">${signedPoints(change)}</span></div>`
      }</td>`
    }</tr>`;
  })}</tbody></table></div><p class="small">Differences are paired over tasks; percentile bootstrap, 95 %.</p>`;
}

function cell({ facts }: AgentSummary, kind: string): Markup {
  const { mean, right, asked } = facts[kind] ?? { mean: null, right: 0, asked: 0 };
  return html`<td class="share"><span title="${right} of ${asked} answers">${share(mean)}</span><svg class="bars" width="100%" height="5" aria-hidden="true"><rect class="track" width="100%" height="5"/>${
    mean !== null && mean > 0 && html`<rect class="value" width="${percent(mean)}" height="5"/>`
  }</svg></td>`;
}

function tasksAsking(agents: readonly AgentSummary[], kind: string): number {
  return Math.max(...agents.map(({ facts }) => (facts[kind]?.n ?? 0) + (facts[kind]?.excluded ?? 0)));
}
