import type { Evaluation } from "../../env/evaluate.js";
import type { RenderedPage, Scorecard, Task } from "../../index.js";
import { type Content, html, type Markup } from "../report/html.js";
import { type BlockView, blockView } from "./blocks.js";
import { differencesOf } from "./differences.js";
import { evidenceView } from "./evidence-view.js";
import { EXPLAIN_STYLE } from "./explain-style.js";
import { formulaOf, partCosts } from "./formula-costs.js";
import { linkBlocks } from "./link-blocks.js";
import { failedChecks } from "./located-checks.js";
import { partsTable } from "./parts-table.js";
import { checkMarks, type Sheet, sheet } from "./sheet.js";
import { standalonePage } from "./standalone.js";

/** One answer with everything that became of it. */
export interface ExplainedAnswer {
  /** File name, or what the answer is called. */
  readonly name: string;
  readonly evaluation: Evaluation;
}

export interface ExplainInput {
  readonly task: Task;
  /** Name of the reward. */
  readonly reward: string;
  readonly answers: readonly ExplainedAnswer[];
  /** The rendered reference and its own score, where the task has one. */
  readonly reference: { readonly page: RenderedPage; readonly scorecard: Scorecard } | null;
}

/** Screenshots are shown this wide at most, in px. */
const PICTURE = { width: 800, quality: 82 };

/**
 * Why answers scored what they scored, as one HTML document that needs nothing else: the parts in their formula, each
 * answer beside the reference with matched texts and failed checks drawn over it, and crops of where the two differ.
 */
export async function explainPage(input: ExplainInput): Promise<string> {
  const { task, reward, answers } = input;
  const sections: Markup[] = [];
  for (const [index, answer] of answers.entries()) sections.push(await answerSection(answer, index, input));
  const body = html`<header><p class="meta"><b>webgen-gym</b><span>score</span><span>${reward}</span><span>${task.id}</span></p>
${answers.length > 1 && html`<h1>${answers.length} answers to ${task.id}</h1>${ranking(answers)}`}
<p class="prompt-text">${task.prompt}</p></header>
<main>${sections}</main>
<footer><p class="small">Scored by ${reward}. Texts are matched by Design2Code's rules on the layout of the two renders.</p></footer>`;
  const title = `${reward} on ${task.id}: ${answers.map(({ name, evaluation }) => `${name} ${show(evaluation.scorecard.total.value)}`).join(", ")}`;
  return standalonePage(title, body, EXPLAIN_STYLE, { run: linkBlocks, data: null });
}

function ranking(answers: readonly ExplainedAnswer[]): Markup {
  const rows = answers
    .map(({ name, evaluation }, index) => ({ name, index, value: evaluation.scorecard.total.value }))
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  return html`<ol class="ranking">${rows.map(
    ({ name, index, value }) => html`<li><a href="#answer-${index}">${name}</a><b>${show(value)}</b></li>`,
  )}</ol>`;
}

async function answerSection(
  { name, evaluation }: ExplainedAnswer,
  index: number,
  { task, reference, answers }: ExplainInput,
): Promise<Markup> {
  const { scorecard, page } = evaluation;
  const total = scorecard.total.value;
  const costs = partCosts(scorecard, reference?.scorecard ?? null);
  const heading = html`<span class="total">${show(total)}</span> ${name}`;
  const place: Content =
    reference && total !== null && html` The reference scores ${show(reference.scorecard.total.value)}.`;
  const formula = formulaOf(scorecard);
  const failure =
    evaluation.render.status === "rendered" ? (scorecard.total.message ?? null) : evaluation.render.message;
  return html`<article id="answer-${index}" class="answer">
${answers.length > 1 ? html`<h2 class="answer-name">${heading}</h2>` : html`<h1>${heading}</h1>`}
<p class="figures-line">${failure ?? ""}${place}</p>
${part("Parts", partsTable(costs, formula))}
${page && reference ? await comparison(task, page, reference.page) : page && (await alone(task, page))}
${part("Evidence", evidenceView(scorecard))}
</article>`;
}

async function alone(task: Task, page: RenderedPage): Promise<Markup | undefined> {
  const own = await sheet(page, "Answer", PICTURE);
  const checks = failedChecks(task.checklist ?? [], page, null);
  return part("Picture", html`<div class="sheets one">${draw(own, checkMarks(checks, page, "own"))}</div>`);
}

