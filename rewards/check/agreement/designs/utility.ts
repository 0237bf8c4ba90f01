import type { Brief } from "../brief.js";
import type { Block, ContentSection } from "../content.js";
import { each, esc, priced } from "./write.js";

/** Utility classes on wrappers within wrappers, as code models write most pages. */
export function utility({ content, look }: Brief): string {
  const dark = look.theme === "dark";
  const { brand, links, headline, lead, action, picture, sections, footer } = content;
  const text = `<div class="space-y-6 ${look.align === "center" ? "text-center" : "text-left"}">
<h1 class="font-display title font-extrabold tracking-tight ${look.align === "center" ? "text-center" : "text-left"}">${esc(headline)}</h1>
${each(lead, (line) => `<p class="text-lg muted">${esc(line)}</p>`)}
${action ? `<div><a href="#start" class="btn btn-primary shadow-lg">${esc(action)} →</a></div>` : ""}
</div>`;
  return `<!DOCTYPE html>
<html lang="${esc(content.language)}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${esc(brand)} | ${esc(headline)}</title>
<style>
*,::before,::after{box-sizing:border-box;border:0 solid}
body{margin:0;font-family:Inter,Helvetica,Arial,sans-serif;line-height:1.5;-webkit-font-smoothing:antialiased}
.bg-page{background-color:${look.ground ?? (dark ? "#0b1120" : "#ffffff")}}.text-page{color:${dark ? "#e2e8f0" : "#0f172a"}}
.bg-soft{background-color:${dark ? "#131c31" : "#f8fafc"}}.muted{color:${dark ? "#a5b1c4" : "#475569"}}
.border{border-width:1px;border-color:${dark ? "#243049" : "#e2e8f0"}}.border-b{border-bottom:1px solid ${dark ? "#243049" : "#e2e8f0"}}
.container{width:100%;max-width:1024px;margin-left:auto;margin-right:auto;padding-left:1.5rem;padding-right:1.5rem}
.flex{display:flex}.grid{display:grid}.items-center{align-items:center}.justify-between{justify-content:space-between}.flex-wrap{flex-wrap:wrap}
.gap-2{gap:.5rem}.gap-6{gap:1.5rem}.py-3{padding-top:.75rem;padding-bottom:.75rem}.py-12{padding-top:3rem;padding-bottom:3rem}.py-20{padding-top:5rem;padding-bottom:5rem}
.p-6{padding:1.5rem}.p-2{padding:.5rem .75rem}.mb-6{margin-bottom:1.5rem}.mb-2{margin-bottom:.5rem}.m-0{margin:0}.space-y-6>*+*{margin-top:1.5rem}
.text-center{text-align:center}.text-left{text-align:left}.text-lg{font-size:1.125rem}.text-2xl{font-size:1.5rem}.text-4xl{font-size:2.25rem}.font-bold{font-weight:700}.font-extrabold{font-weight:800}.tracking-tight{letter-spacing:-.02em}
.font-display{font-family:${look.face === "serif" ? "'Playfair Display',Georgia,serif" : "Inter,Helvetica,Arial,sans-serif"}}.title{font-size:${look.headline}px;line-height:1.1;margin:0}
.rounded-xl{border-radius:.75rem}.shadow{box-shadow:0 1px 3px #0002}.shadow-lg{box-shadow:0 10px 15px -3px #0003}
.btn{display:inline-block;padding:.75rem 1.5rem;border-radius:.5rem;font-weight:600;text-decoration:none;font-size:1rem;cursor:pointer}
.btn-primary{background-color:${look.accent};color:#fff}.btn-light{background-color:#fff;color:#111827}
.link{color:inherit;text-decoration:none}.w-full{width:100%}.art{width:100%;fill:${look.accent}}.art svg{display:block;width:100%;height:auto}
.band{background-color:${look.accent};color:#fff}
.grid-2,.grid-3,.grid-4{grid-template-columns:1fr}
@media(min-width:640px){.grid-2{grid-template-columns:repeat(2,1fr)}.grid-3{grid-template-columns:repeat(3,1fr)}.grid-4{grid-template-columns:repeat(4,1fr)}}
</style>
</head>
<body class="bg-page text-page">
${
  links.length > 0
    ? `<header class="border-b"><div class="container"><nav class="flex items-center justify-between flex-wrap py-3">
<a class="link font-bold text-lg p-2" href="/">${esc(brand)}</a>
<div class="flex gap-2 flex-wrap">${each(links, (link) => `<a class="link p-2" href="#">${esc(link)}</a>`)}</div>
</nav></div></header>`
    : ""
}
<main>
<div${look.ground === null ? ` class="bg-soft"` : ""}><div class="container py-20">${picture ? `<div class="grid grid-2 gap-6 items-center">${text}<div class="art">${picture}</div></div>` : text}</div></div>
${each(sections, sectionOf)}
</main>
${footer ? `<footer class="bg-soft"><div class="container py-12 text-center muted">© ${esc(brand)} · ${esc(footer)}</div></footer>` : ""}
</body>
</html>`;
}

