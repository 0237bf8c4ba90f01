import type { Brief } from "../brief.js";
import type { Block, ContentSection } from "../content.js";
import { each, esc, priced } from "./write.js";

/** What a component framework leaves behind: `div`s with generated names and ARIA roles, and a script that opens answers. */
export function components({ content, look }: Brief): string {
  const dark = look.theme === "dark";
  const { brand, links, headline, lead, action, picture, sections, footer } = content;
  return `<!DOCTYPE html>
<html lang="${esc(content.language)}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width,initial-scale=1"/>
<title>${esc(brand)}</title>
<style>
:root{--surface:${dark ? "#1b1e24" : "#f3f4f7"};--ground:${look.ground ?? (dark ? "#0f1115" : "#fff")};--on:${dark ? "#f2f3f5" : "#16181d"};--dim:${dark ? "#b3b9c4" : "#4b5260"};--accent:${look.accent}}
#root,body{margin:0;background:var(--ground);color:var(--on);font:16px/1.6 Roboto,"Segoe UI",Arial,sans-serif}
.AppBar_root__x1{display:flex;align-items:center;gap:16px;min-height:64px;padding:0 24px;background:var(--surface);flex-wrap:wrap}
.AppBar_brand__x2{font-size:20px;font-weight:500;flex:1 0 auto}
.NavLink_root__a1{color:var(--on);text-decoration:none;padding:10px 12px;border-radius:8px}
.Hero_root__h1{padding:72px 24px;text-align:${look.align}}
.Hero_split__h2{display:flex;flex-wrap:wrap;gap:32px;align-items:center}.Hero_split__h2>*{flex:1 1 260px}
.Hero_media__h3 svg{width:100%;height:auto;fill:var(--accent);background:var(--surface);border-radius:16px}
.Typography_h1__t1{margin:0 0 16px;font:700 ${look.headline}px/1.15 ${look.face === "serif" ? `"Noto Serif","DejaVu Serif",Georgia,serif` : "Roboto,Arial,sans-serif"};text-align:${look.align}}
.Typography_h2__t2{margin:0 0 24px;font:700 26px/1.25 ${look.face === "serif" ? `"Noto Serif",Georgia,serif` : "Roboto,Arial,sans-serif"}}
.Typography_h3__t3{margin:0 0 8px;font:500 18px/1.3 Roboto,Arial,sans-serif}
.Typography_body__t4{margin:0 0 12px;color:var(--dim)}
.Button_root__b1{display:inline-flex;align-items:center;min-height:44px;padding:0 22px;border:0;border-radius:22px;background:var(--accent);color:#fff;font:500 16px Roboto,Arial,sans-serif;cursor:pointer}
.Button_inverse__b2{background:#fff;color:#16181d}
.Section_root__s1{padding:48px 24px}.Section_inner__s2,.Hero_inner__h4{max-width:960px;margin:0 auto}
.Section_band__s3{background:var(--accent);color:#fff}
.Grid_root__g1{display:flex;flex-wrap:wrap;gap:20px}.Grid_item__g2{flex:1 1 140px;min-width:0}.Grid_stack__g3{flex-direction:column}
.Card_root__c1{background:var(--surface);border-radius:16px;padding:24px;box-shadow:0 1px 2px #0003}
.Card_amount__c2{font-size:40px;font-weight:700;line-height:1.1}
.Table_root__t8{display:table;width:100%}.Table_row__t9{display:table-row}.Table_cell__t0{display:table-cell;padding:10px 16px;border-bottom:1px solid var(--dim)}
.Field_root__f1{display:flex;flex-direction:column;gap:6px;margin-bottom:18px}.Field_input__f2{font:inherit;padding:12px;border:1px solid #80868f;border-radius:8px;background:var(--ground);color:var(--on)}
.Accordion_item__d1{background:var(--surface);border-radius:12px;margin-bottom:12px}.Accordion_head__d2{all:unset;box-sizing:border-box;display:block;width:100%;padding:16px 20px;font-weight:500;cursor:pointer}.Accordion_head__d2:focus-visible{outline:2px solid var(--accent)}.Accordion_panel__d3{padding:0 20px 16px}
.Media_root__m1 svg{display:block;width:100%;height:auto;fill:var(--accent);background:var(--surface);border-radius:12px}.Media_caption__m2{padding:8px 0;color:var(--dim)}
.Footer_root__z1{padding:32px 24px;background:var(--surface);text-align:center}
</style>
</head>
<body>
<div id="root">
${
  links.length > 0
    ? `<div role="navigation" class="AppBar_root__x1"><div class="AppBar_brand__x2">${esc(brand)}</div>${each(links, (link) => `<a class="NavLink_root__a1" href="#/${esc(link.toLowerCase())}">${esc(link)}</a>`)}</div>`
    : ""
}
<div role="main">
<div class="Hero_root__h1"><div class="Hero_inner__h4${picture ? " Hero_split__h2" : ""}"><div>
<h1 class="Typography_h1__t1">${esc(headline)}</h1>
${each(lead, (line) => `<p class="Typography_body__t4">${esc(line)}</p>`)}
${action ? `<button class="Button_root__b1" type="button"><span>${esc(action)}</span></button>` : ""}
</div>${picture ? `<div class="Hero_media__h3">${picture}</div>` : ""}</div></div>
${each(sections, sectionOf)}
</div>
${footer ? `<div role="contentinfo" class="Footer_root__z1"><div>${esc(footer)}</div></div>` : ""}
</div>
<script>
for (const head of document.querySelectorAll(".Accordion_head__d2"))
  head.addEventListener("click", () => {
    const open = head.getAttribute("aria-expanded") !== "true";
    head.setAttribute("aria-expanded", String(open));
    document.getElementById(head.getAttribute("aria-controls")).hidden = !open;
  });
</script>
</body>
</html>`;
}