async function comparison(task: Task, page: RenderedPage, reference: RenderedPage): Promise<Markup> {
  const view = await blockView(page, reference);
  const checks = failedChecks(task.checklist ?? [], page, reference);
  const differences = await differencesOf(page, reference);
  const [own, wanted] = [await sheet(page, "Answer", PICTURE), await sheet(reference, "Reference", PICTURE)];
  return html`${part(
    "Matched texts",
    html`<p class="lead">${blockSummary(view)} Point at a text to see its partner.</p>
<div class="sheets">${draw(own, [
      ...view.pairs.map((pair, i) => box("pair", pair.own.frame, i, i + 1)),
      ...view.extra.map(({ frame }) => box("extra", frame)),
    ])}${draw(wanted, [
      ...view.pairs.map((pair, i) => box("pair", pair.wanted.frame, i, i + 1)),
      ...view.missing.map(({ frame }) => box("missing", frame)),
    ])}</div>${pairTable(view)}`,
  )}
${
  checks.length > 0 &&
  part(
    `Failed checks`,
    html`<p class="lead">Numbers stand where the answer has what a check is about, or on the reference where it only stands there.</p>
<div class="sheets">${draw(own, checkMarks(checks, page, "own"))}${draw(wanted, checkMarks(checks, reference, "wanted"))}</div>
<ol class="checks">${checks.map(
      ({ title, detail, points, of }, i) =>
        html`<li><b class="number-mark">${i + 1}</b><div><h4>${title} <span>${trim(points)} of ${of}</span></h4><p>${detail}</p></div></li>`,
    )}</ol>`,
  )
}
${
  differences.length > 0 &&
  part(
    "Differences",
    html`<p class="lead">Where the pictures differ most: the answer, the reference, and the pixels that are not alike.</p>
<div class="differences">${differences.map(
      ({ x, y, width, height, amount, pictures: [a, b, c] }) =>
        html`<figure><div class="triple">${[a, b, c].map(
          (url, i) =>
            html`<img src="${url}" width="${width}" height="${height}" alt="${["Answer", "Reference", "Difference"][i]} at ${x}, ${y}">`,
        )}</div><figcaption>${width} × ${height} px at ${x}, ${y}; ${(amount * 100).toFixed(0)} % different</figcaption></figure>`,
    )}</div>`,
  )
}`;
}

function blockSummary({ pairs, missing, extra, scores }: BlockView): string {
  const { size, text, position, color } = scores;
  return `${pairs.length} texts matched, ${missing.length} of the reference missing, ${extra.length} without a counterpart. Block ${show(size)}, text ${show(text)}, position ${show(position)}, colour ${show(color)}.`;
}

function pairTable({ pairs, missing }: BlockView): Markup {
  const flawed = pairs
    .map((pair, i) => ({ ...pair, number: i + 1 }))
    .filter(({ text, position, color }) => Math.min(text, position, color) < 0.985);
  return html`<details${missing.length + flawed.length > 0 && html` open`}><summary>${flawed.length} pairs that are not alike, ${missing.length} missing</summary><table class="pairs"><thead><tr><th></th><th>Reference</th><th>Answer</th><th>text</th><th>place</th><th>colour</th></tr></thead><tbody>${flawed
    .slice(0, 40)
    .map(
      ({ number, wanted, own, text, position, color }) =>
        html`<tr><td>${number}</td><td>${wanted.text}</td><td>${own.text === wanted.text ? html`<span class="same">the same</span>` : own.text}</td><td>${grade(text)}</td><td>${grade(position)}</td><td>${grade(color)}</td></tr>`,
    )}${missing
    .slice(0, 40)
    .map(
      ({ text }) =>
        html`<tr class="gone"><td>–</td><td>${text}</td><td>missing</td><td></td><td></td><td></td></tr>`,
    )}</tbody></table></details>`;
}

const grade = (value: number) => html`<span class="${value < 0.9 ? "poor" : ""}">${value.toFixed(2)}</span>`;

function box(
  kind: string,
  [left, top, width, height]: readonly number[],
  pair?: number,
  label?: number,
): Markup {
  const at = (value: number | undefined) => `${((value ?? 0) * 100).toFixed(2)}%`;
  const style = `left:${at(left)};top:${at(top)};width:${at(width)};height:${at(height)}`;
  return html`<span class="box ${kind}" style="${style}"${pair !== undefined && html` data-pair="${pair}"`}>${label !== undefined && html`<b>${label}</b>`}</span>`;
}

function draw({ title, url, width, height }: Sheet, marks: readonly Markup[]): Markup {
  return html`<figure class="sheet"><figcaption>${title}</figcaption><div class="paper"><img src="${url}" width="${width}" height="${height}" alt="${title}">${marks}</div></figure>`;
}

function part(title: string, content: Content): Markup | undefined {
  return content ? html`<section><h2>${title}</h2><div>${content}</div></section>` : undefined;
}

const trim = (value: number) => String(Number(value.toFixed(1)));
const show = (value: number | null) => (value === null ? "–" : value.toFixed(2));
