import type { Brief } from "../brief.js";
import type { Block, ContentSection } from "../content.js";
import { each, esc, priced } from "./write.js";

/** A magazine: rules instead of boxes, wide margins, small capitals, columns, links that look like links. */
export function editorial({ content, look }: Brief): string {
  const dark = look.theme === "dark";
  const { brand, links, headline, lead, action, picture, sections, footer } = content;
  const rule = dark ? "#4a4640" : "#1d1a16";
  return `<!doctype html>
<html lang="${esc(content.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(headline)} — ${esc(brand)}</title>
<meta name="description" content="${esc(lead[0] ?? headline)}">
<style>
:root { --ink: ${dark ? "#efe9dd" : "#1d1a16"}; --paper: ${look.ground ?? (dark ? "#161412" : "#fbf8f1")}; --rule: ${rule}; --accent: ${look.accent}; }
html { background: var(--paper); color: var(--ink); }
body { margin: 0 auto; max-width: 46rem; padding: 0 1.25rem; font: 1.0625rem/1.65 ${look.face === "serif" ? "Georgia, 'Times New Roman', serif" : "'Helvetica Neue', Arial, sans-serif"}; }
h1, h2, h3 { font-family: ${look.face === "serif" ? "'Times New Roman', Georgia, serif" : "'Helvetica Neue', Arial, sans-serif"}; font-weight: 600; line-height: 1.12; }
h1 { font-size: ${look.headline}px; margin: 0 0 1rem; text-align: ${look.align}; text-wrap: balance; }
h2 { font-size: 1.5rem; margin: 0 0 1.25rem; }
.masthead { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.5rem; padding: 1rem 0; border-bottom: 3px double var(--rule); }
.masthead .name { font-size: 1.35rem; font-weight: 700; margin-right: auto; }
.masthead a { color: inherit; padding: .4rem 0; }
.opening { padding: 3.5rem 0 2.5rem; text-align: ${look.align}; }
.opening.beside { display: grid; gap: 2rem; align-items: center; }
@media (min-width: 36rem) { .opening.beside { grid-template-columns: 3fr 2fr; } }
.opening p { font-size: 1.2rem; font-style: italic; margin: 0 0 1.5rem; }
.cta { font: inherit; font-style: normal; background: var(--accent); color: #fff; border: none; padding: .7rem 1.6rem; cursor: pointer; }
section { border-top: 1px solid var(--rule); padding: 2.25rem 0; }
section.tinted { background: var(--accent); color: #fff; border: 0; padding: 2.25rem 1.5rem; }
section.tinted .cta { background: #fff; color: #1d1a16; }
.columns { display: grid; gap: 2rem; }
@media (min-width: 36rem) { .columns.n2 { grid-template-columns: 1fr 1fr; } .columns.n3 { grid-template-columns: 1fr 1fr 1fr; } .columns.n4 { grid-template-columns: repeat(4, 1fr); } }
.columns h3 { margin: 0 0 .4rem; font-size: 1.15rem; }
.columns p { margin: 0 0 .4rem; }
.price { font-size: 2rem; }
.figure-number { display: block; font-size: 3rem; line-height: 1; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-variant: small-caps; letter-spacing: .03em; border-bottom: 2px solid var(--rule); padding: .4rem .5rem .4rem 0; }
td { border-bottom: 1px solid var(--rule); padding: .5rem .5rem .5rem 0; }
dl.terms, dl.terms dd { margin: 0; } dl.terms div { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px dotted var(--rule); padding: .35rem 0; }
blockquote { margin: 0; font-style: italic; }
blockquote footer { font-style: normal; margin-top: .5rem; padding: 0; border: 0; }
figure { margin: 0; } figure svg, .opening svg, img { width: 100%; height: auto; display: block; fill: var(--accent); }
figcaption { font-style: italic; margin-top: .4rem; }
.row { margin: 0 0 1rem; } .row label { display: block; font-variant: small-caps; font-size: 1.05rem; }
.row input, .row textarea { width: 100%; box-sizing: border-box; border: 0; border-bottom: 1px solid var(--rule); background: transparent; color: inherit; font: inherit; padding: .5rem 0; min-height: 2.5rem; }
details { border-bottom: 1px solid var(--rule); padding: .6rem 0; } summary { font-weight: 600; padding: .3rem 0; cursor: pointer; }
ol.steps { counter-reset: step; list-style: none; padding: 0; margin: 0; }
ol.steps li { counter-increment: step; } ol.steps li::before { content: counter(step) ". "; font-weight: 700; color: inherit; }
.colophon { border-top: 3px double var(--rule); padding: 1.5rem 0 3rem; text-align: center; }
</style>
</head>
<body>
${
  links.length > 0
    ? `<nav class="masthead" aria-label="Main"><span class="name">${esc(brand)}</span>${each(links, (link) => `<a href="/${esc(link.toLowerCase())}">${esc(link)}</a>`)}</nav>`
    : ""
}
<main>
<div class="opening${picture ? " beside" : ""}">
<div>
<h1>${esc(headline)}</h1>
${each(lead, (line) => `<p>${esc(line)}</p>`)}
${action ? `<button class="cta" type="button">${esc(action)}</button>` : ""}
</div>
${picture ? `<figure>${picture}</figure>` : ""}
</div>
${each(sections, sectionOf)}
</main>
${footer ? `<footer class="colophon"><small style="font-size:1rem">${esc(footer)}.</small></footer>` : ""}
</body>
</html>`;
}

