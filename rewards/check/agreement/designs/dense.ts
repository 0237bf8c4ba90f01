import type { Brief } from "../brief.js";
import type { Block, ContentSection } from "../content.js";
import { each, esc, priced } from "./write.js";

/** Small type, hairlines and little air: tables of terms, inline lists, everything close together. */
export function dense({ content, look }: Brief): string {
  const dark = look.theme === "dark";
  const { brand, links, headline, lead, action, picture, sections, footer } = content;
  const line = dark ? "#3b3b40" : "#c4c4c8";
  return `<!DOCTYPE html><html lang="${esc(content.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${esc(brand)}: ${esc(headline)}</title><style>
body{margin:0;font:15px/1.4 "Liberation Sans",Arial,sans-serif;background:${look.ground ?? (dark ? "#18181b" : "#ffffff")};color:${dark ? "#e4e4e7" : "#18181b"}}
h1,h2,h3{font-family:${look.face === "serif" ? "Tinos,Times,serif" : `"Liberation Sans",Arial,sans-serif`};margin:0 0 6px;line-height:1.2}
h1{font-size:${look.headline}px;text-align:${look.align}}h2{font-size:18px;border-bottom:1px solid ${line};padding-bottom:4px}h3{font-size:15px}
.top{display:flex;flex-wrap:wrap;border-bottom:1px solid ${line};padding:0 10px}.top>*{padding:8px 10px}.top a{color:inherit;text-decoration:none}
.page{max-width:880px;margin:0 auto;padding:0 12px}.lead{padding:18px 0;text-align:${look.align}}.lead p{margin:0 0 10px}
.two{display:flex;gap:14px;align-items:center;flex-wrap:wrap}.two>*{flex:1 1 220px}.two svg,.pic svg{width:100%;height:auto;fill:${look.accent};border:1px solid ${line};display:block}
.go{background:${look.accent};color:#fff;border:0;padding:7px 14px;font:bold 15px Arial,sans-serif;min-height:34px}
section{padding:12px 0}.accent{background:${look.accent};color:#fff;padding:12px}.accent h2{border-color:#fff}.accent .go{background:#fff;color:#111}
.cells{display:table;width:100%;table-layout:fixed;border-spacing:6px 0;margin:0 -6px}.cells>*{display:table-cell;border:1px solid ${line};padding:8px;vertical-align:top}
.cells.down,.cells.down>*{display:block;margin:0}.cells.down>*{margin-bottom:6px}
.cells p{margin:0}.big{font-size:24px;font-weight:bold}
table{border-collapse:collapse}td,th{border:1px solid ${line};padding:3px 10px;text-align:left}
label{display:block;margin-bottom:6px}input,textarea{font:inherit;border:1px solid ${line};padding:5px;width:100%;box-sizing:border-box}
details{border:1px solid ${line};margin-bottom:4px;padding:4px 8px}summary{padding:3px 0}
footer{border-top:1px solid ${line};padding:10px 12px;text-align:right}
@media(max-width:420px){.cells,.cells>*{display:block;margin:0 0 6px}}
</style></head><body>
${links.length > 0 ? `<nav class="top"><b>${esc(brand)}</b>${each(links, (link) => `<a href="#x">${esc(link)}</a>`)}</nav>` : ""}
<main class="page">
<div class="lead${picture ? " two" : ""}"><div><h1>${esc(headline)}</h1>${each(lead, (text) => `<p>${esc(text)}</p>`)}${action ? `<button class="go" type="button">${esc(action)}</button>` : ""}</div>${picture ? `<div>${picture}</div>` : ""}</div>
${each(sections, sectionOf)}
</main>
${footer ? `<footer>${esc(brand)} – ${esc(footer)}</footer>` : ""}
</body></html>`;
}

function sectionOf({ title, blocks, stacked, band }: ContentSection): string {
  return `<section${band ? ` class="accent"` : ""}>${title === null ? "" : `<h2>${esc(title)}</h2>`}${each(blocks, (block) => blockOf(block, stacked))}</section>`;
}

function blockOf(block: Block, stacked: boolean): string {
  const cells = `cells${stacked ? " down" : ""}`;
  switch (block.kind) {
    case "text":
      return `<p>${esc(block.text)}</p>`;
    case "button":
      return `<button class="go" type="button">${esc(block.text)}</button>`;
    case "cards":
      return `<div class="${cells}">${each(block.items, ({ title, lines }) => {
        const { price, rest } = priced(lines);
        return `<div><h3>${esc(title)}</h3>${price ? `<p><span class="big">${esc(price)}</span>/month</p>` : ""}${each(rest, (text) => `<p>${esc(text)}</p>`)}</div>`;
      })}</div>`;
    case "amounts":
      return `<div class="${cells}">${each(block.items, ({ amount, label }) => `<p><span class="big">${esc(amount)}</span> ${esc(label)}</p>`)}</div>`;
    case "steps":
      return `<div class="${cells}">${each(block.items, (text, i) => `<div><b>${i + 1}.</b> ${esc(text)}</div>`)}</div>`;
    case "list":
      return `<ul>${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ul>`;
    case "table":
      return `<table>${each(block.rows, (row, i) => `<tr>${each(row, (text) => (i === 0 ? `<th>${esc(text)}</th>` : `<td>${esc(text)}</td>`))}</tr>`)}</table>`;
    case "form":
      return `<form>${each(block.fields, ({ label, type, multiline }) => `<label>${esc(label)}: ${multiline ? "<textarea rows=2></textarea>" : `<input type="${esc(type)}">`}</label>`)}<button class="go">${esc(block.submit)}</button></form>`;
    case "quotes":
      return `<div class="${cells}">${each(block.items, ({ text, by }) => `<div><b>${esc(by)}:</b> “${esc(text)}”</div>`)}</div>`;
    case "questions":
      return each(
        block.items,
        ({ question, answer }) => `<details><summary>${esc(question)}</summary>${esc(answer)}</details>`,
      );
    case "terms":
      return `<div>${block.title === null ? "" : `<h3>${esc(block.title)}</h3>`}<table>${each(block.items, ({ term, value }) => `<tr><td>${esc(term)}</td><td>${esc(value)}</td></tr>`)}</table></div>`;
    case "widget":
      return block.markup;
    case "pictures":
      return `<div class="${cells}">${each(block.items, ({ picture, caption }) => `<div class="pic"><figure style="margin:0">${picture}<figcaption>${esc(caption)}</figcaption></figure></div>`)}</div>`;
  }
}
