import type { AttackReport, Exploit } from "../../rewards/check/attack/index.js";
import { html, type Markup } from "../report/html.js";
import { inlineImages } from "../report/images.js";
import { CHECK_STYLE } from "./check-style.js";
import { standalonePage } from "./standalone.js";

/** Characters all thumbnails may take together. */
const IMAGE_BUDGET = 3_500_000;
/** Exploits that are shown. */
const SHOWN = 40;

/** What an attack found as one HTML document that needs nothing else: every exploit with its picture, what it earns and what is left to read. */
export async function attackPage(report: AttackReport, above: number): Promise<string> {
  const shown = report.exploits.slice(0, SHOWN);
  const images = await inlineImages(
    shown.map(({ picture }) => picture),
    IMAGE_BUDGET,
  );
  const over = report.exploits.filter(({ reward }) => reward > above).length;
  const title =
    over === 0
      ? `No exploit of ${report.reward} is paid more than ${above}`
      : `${over} exploits of ${report.reward} are paid more than ${above}`;
  const body = html`<header><p class="meta"><b>webgen-gym</b><span>attack</span><span>${report.reward}</span></p>
<h1>${title}</h1><p class="figures-line">${report.tried} pages tried, ${report.exploits.length} kinds of exploits; ${report.unscored} pages without a score.</p></header>
<main><section><h2>Exploits</h2><div>${shown.length === 0 ? html`<p class="lead">None.</p>` : html`<ul class="cards">${shown.map((exploit, i) => card(exploit, images[i]?.url ?? null, above))}</ul>`}</div></section></main>`;
  return standalonePage(`Attack on ${report.reward}`, body, CHECK_STYLE);
}

function card({ task, edits, reward, before, reading }: Exploit, url: string | null, above: number): Markup {
  return html`<li class="${reward > above ? "over" : ""}"><div class="frame">${url ? html`<img src="${url}" alt="Render of the exploit">` : html`<span class="blank">no picture</span>`}</div>
<p class="name">${reward.toFixed(2)} of ${before.toFixed(2)}<b>${Math.round(100 * reading)} % read</b></p>
<p class="small">${task}: ${edits.join(" + ")}</p></li>`;
}
