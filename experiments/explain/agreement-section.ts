import type { AgreementSample } from "../../rewards/check/agreement/types.js";
import { agreementVerdicts } from "../../rewards/check/agreement/verdicts.js";
import { html, type Markup } from "../report/html.js";
import { inlineImages } from "../report/images.js";
import type { CheckResult } from "./check-result.js";

/** Characters the section's thumbnails may take together. */
const IMAGE_BUDGET = 2_500_000;

/** Ruined kinds that are shown, dearest first. */
const SHOWN = 16;

/** The agreement of a reward with people: its bounds, and competent designs above the ruined pages that are paid most. */
export async function agreementSection({ agreement, published }: CheckResult): Promise<Markup | undefined> {
  if (agreement === null) return undefined;
  const [task] = agreement.tasks;
  const own = agreement.samples.filter((sample) => sample.task === task);
  const competent = own.filter(({ group }) => group === "competent");
  const ruined = own
    .filter(({ group, value }) => group === "ruined" && value !== null)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .slice(0, SHOWN);
  const images = await inlineImages(
    [...competent, ...ruined].map(({ picture }) => picture),
    IMAGE_BUDGET,
  );
  const url = (index: number) => images[index]?.url ?? null;
  const state = (kept: boolean) => (kept ? "kept" : published ? "limit" : "broken");
  return html`<table class="rules"><tbody>${agreementVerdicts(agreement).map(
    ({ title, kept, message }) =>
      html`<tr class="${state(kept)}"><td><i>${state(kept)}</i></td><th scope="row">${title}</th><td>${message}</td></tr>`,
  )}</tbody></table>
<div class="family kept"><h3>Competent designs of ${task ?? ""}</h3><ul class="cards">${competent.map((sample, i) => card(sample, url(i)))}</ul></div>
<div class="family kept"><h3>Ruined pages that are paid most</h3><ul class="cards">${ruined.map((sample, i) => card(sample, url(competent.length + i)))}</ul></div>`;
}

function card({ name, base, group, value }: AgreementSample, url: string | null): Markup {
  const title = group === "ruined" ? `${name} (${base})` : name;
  const width = Math.min(1, Math.max(0, value ?? 0)) * 100;
  return html`<li><div class="frame">${url ? html`<img src="${url}" alt="Render of ${title}">` : html`<span class="blank">no picture</span>`}</div>
<p class="name">${title}<b>${value === null ? "–" : value.toFixed(2)}</b></p>
<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="4"/><rect class="level" width="${width.toFixed(1)}" height="4"/></svg></li>`;
}
