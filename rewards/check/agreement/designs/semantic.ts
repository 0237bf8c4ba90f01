import type { Brief } from "../brief.js";
import type { Block, ContentSection } from "../content.js";
import { each, esc } from "./write.js";

/** Plain semantic HTML without a class: a style sheet of element selectors, as a careful generalist writes it. */
export function semantic({ content, look }: Brief): string {
  const dark = look.theme === "dark";
  const { brand, links, headline, lead, action, picture, sections, footer } = content;
  return `<!DOCTYPE html>
<html lang="${esc(content.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(brand)}</title>
<style>
* { box-sizing: border-box; }
body { margin: 0; background: ${look.ground ?? (dark ? "#15171c" : "#fdfdfb")}; color: ${dark ? "#ececf0" : "#22242a"}; font: 17px/1.55 Verdana, sans-serif; }
h1, h2, h3 { font-family: ${look.face === "serif" ? "Georgia, serif" : "Verdana, sans-serif"}; line-height: 1.2; }
h1 { font-size: ${look.headline}px; margin: 0 0 16px; text-align: ${look.align}; }
nav { padding: 12px 24px; border-bottom: 1px solid ${dark ? "#3a3d46" : "#d8d8d2"}; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; margin: 0; padding: 0; }
nav a { display: inline-block; padding: 8px 12px; color: inherit; }
main, footer { max-width: 760px; margin: 0 auto; padding: 24px; }
header { padding: 32px 0; text-align: ${look.align}; }
header img, header svg { width: 100%; height: auto; fill: ${look.accent}; }
button { font: inherit; padding: 12px 22px; border: 0; border-radius: 4px; background: ${look.accent}; color: #fff; }
section { padding: 20px 0; }
ol, section > ul { padding-left: 24px; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid ${dark ? "#3a3d46" : "#c9c9c2"}; padding: 8px 12px; text-align: left; }
label { display: block; margin: 0 0 14px; }
input, textarea { display: block; width: 100%; padding: 10px; margin-top: 4px; font: inherit; }
summary { padding: 10px 0; font-weight: bold; }
figure { margin: 0; }
figure svg { width: 100%; height: auto; fill: ${look.accent}; }
dl { margin: 0; } dt { font-size: 34px; font-weight: bold; } dd { margin: 0 0 12px; }
blockquote { margin: 0; padding-left: 14px; border-left: 3px solid ${look.accent}; }
[role=list] { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 18px; padding: 0; list-style-position: inside; }
[role=list][aria-orientation=vertical] { grid-template-columns: 1fr; }
</style>
</head>
<body>
${links.length > 0 ? `<nav><ul><li><a href="/"><strong>${esc(brand)}</strong></a></li>${each(links, (link) => `<li><a href="#${esc(link)}">${esc(link)}</a></li>`)}</ul></nav>` : ""}
<main>
<header>
${picture ? `<div role="list"><div>${opening()}</div><div>${picture}</div></div>` : opening()}
</header>
${each(sections, sectionOf)}
</main>
${footer ? `<footer>${esc(footer)}</footer>` : ""}
</body>
</html>`;

  function opening(): string {
    return `<h1>${esc(headline)}</h1>
${each(lead, (text) => `<p>${esc(text)} We would love to show you.</p>`)}
${action ? `<p><button type="button">${esc(action)}</button></p>` : ""}`;
  }

  function sectionOf({ title, blocks, stacked, band }: ContentSection): string {
    const style = band ? ` style="background:${look.accent};color:#fff;padding:24px"` : "";
    return `<section${style}>
${title === null ? "" : `<h2>${esc(title)}</h2>`}
${each(blocks, (block) => blockOf(block, stacked, band))}
</section>`;
  }
}

function blockOf(block: Block, stacked: boolean, band: boolean): string {
  const row = stacked ? `role="list" aria-orientation="vertical"` : `role="list"`;
  switch (block.kind) {
    case "text":
      return `<p>${esc(block.text)}</p>`;
    case "button":
      return `<button type="button"${band ? ` style="background:#fff;color:#222"` : ""}>${esc(block.text)}</button>`;
    case "cards":
      return `<div ${row}>${each(block.items, ({ title, lines }) => `<article role="listitem"><h3>${esc(title)}</h3>${each(lines, (line) => `<p>${esc(line)}</p>`)}</article>`)}</div>`;
    case "amounts":
      return `<dl ${row}>${each(block.items, ({ amount, label }) => `<div><dt>${esc(amount)}</dt><dd>${esc(label)}</dd></div>`)}</dl>`;
    case "steps":
      return `<ol ${row}>${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ol>`;
    case "list":
      return `<ul>${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ul>`;
    case "table": {
      const [head = [], ...rows] = block.rows;
      return `<table><thead><tr>${each(head, (text) => `<th scope="col">${esc(text)}</th>`)}</tr></thead><tbody>${each(rows, (cells) => `<tr>${each(cells, (text) => `<td>${esc(text)}</td>`)}</tr>`)}</tbody></table>`;
    }
    case "form":
      return `<form>${each(block.fields, ({ label, type, multiline }) => `<label>${esc(label)} ${multiline ? "<textarea rows=4></textarea>" : `<input type="${esc(type)}">`}</label>`)}<button type="submit">${esc(block.submit)}</button></form>`;
    case "quotes":
      return `<div ${row}>${each(block.items, ({ text, by }) => `<blockquote><p>“${esc(text)}”</p><p>— ${esc(by)}</p></blockquote>`)}</div>`;
    case "questions":
      return each(
        block.items,
        ({ question, answer }) =>
          `<details><summary>${esc(question)}</summary><p>${esc(answer)}</p></details>`,
      );
    case "terms":
      return `<div>${block.title === null ? "" : `<h3>${esc(block.title)}</h3>`}<table><tbody>${each(block.items, ({ term, value }) => `<tr><th scope="row">${esc(term)}</th><td>${esc(value)}</td></tr>`)}</tbody></table></div>`;
    case "widget":
      return block.markup;
    case "pictures":
      return `<div ${row}>${each(block.items, ({ picture, caption }) => `<figure>${picture}<figcaption>${esc(caption)}</figcaption></figure>`)}</div>`;
  }
}
