import { html, type Markup } from "../report/html.js";
import type { PartCost } from "./formula-costs.js";

/** The formula with the values put in, and a row for each part: its value, the reference's, and what it costs. */
export function partsTable(costs: readonly PartCost[], formula: string | null): Markup {
  const dearest = Math.max(0.0001, ...costs.map(({ cost }) => cost ?? 0));
  const rows = [...costs].sort((a, b) => (b.cost ?? -1) - (a.cost ?? -1));
  return html`${formula && html`<p class="formula">${substituted(formula, costs)}</p>`}
<table class="parts-table"><thead><tr><th>Part</th><th></th><th class="number">value</th><th class="number">reference</th><th>costs</th></tr></thead><tbody>${rows.map(
    (part) => row(part, dearest),
  )}</tbody></table>`;
}

function row({ name, value, best, counted, cost, message }: PartCost, dearest: number): Markup {
  const full = Math.max(1, best ?? 1);
  const share = value === null ? 0 : Math.min(1, Math.max(0, value / full)) * 100;
  const loss = cost !== null && cost > 0.0005 ? cost : 0;
  return html`<tr class="${counted ? "" : "aside"}"><th scope="row">${name}</th>
<td class="bar-cell">${
    value === null
      ? html`<span class="absent">${message ?? "not measured"}</span>`
      : html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="10"/><rect class="level" width="${share.toFixed(1)}" height="10"/></svg>`
  }</td>
<td class="number strong">${value === null ? "–" : value.toFixed(2)}</td><td class="number soft">${best === null ? "–" : best.toFixed(2)}</td>
<td class="loss">${
    loss > 0
      ? html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="lost" width="${((loss / dearest) * 100).toFixed(1)}" height="10"/></svg><span>−${loss.toFixed(2)}</span>`
      : counted
        ? ""
        : html`<span class="soft">not in the formula</span>`
  }</td></tr>`;
}

/** The formula with each part's value below its name. */
function substituted(formula: string, costs: readonly PartCost[]): Markup {
  const values = new Map(costs.map(({ name, value }) => [name, value]));
  const pieces = formula.split(/([A-Za-z_]\w*)/);
  return html`${pieces.map((piece) => {
    if (!values.has(piece)) return piece;
    const value = values.get(piece);
    return html`<ruby>${piece}<rt>${value === null || value === undefined ? "–" : value.toFixed(2)}</rt></ruby>`;
  })}`;
}
