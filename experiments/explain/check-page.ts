import type { RewardReport } from "../../index.js";
import { RULES, type RuleId } from "../../rewards/check/rules.js";
import type { ScoredSample } from "../../rewards/check/types.js";
import { type Content, html, type Markup } from "../report/html.js";
import { inlineImages } from "../report/images.js";
import { agreementSection } from "./agreement-section.js";
import type { CheckResult } from "./check-result.js";
import { CHECK_STYLE } from "./check-style.js";
import { damageCharts } from "./damage-chart.js";
import { standalonePage } from "./standalone.js";

/** Characters all thumbnails may take together. */
const IMAGE_BUDGET = 3_500_000;

/** Rules whose pages are shown, in the order of the page. */
const SHOWN: readonly RuleId[] = [
  "reference-top",
  "blank-floor",
  "colour-floor",
  "no-page-floor",
  "echo-floor",
  "template-floor",
  "cheat-picture",
  "cheat-hidden",
  "cheat-tiny",
  "cheat-dump",
  "cheat-boxes",
  "cheat-sniffing",
  "cheat-window",
  "cheat-injection",
  "cheat-dead",
  "cheat-vanishing",
  "cheat-late",
  "cheat-patched",
];

/**
 * The check of a reward as one HTML document that needs nothing else: verdict, rules with what to do, every cheat with
 * its picture and its place between the blank page and the reference, and the curves of damage.
 */
export async function checkPage(result: CheckResult): Promise<string> {
  const { reward } = result;
  const [task] = reward.tasks;
  const samples = reward.samples.filter((sample) => sample.task === task?.id && SHOWN.includes(sample.rule));
  const images = await inlineImages(
    samples.map(({ picture }) => picture),
    IMAGE_BUDGET,
  );
  const cards = samples.map((sample, i) => ({ sample, url: images[i]?.url ?? null }));
  const verdict = headline(reward);
  const body = html`<header><p class="meta"><b>webgen-gym</b><span>check</span><span>${result.target}</span><span>${reward.tasks.map(({ id }) => id).join(", ")}</span></p>
<h1>${verdict}</h1><p class="figures-line">${counts(reward)}</p>
${scale(reward)}</header>
<main>
${section("Findings", findings(reward))}
${section("Would people agree?", await agreementSection(result))}
${section("Every page", html`${SHOWN.map((rule) => family(rule, cards, reward))}`)}
${section("Damage", damageCharts(reward))}
${section("Rules", rules(result))}
</main>
<footer><p class="small">Pages of ${task?.id ?? ""}; scores of all ${reward.tasks.length} tasks are in the JSON report.</p></footer>`;
  return standalonePage(`Check of ${reward.reward}: ${verdict}`, body, CHECK_STYLE);
}

function headline({ reward, findings, passed }: RewardReport): string {
  const broken = findings.filter(({ limit }) => !limit);
  if (broken.length > 0) return `${reward} breaks ${broken.length} ${broken.length === 1 ? "rule" : "rules"}`;
  return passed && findings.length > 0
    ? `${reward} holds, within ${findings.length} known limits`
    : `${reward} keeps every rule`;
}

function counts({ rules, samples, unmeasured, range }: RewardReport): Content {
  const kept = rules.filter(({ status }) => status === "kept").length;
  return html`${kept} of ${rules.length} rules kept on ${samples.length} scored pages; the reward runs from ${range[0]} to ${range[1]}.${unmeasured.map(
    ({ part, reason }) => html` <b>${part}</b> was not measured: ${reason}`,
  )}`;
}

