import { createHash } from "node:crypto";
import type { RunEvent } from "../../infra/event-log.js";
import type { RunRecord } from "../../infra/run-folder.js";
import type { Comparison } from "../comparison.js";
import { partNames, type Summary } from "../summary.js";
import { enlargeGallery, type PageData, readOutCharts } from "./client.js";
import { factTable } from "./facts.js";
import { moment } from "./format.js";
import { galleryData, galleryRows, gallerySection } from "./gallery.js";
import { headlineDifference, headlineOf } from "./headline.js";
import { type Content, html, jsonForScript, type Markup, trusted } from "./html.js";
import { ICON } from "./icon.js";
import { drawLadder } from "./ladder.js";
import { BASE_STYLE } from "./style-base.js";
import { GALLERY_STYLE } from "./style-gallery.js";
import { agentTable, differenceTable, throughputList } from "./tables.js";
import { trainingSections } from "./training.js";

/** Characters all images of a report may take together: with the rest it stays below 6 MB. */
export const IMAGE_BUDGET = 4_500_000;

/** Everything a report shows. Equal input gives an equal report. */
export interface ReportInput {
  /** E.g. `quickstart`. */
  readonly name: string;
  readonly run: RunRecord;
  readonly summary: Summary;
  readonly comparison: Comparison;
  readonly events: readonly RunEvent[];
  /** Which difference the headline speaks of, default GRPO against SFT. */
  readonly headline?: readonly [a: string, b: string];
}

/**
 * Writes the report of a run as one HTML document that needs nothing else: no network, no other file. Whatever tasks,
 * policies and pages wrote is escaped, and a content security policy lets no script run but the report's own.
 *
 * Throws an InfrastructureError when a screenshot is no image.
 *
 * @example
 * const { summary, comparison } = await compare({ agents: ["reference", myAgent], tasks: 16, out: "runs/mine" });
 * const run = JSON.parse(await readFile("runs/mine/config.json", "utf8"));
 * await writeFile("own.html", await writeReport({ name: "mine", run, summary, comparison, events: [] }));
 */
export async function writeReport(input: ReportInput): Promise<string> {
  const { name, run, summary, comparison, events, headline } = input;
  const { claim, figures, trend } = headlineOf(summary, events, headline);
  const rows = await galleryRows(comparison, IMAGE_BUDGET);
  const parts = partNames(comparison);
  const ladder = drawLadder(summary, rows);
  const training = trainingSections(events);
  const data: PageData = { charts: training.data, gallery: galleryData(rows, parts) };
  const body = html`<a class="skip" href="#results">Skip to the results</a>
<header><p class="meta"><b>webgen-gym</b><span>${name}</span><span>${comparison.envId}, ${comparison.taskSplit} split</span><span>seed ${summary.seed}</span><span>${moment(run.started)}</span></p>
<h1 class="${trend && `trend-${trend}`}">${emphasise(claim)}</h1><p class="figures-line">${figures}</p></header>
<main id="results">${ladder?.markup}
${section("Facts right", factTable(summary, headlineDifference(summary, headline)))}
${section("Training", training.rewards)}
${section("Gallery", rows.length > 0 && gallerySection(rows, parts))}
${section("Agents", agentTable(summary))}
${section("Differences", summary.differences.length > 0 && differenceTable(summary))}
${section("Health of training", training.health)}
${section("Throughput", throughputList(summary))}
${section("Do it again", reproduction(run))}</main>
<footer><p>Made by webgen-gym ${run.versions["webgen-gym"]}.</p></footer>${rows.length > 0 && DIALOG}`;
  return page(`${name}: ${claim}`, body, BASE_STYLE + GALLERY_STYLE + (ladder?.css ?? ""), data);
}

/** Scores in the headline stand out. */
function emphasise(claim: string): Content {
  return claim
    .split(/(\d+\.\d+)/)
    .map((text, i) => (i % 2 === 1 ? html`<span class="score">${text}</span>` : text));
}

function section(title: string, content: Markup | false | undefined): Markup | undefined {
  return content ? html`<section><h2>${title}</h2><div>${content}</div></section>` : undefined;
}

function reproduction({ command, versions, config }: RunRecord): Markup {
  return html`${command && html`<pre>${command}</pre>`}
<dl class="versions">${Object.entries(versions).map(([name, version]) => html`<div><dt>${name}</dt> <dd>${version}</dd></div>`)}</dl>
<details><summary>The whole configuration</summary><pre>${JSON.stringify(config, null, 2)}</pre></details>`;
}

const DIALOG = html`<dialog aria-labelledby="shown"><div class="bar"><div class="tabs" data-part="tabs" role="group" aria-label="Agents"></div>
<button type="button" data-part="previous">Previous task</button><button type="button" data-part="next">Next task</button><button type="button" data-part="close">Close</button></div>
<div class="sheet"><div><h3 id="shown" data-part="title"></h3><p class="ask" data-part="prompt"></p></div>
<div class="pair"><div><h3>Target</h3><div data-part="target"></div></div><div><h3 data-part="agent"></h3><div data-part="answer"></div></div></div>
<div class="pair"><div><h3>Parts of the reward</h3><ul class="parts" data-part="parts"></ul><p class="small" data-part="facts"></p></div><div><h3 data-part="failed-title"></h3><ul class="failed" data-part="failed"></ul></div></div>
<div class="pair sources"><div><h3>Source of the target</h3><pre data-part="target-source"></pre></div><div><h3>Source of the answer</h3><pre data-part="source"></pre></div></div></div></dialog>`;

const SCRIPT = `const data=JSON.parse(document.getElementById("data").textContent);(${readOutCharts})(data);if(data.gallery.length)(${enlargeGallery})(data);`;

function page(title: string, body: Markup, style: string, data: PageData): string {
  const policy = `default-src 'none'; img-src data:; style-src '${hash(style)}'; script-src '${hash(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title>
<link rel="icon" href="${ICON}"><style>${trusted(style)}</style></head>
<body>${body}<script type="application/json" id="data">${jsonForScript(data)}</script><script>${trusted(SCRIPT)}</script></body></html>
`.text;
}

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
