import type { Summary } from "../summary.js";
import { unmeasuredNotes } from "../unmeasured.js";
import { agentLabel, amount, interval, reward, signed } from "./format.js";
import { html, type Markup } from "./html.js";
import { axisOf, whisker } from "./whisker.js";

/** Every agent with its reward, parts and cost. */
export function agentTable({ agents }: Summary): Markup {
  const parts = [...new Set(agents.flatMap(({ parts }) => Object.keys(parts)))];
  const axis = axisOf(agents.map(({ reward }) => reward));
  const best = Math.max(...agents.map(({ reward }) => reward.mean ?? Number.NEGATIVE_INFINITY));
  const excluded = Math.max(0, ...agents.map(({ reward }) => reward.excluded));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Agents compared"><table>
<thead><tr><th scope="col">Agent</th><th scope="col" class="number">Reward</th><th scope="col" class="wide">95 % interval</th>${parts.map(
    (part) => html`<th scope="col" class="number part">${part}</th>`,
  )}<th scope="col" class="number">Tokens</th><th scope="col" class="number">Seconds</th></tr></thead>
<tbody>${agents.map((agent) => {
    const isBest = agent.reward.mean === best;
    return html`<tr class="${isBest ? "best" : ""}"><th scope="row">${agentLabel(agent.name)}</th><td class="number strong">${reward(agent.reward.mean)}</td>
<td class="wide"><div class="estimate">${whisker(agent.reward, axis, { isBest })}<span class="interval">${interval(agent.reward.ci95)}</span></div></td>
${parts.map((part) => html`<td class="number part">${reward(agent.parts[part]?.mean)}</td>`)}
<td class="number">${amount(agent.tokens)}</td><td class="number">${amount(agent.seconds)}</td></tr>`;
  })}</tbody></table></div>
<p class="small">Tokens and seconds are means of an answer; discarded candidates count, too.${
    excluded > 0 &&
    html` Up to ${excluded} ${excluded === 1 ? "task" : "tasks"} per agent had no measurable reward and ${excluded === 1 ? "is" : "are"} left out.`
  }${unmeasuredNotes(agents).map((note) => html` ${note}`)}</p>`;
}

/** Paired differences around a line at 0. */
export function differenceTable({ differences }: Summary): Markup {
  const axis = axisOf(differences, [0]);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Paired differences"><table>
<thead><tr><th scope="col">Difference</th><th scope="col" class="number">Mean</th><th scope="col" class="wide">95 % interval</th><th scope="col" class="number">Pairs</th><th scope="col" class="words">In words</th></tr></thead>
<tbody>${differences.map((difference) => {
    const { a, b, mean, ci95, n } = difference;
    return html`<tr><th scope="row">${agentLabel(a)} <span class="minus">−</span> ${agentLabel(b)}</th><td class="number strong">${signed(mean)}</td>
<td class="wide"><div class="estimate">${whisker(difference, axis, { zero: true, isBest: ci95 !== null && ci95[0] > 0 })}<span class="interval">${interval(ci95)}</span></div></td>
<td class="number">${n}</td><td class="words">${verdict(ci95)}</td></tr>`;
  })}</tbody></table></div><p class="small">Paired over tasks; percentile bootstrap.</p>`;
}

function verdict(ci95: readonly [number, number] | null): string {
  if (ci95 === null) return "not enough pairs";
  if (ci95[0] > 0) return "higher";
  return ci95[1] < 0 ? "lower" : "no clear difference";
}

/** What the machine did a second. */
export function throughputList({ throughput, backend, browser }: Summary): Markup {
  const figures: readonly (readonly [number | null, string])[] = [
    [throughput.pagesPerSecond, "pages rendered and scored a second"],
    [throughput.generateTokensPerSecond, "tokens written a second"],
    [throughput.trainTokensPerSecond, "tokens trained on a second"],
  ];
  return html`<dl class="figures">${figures.map(
    ([value, label]) => html`<div><dt>${label}</dt><dd>${amount(value)}</dd></div>`,
  )}</dl><p class="small">Tensors: ${backend}. Browser: ${browser}.</p>`;
}