/** One line from blank to reference with a dot for every page. */
function scale({ samples, thresholds }: RewardReport): Markup {
  const groups = [
    ["generic pages", (rule: RuleId) => /^(echo|template|colour|blank)/.test(rule)],
    ["cheats", (rule: RuleId) => rule.startsWith("cheat-") && rule !== "cheat-dead"],
    ["damaged pages", (rule: RuleId) => rule.startsWith("damage-") || rule === "cheat-dead"],
  ] as const;
  const rows = groups.map(([name, belongs]) => {
    const dots = samples.filter(({ rule, relative }) => relative !== null && belongs(rule));
    return html`<div class="lane"><span>${name}</span><svg viewBox="0 0 1000 34" preserveAspectRatio="none" role="img" aria-label="${name}: scores of ${dots.length} pages">
<rect class="allowed" x="0" y="0" width="${(thresholds.floor * 1000).toFixed(0)}" height="34"/><line class="track" x1="0" x2="1000" y1="17" y2="17"/>${dots.map(
      ({ relative, rule }) => {
        const at = Math.min(1, Math.max(0, relative ?? 0)) * 1000;
        const over = !rule.startsWith("damage-") && rule !== "cheat-dead" && at > thresholds.floor * 1000;
        return html`<line class="${over ? "tick over" : "tick"}" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="7" y2="27"/>`;
      },
    )}</svg></div>`;
  });
  return html`<figure class="scale-figure">${rows}<div class="lane ends"><span></span><p><span>blank page</span><span style="left:${thresholds.floor * 100}%">floor ${thresholds.floor}</span><span>reference</span></p></div></figure>`;
}

function findings({ findings: all }: RewardReport): Markup | undefined {
  if (all.length === 0) return html`<p class="lead">None.</p>`;
  const inOrder = [...all].sort((a, b) => Number(a.limit ?? false) - Number(b.limit ?? false));
  return html`<ul class="findings">${inOrder.map(
    ({
      rule,
      expected,
      came,
      cause,
      remedy,
      known,
      limit,
    }) => html`<li class="${limit ? "limit" : "broken"}"><h3><i>${limit ? "known limit" : known ? "known defect" : "broken"}</i> ${RULES[rule].title}</h3>
<p>${came}</p>
<dl><div><dt>Expected</dt><dd>${expected}</dd></div>${
      known
        ? html`<div><dt>${limit ? "Limit" : "Defect"}</dt><dd>${known}</dd></div>`
        : html`<div><dt>Likely cause</dt><dd>${cause}</dd></div><div><dt>What to do</dt><dd>${remedy}</dd></div>`
    }</dl></li>`,
  )}</ul>`;
}

function family(
  rule: RuleId,
  cards: readonly { sample: ScoredSample; url: string | null }[],
  { rules: outcomes, findings: found, thresholds }: RewardReport,
): Markup | undefined {
  const own = cards.filter(({ sample }) => sample.rule === rule);
  if (own.length === 0) return undefined;
  const outcome = outcomes.find((candidate) => candidate.rule === rule);
  const limit = found.find((finding) => finding.rule === rule)?.limit;
  const state = outcome?.status === "broken" ? (limit ? "limit" : "broken") : (outcome?.status ?? "kept");
  return html`<div class="family ${state}"><h3><i>${state}</i> ${RULES[rule].title}</h3><ul class="cards">${own.map(
    ({ sample, url }) => card(sample, url, thresholds.floor),
  )}</ul></div>`;
}

function card(
  { rule, name, relative, value, message }: ScoredSample,
  url: string | null,
  floor: number,
): Markup {
  const over =
    relative !== null && /^(cheat|echo|template)/.test(rule) && rule !== "cheat-dead" && relative > floor;
  const picture = url
    ? html`<img src="${url}" alt="Render of ${name}">`
    : html`<span class="blank">${message ?? "not a page"}</span>`;
  const width = Math.min(1, Math.max(0, relative ?? 0)) * 100;
  return html`<li class="${over ? "over" : ""}"><div class="frame">${picture}</div>
<p class="name">${name}<b>${value === null ? "–" : value.toFixed(2)}</b></p>
<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="4"/><rect class="level" width="${width.toFixed(1)}" height="4"/><line x1="${floor * 100}" x2="${floor * 100}" y1="0" y2="4"/></svg></li>`;
}

function rules({ env, reward }: CheckResult): Markup {
  const row = (state: string, title: string, message: string) =>
    html`<tr class="${state}"><td><i>${state}</i></td><th scope="row">${title}</th><td>${message}</td></tr>`;
  const limits = new Set(reward.findings.filter(({ limit }) => limit).map(({ rule }) => rule));
  return html`<table class="rules"><tbody>${(env ?? []).map(({ rule, ok, message }) => row(ok ? "kept" : "broken", rule, message))}
${reward.rules.map(({ rule, status, message }) => row(limits.has(rule) ? "limit" : status, RULES[rule].title, message))}</tbody></table>`;
}

function section(title: string, content: Markup | undefined): Markup | undefined {
  return content && html`<section><h2>${title}</h2><div>${content}</div></section>`;
}