function sectionOf({ title, blocks, stacked, band }: ContentSection): string {
  return `<div class="Section_root__s1${band ? " Section_band__s3" : ""}"><div class="Section_inner__s2">
${title === null ? "" : `<h2 class="Typography_h2__t2">${esc(title)}</h2>`}
${each(blocks, (block) => blockOf(block, stacked, band))}
</div></div>`;
}

const card = (inside: string) =>
  `<div class="Grid_item__g2"><div class="Card_root__c1">${inside}</div></div>`;

function blockOf(block: Block, stacked: boolean, band: boolean): string {
  const grid = `Grid_root__g1${stacked ? " Grid_stack__g3" : ""}`;
  switch (block.kind) {
    case "text":
      return `<p class="Typography_body__t4">${esc(block.text)}</p>`;
    case "button":
      return `<button class="Button_root__b1${band ? " Button_inverse__b2" : ""}" type="button"><span>${esc(block.text)}</span></button>`;
    case "cards":
      return `<div class="${grid}">${each(block.items, ({ title, lines }) => {
        const { price, rest } = priced(lines);
        return card(
          `<h3 class="Typography_h3__t3">${esc(title)}</h3>${price ? `<div><span class="Card_amount__c2">${esc(price)}</span><span>/mo</span></div>` : ""}${each(rest, (line) => `<p class="Typography_body__t4">${esc(line)}</p>`)}`,
        );
      })}</div>`;
    case "amounts":
      return `<div class="${grid}">${each(block.items, ({ amount, label }) => card(`<div class="Card_amount__c2">${esc(amount)}</div><div>${esc(label)}</div>`))}</div>`;
    case "steps":
      return `<div class="${grid}" role="list">${each(block.items, (text, i) => `<div class="Grid_item__g2" role="listitem"><div class="Card_root__c1"><span>${i + 1}.</span> <span>${esc(text)}</span></div></div>`)}</div>`;
    case "list":
      return `<ul>${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ul>`;
    case "table": {
      const [head = [], ...rows] = block.rows;
      return `<div role="table" class="Table_root__t8"><div role="row" class="Table_row__t9">${each(head, (text) => `<div role="columnheader" class="Table_cell__t0"><b>${esc(text)}</b></div>`)}</div>${each(rows, (cells) => `<div role="row" class="Table_row__t9">${each(cells, (text) => `<div role="cell" class="Table_cell__t0">${esc(text)}</div>`)}</div>`)}</div>`;
    }
    case "form":
      return `<form>${each(block.fields, ({ label, type, multiline }, i) => `<div class="Field_root__f1"><label for="r${i}">${esc(label)} *</label>${multiline ? `<textarea class="Field_input__f2" id="r${i}" rows="4"></textarea>` : `<input class="Field_input__f2" id="r${i}" type="${esc(type)}" required>`}</div>`)}<button class="Button_root__b1" type="submit"><span>${esc(block.submit)}</span></button></form>`;
    case "quotes":
      return `<div class="${grid}">${each(block.items, ({ text, by }) => card(`<p class="Typography_body__t4">“${esc(text)}”</p><div>${esc(by)}</div>`))}</div>`;
    case "questions":
      return each(
        block.items,
        ({ question, answer }, i) =>
          `<div class="Accordion_item__d1"><button type="button" class="Accordion_head__d2" aria-expanded="false" aria-controls="panel-${i}">${esc(question)}</button><div class="Accordion_panel__d3" id="panel-${i}" hidden>${esc(answer)}</div></div>`,
      );
    case "terms":
      return `<div class="Card_root__c1">${block.title === null ? "" : `<h3 class="Typography_h3__t3">${esc(block.title)}</h3>`}${each(block.items, ({ term, value }) => `<div class="Grid_root__g1"><span class="Grid_item__g2">${esc(term)}</span><span>${esc(value)}</span></div>`)}</div>`;
    case "widget":
      return block.markup;
    case "pictures":
      return `<div class="${grid}">${each(block.items, ({ picture, caption }) => `<div class="Grid_item__g2"><figure class="Media_root__m1" style="margin:0">${picture}<figcaption class="Media_caption__m2">${esc(caption)}</figcaption></figure></div>`)}</div>`;
  }
}
