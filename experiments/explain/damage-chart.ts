import type { RewardReport } from "../../index.js";
import { RULES } from "../../rewards/check/rules.js";
import type { DamageCurve } from "../../rewards/check/types.js";
import { html, type Markup } from "../report/html.js";

const WIDTH = 200;
const HEIGHT = 120;

/** A small plot for each kind of damage: the score, as a share of the reference's, at strengths 0 to 5. */
export function damageCharts({ curves, findings }: RewardReport): Markup {
  const broken = new Set(findings.map(({ rule }) => rule));
  return html`<div class="curves">${curves.map((curve) => chart(curve, broken.has(curve.rule)))}</div>`;
}

function chart({ rule, means }: DamageCurve, broken: boolean): Markup {
  const points = means.flatMap((value, strength) =>
    value === null
      ? []
      : [{ x: (strength / (means.length - 1)) * WIDTH, y: (1 - clamp(value)) * HEIGHT, value }],
  );
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const last = points.at(-1);
  const name = rule.replace("damage-", "");
  return html`<figure class="${broken ? "curve broken" : "curve"}"><figcaption>${name}<b>${last ? last.value.toFixed(2) : "–"}</b></figcaption>
<svg viewBox="-6 -6 ${WIDTH + 12} ${HEIGHT + 12}" role="img" aria-label="${RULES[rule].title}: ${means.map((value) => value?.toFixed(2) ?? "–").join(", ")}">
<path class="frame-line" d="M0 0V${HEIGHT}H${WIDTH}"/>${
    last && html`<polygon class="under" points="0,${HEIGHT} ${line} ${last.x.toFixed(1)},${HEIGHT}"/>`
  }<polyline class="line" points="${line}"/>${points.map(
    ({ x, y }) => html`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.4"/>`,
  )}</svg></figure>`;
}

const clamp = (value: number) => Math.min(1.02, Math.max(-0.02, value));