function sectionOf({ title, blocks, stacked, band }: ContentSection): string {
  return `<section class="${band ? "band" : ""}"><div class="container py-12">
${title === null ? "" : `<h2 class="font-display text-2xl font-bold mb-6">${esc(title)}</h2>`}
${each(blocks, (block) => blockOf(block, stacked, band))}
</div></section>`;
}

function blockOf(block: Block, stacked: boolean, band: boolean): string {
  const grid = (count: number) => `grid gap-6 ${stacked ? "" : `grid-${Math.min(4, Math.max(2, count))}`}`;
  switch (block.kind) {
    case "text":
      return `<p class="text-lg">${esc(block.text)}</p>`;
    case "button":
      return `<a href="#" class="btn ${band ? "btn-light" : "btn-primary"}">${esc(block.text)}</a>`;
    case "cards":
      return `<div class="${grid(block.items.length)}">${each(block.items, ({ title, lines }) => {
        const { price, rest } = priced(lines);
        return `<div class="bg-soft border rounded-xl p-6 shadow"><h3 class="text-lg font-bold mb-2">${esc(title)}</h3>
${price ? `<p class="text-4xl font-extrabold m-0">${esc(price)}<span class="text-lg muted"> / month</span></p>` : ""}
${each(rest, (line) => `<p class="muted m-0">${esc(line)}</p>`)}</div>`;
      })}</div>`;
    case "amounts":
      return `<div class="${grid(block.items.length)} text-center">${each(block.items, ({ amount, label }) => `<div class="p-6"><div class="text-4xl font-extrabold">${esc(amount)}+</div><div class="muted">${esc(label)}</div></div>`)}</div>`;
    case "steps":
      return `<div class="${grid(block.items.length)}">${each(block.items, (text, i) => `<div class="bg-soft border rounded-xl p-6"><div class="text-2xl font-bold">${i + 1}</div><h3 class="text-lg font-bold m-0">${esc(text)}</h3><p class="muted m-0">It takes a minute.</p></div>`)}</div>`;
    case "list":
      return `<ul>${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ul>`;
    case "table": {
      const [head = [], ...rows] = block.rows;
      return `<div class="border rounded-xl"><table class="w-full"><thead><tr>${each(head, (text) => `<th class="p-2 text-left border-b">${esc(text)}</th>`)}</tr></thead><tbody>${each(rows, (cells) => `<tr>${each(cells, (text) => `<td class="p-2">${esc(text)}</td>`)}</tr>`)}</tbody></table></div>`;
    }
    case "form":
      return `<form class="bg-soft rounded-xl p-6 space-y-6" onsubmit="return false">${each(block.fields, ({ label, type, multiline }, i) => `<div><label class="font-bold" for="field-${i}">${esc(label)}</label>${multiline ? `<textarea id="field-${i}" class="w-full border rounded-xl p-2" rows="4" placeholder="How can we help?"></textarea>` : `<input id="field-${i}" type="${esc(type)}" class="w-full border rounded-xl p-2 text-lg">`}</div>`)}<button class="btn btn-primary" type="submit">${esc(block.submit)}</button></form>`;
    case "quotes":
      return `<div class="${grid(block.items.length)}">${each(block.items, ({ text, by }) => `<figure class="bg-soft rounded-xl p-6 m-0 shadow"><blockquote class="m-0 mb-2">“${esc(text)}”</blockquote><figcaption class="muted font-bold">— ${esc(by)}</figcaption></figure>`)}</div>`;
    case "questions":
      return `<div class="space-y-6">${each(block.items, ({ question, answer }) => `<details class="bg-soft rounded-xl p-6"><summary class="font-bold">${esc(question)}</summary><p class="muted">${esc(answer)}</p></details>`)}</div>`;
    case "terms":
      return `<div class="mb-6">${block.title === null ? "" : `<h3 class="text-lg font-bold mb-2">${esc(block.title)}</h3>`}${each(block.items, ({ term, value }) => `<div class="flex justify-between p-2 border-b"><span>${esc(term)}</span><span class="font-bold">${esc(value)}</span></div>`)}</div>`;
    case "widget":
      return block.markup;
    case "pictures":
      return `<div class="${grid(block.items.length)}">${each(block.items, ({ picture, caption }) => `<figure class="m-0"><div class="art bg-soft rounded-xl">${picture}</div><figcaption class="text-center muted p-2">${esc(caption)}</figcaption></figure>`)}</div>`;
  }
}
