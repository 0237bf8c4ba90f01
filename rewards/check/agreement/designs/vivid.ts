import type { Brief } from "../brief.js";
import type { Block, ContentSection } from "../content.js";
import { each, esc, priced } from "./write.js";

/** A launch page: gradients, glass, decoration in pseudo elements, sections that fade in as they are scrolled to. */
export function vivid({ content, look }: Brief): string {
  const dark = look.theme === "dark";
  const { brand, links, headline, lead, action, picture, sections, footer } = content;
  const ground = look.ground
    ? `linear-gradient(${look.ground}, ${look.ground})`
    : dark
      ? `radial-gradient(circle at 20% 0%, color-mix(in srgb, ${look.accent} 28%, #09090f), #09090f 60%)`
      : `linear-gradient(160deg, #ffffff, color-mix(in srgb, ${look.accent} 12%, #ffffff))`;
  return `<!DOCTYPE html>
<html lang="${esc(content.language)}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>✦ ${esc(brand)}</title>
<style>
:root { --accent: ${look.accent}; --ink: ${dark ? "#f5f5ff" : "#14141f"}; --glass: ${dark ? "#ffffff14" : "#ffffffcc"}; --edge: ${dark ? "#ffffff2e" : "#00000014"}; }
* { margin: 0; padding: 0; box-sizing: border-box; }
body { font: 17px/1.6 "Segoe UI", system-ui, Helvetica, sans-serif; color: var(--ink); background: ${look.ground ?? (dark ? "#09090f" : "#ffffff")} ${ground} no-repeat; min-height: 100vh; }
h1, h2, h3 { font-family: ${look.face === "serif" ? `"DM Serif Display", Georgia, serif` : `"Segoe UI", Helvetica, sans-serif`}; line-height: 1.15; }
.bar { position: sticky; top: 0; z-index: 10; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 18px; padding: 14px 28px; background: ${dark ? "#0b0b14f2" : "#fffffff2"}; border-bottom: 1px solid var(--edge); }
.bar .logo { font-weight: 800; font-size: 20px; color: inherit; text-decoration: none; margin-right: auto; }
.bar .logo::before { content: ""; display: inline-block; width: 14px; height: 14px; margin-right: 8px; border-radius: 50%; background: var(--accent); }
.bar a { color: inherit; text-decoration: none; padding: 6px 2px; }
.hero { padding: 90px 28px 70px; max-width: 1000px; margin: 0 auto; text-align: ${look.align}; }
.hero.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); gap: 30px; align-items: center; }
.hero h1 { font-size: ${look.headline}px; margin-bottom: 18px; text-align: ${look.align}; animation: rise .6s ease-out both; }
.hero p { font-size: 19px; margin-bottom: 26px; }
.pill { display: inline-block; border: 0; border-radius: 999px; padding: 14px 30px; font: 700 17px "Segoe UI", Helvetica, sans-serif; color: #fff; background: var(--accent); box-shadow: 0 10px 30px -8px var(--accent); transition: transform .2s; cursor: pointer; }
.pill:hover { transform: translateY(-2px); }
.reveal { opacity: 0; transform: translateY(24px); transition: opacity .5s, transform .5s; }
.reveal.shown { opacity: 1; transform: none; }
section { max-width: 1000px; margin: 0 auto; padding: 44px 28px; }
section.call { background: var(--accent); color: #fff; border-radius: 28px; text-align: center; }
section.call .pill { background: #fff; color: #14141f; box-shadow: none; }
section h2 { font-size: 28px; margin-bottom: 22px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 20px; }
.tiles.column { grid-template-columns: 1fr; }
.tile { background: var(--glass); border: 1px solid var(--edge); border-radius: 20px; padding: 22px; }
.tile .huge { font-size: 40px; font-weight: 800; display: block; line-height: 1.1; }
.tile svg, .art svg { width: 100%; height: auto; fill: var(--accent); border-radius: 12px; display: block; }
.badge { display: inline-grid; place-items: center; width: 34px; height: 34px; border-radius: 50%; background: var(--accent); color: #fff; font-weight: 700; margin-bottom: 8px; }
table { width: 100%; border-collapse: separate; border-spacing: 0 6px; } td, th { padding: 12px 16px; text-align: left; background: ${dark ? "#1c1c28" : "#ffffff"}; } th { background: var(--accent); color: #fff; }
.field { margin-bottom: 16px; } .field label { font-weight: 600; } .field input, .field textarea { width: 100%; margin-top: 6px; padding: 12px 14px; font: inherit; border-radius: 12px; border: 1px solid #8a8a9a; background: ${dark ? "#14141f" : "#ffffff"}; color: inherit; }
.faq { margin-bottom: 12px; } .faq button { width: 100%; text-align: left; font: 600 17px "Segoe UI", Helvetica, sans-serif; color: inherit; background: var(--glass); border: 1px solid var(--edge); border-radius: 14px; padding: 14px 18px; cursor: pointer; } .faq div { display: none; padding: 12px 18px; } .faq.open div { display: block; }
footer { padding: 36px 28px; text-align: center; }
@keyframes rise { from { opacity: 0; transform: translateY(16px); } to { opacity: 1; transform: none; } }
</style>
</head>
<body>
${
  links.length > 0
    ? `<nav class="bar"><a class="logo" href="#top">${esc(brand)}</a>${each(links, (link) => `<a href="#${esc(link.toLowerCase())}">${esc(link)}</a>`)}</nav>`
    : ""
}
<main id="top">
<div class="hero${picture ? " side" : ""}"><div><h1>${esc(headline)}</h1>${each(lead, (text) => `<p>${esc(text)}</p>`)}${action ? `<button class="pill" type="button">${esc(action)} ›</button>` : ""}</div>${picture ? `<div class="art">${picture}</div>` : ""}</div>
${each(sections, sectionOf)}
</main>
${footer ? `<footer><p>${esc(footer)} ♥</p></footer>` : ""}
<script>
const seen = new IntersectionObserver((entries) => entries.forEach((entry) => { if (entry.isIntersecting) { entry.target.classList.add("shown"); seen.unobserve(entry.target); } }), { threshold: 0.1 });
document.querySelectorAll(".reveal").forEach((each) => seen.observe(each));
document.querySelectorAll(".faq button").forEach((button) => button.addEventListener("click", () => {
  const open = button.parentElement.classList.toggle("open");
  button.setAttribute("aria-expanded", open);
}));
</script>
</body>
</html>`;
}