function sectionOf({ title, blocks, stacked, band }: ContentSection): string {
  return `<section${band ? ` class="tinted"` : ""}>
${title === null ? "" : `<h2>${esc(title)}</h2>`}
${each(blocks, (block) => blockOf(block, stacked))}
</section>`;
}

function blockOf(block: Block, stacked: boolean): string {
  const columns = (count: number) => `columns${stacked ? "" : ` n${Math.min(4, count)}`}`;
  switch (block.kind) {
    case "text":
      return `<p>${esc(block.text)}</p>`;
    case "button":
      return `<button class="cta" type="button">${esc(block.text)}</button>`;
    case "cards":
      return `<div class="${columns(block.items.length)}">${each(block.items, ({ title, lines }) => {
        const { price, rest } = priced(lines);
        return `<div><h3>${esc(title)}</h3>${price ? `<p><span class="price">${esc(price)}</span> a month</p>` : ""}${each(rest, (line) => `<p>${esc(line)}</p>`)}</div>`;
      })}</div>`;
    case "amounts":
      return `<div class="${columns(block.items.length)}">${each(block.items, ({ amount, label }) => `<p><span class="figure-number">${esc(amount)}</span> ${esc(label)}</p>`)}</div>`;
    case "steps":
      return `<ol class="steps ${columns(block.items.length)}">${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ol>`;
    case "list":
      return `<ul>${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ul>`;
    case "table": {
      const [head = [], ...rows] = block.rows;
      return `<table><thead><tr>${each(head, (text) => `<th>${esc(text)}</th>`)}</tr></thead><tbody>${each(rows, ([name = "", ...rest]) => `<tr><td>${esc(name)}</td>${each(rest, (text) => `<td>${esc(text)}</td>`)}</tr>`)}</tbody></table>`;
    }
    case "form":
      return `<form>${each(block.fields, ({ label, type, multiline }, i) => `<div class="row"><label for="f${i}">${esc(label)}</label>${multiline ? `<textarea id="f${i}" rows="3"></textarea>` : `<input id="f${i}" type="${esc(type)}">`}</div>`)}<button class="cta">${esc(block.submit)}</button></form>`;
    case "quotes":
      return `<div class="${columns(block.items.length)}">${each(block.items, ({ text, by }) => `<blockquote>‘${esc(text)}’<footer>— ${esc(by)}, a guest</footer></blockquote>`)}</div>`;
    case "questions":
      return each(
        block.items,
        ({ question, answer }) =>
          `<details><summary>${esc(question)}</summary><p>${esc(answer)}</p></details>`,
      );
    case "terms":
      return `<div>${block.title === null ? "" : `<h3>${esc(block.title)}</h3>`}<dl class="terms">${each(block.items, ({ term, value }) => `<div><dt>${esc(term)}</dt><dd>${esc(value)}</dd></div>`)}</dl></div>`;
    case "widget":
      return block.markup;
    case "pictures":
      return `<div class="${columns(block.items.length)}">${each(block.items, ({ picture, caption }) => `<figure>${picture}<figcaption>${esc(caption)}</figcaption></figure>`)}</div>`;
  }
}