function sectionOf({ title, blocks, stacked, band }: ContentSection): string {
  return `<section class="reveal${band ? " call" : ""}">${title === null ? "" : `<h2>${esc(title)}</h2>`}${each(blocks, (block) => blockOf(block, stacked))}</section>`;
}

function blockOf(block: Block, stacked: boolean): string {
  const tiles = `tiles${stacked ? " column" : ""}`;
  switch (block.kind) {
    case "text":
      return `<p>${esc(block.text)}</p>`;
    case "button":
      return `<button class="pill" type="button">${esc(block.text)}</button>`;
    case "cards":
      return `<div class="${tiles}">${each(block.items, ({ title, lines }) => {
        const { price, rest } = priced(lines);
        return `<div class="tile"><h3>${esc(title)}</h3>${price ? `<span class="huge">${esc(price)}</span><span>per month</span>` : ""}${each(rest, (text) => `<p>${esc(text)}</p>`)}</div>`;
      })}</div>`;
    case "amounts":
      return `<div class="${tiles}">${each(block.items, ({ amount, label }) => `<div class="tile"><span class="huge">${esc(amount)}</span>${esc(label)}</div>`)}</div>`;
    case "steps":
      return `<div class="${tiles}">${each(block.items, (text, i) => `<div class="tile"><span class="badge">${i + 1}</span><h3>${esc(text)}</h3></div>`)}</div>`;
    case "list":
      return `<ul>${each(block.items, (text) => `<li>${esc(text)}</li>`)}</ul>`;
    case "table": {
      const [head = [], ...rows] = block.rows;
      return `<table><thead><tr>${each(head, (text) => `<th>${esc(text)}</th>`)}</tr></thead><tbody>${each(rows, (cells) => `<tr>${each(cells, (text) => `<td>${esc(text)}</td>`)}</tr>`)}</tbody></table>`;
    }
    case "form":
      return `<form class="tile">${each(block.fields, ({ label, type, multiline }, i) => `<div class="field"><label for="input${i}">${esc(label)}</label>${multiline ? `<textarea id="input${i}" rows="4"></textarea>` : `<input id="input${i}" type="${esc(type)}" placeholder="Your ${esc(label.toLowerCase())}">`}</div>`)}<button class="pill" type="submit">${esc(block.submit)} →</button></form>`;
    case "quotes":
      return `<div class="${tiles}">${each(block.items, ({ text, by }) => `<div class="tile"><p>★★★★★</p><p>“${esc(text)}”</p><p><strong>${esc(by)}</strong></p></div>`)}</div>`;
    case "questions":
      return each(
        block.items,
        ({ question, answer }) =>
          `<div class="faq"><button type="button" aria-expanded="false">${esc(question)}</button><div>${esc(answer)}</div></div>`,
      );
    case "terms":
      return `<div class="tile" style="margin-bottom:16px">${block.title === null ? "" : `<h3>${esc(block.title)}</h3>`}<ul style="list-style:none">${each(block.items, ({ term, value }) => `<li>${esc(term)} <b>${esc(value)}</b></li>`)}</ul></div>`;
    case "widget":
      return block.markup;
    case "pictures":
      return `<div class="${tiles}">${each(block.items, ({ picture, caption }) => `<figure class="tile">${picture}<figcaption>${esc(caption)}</figcaption></figure>`)}</div>`;
  }
}
