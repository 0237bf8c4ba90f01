import { each, inks, type School } from "./school.js";

/** Semantic elements, styled by their names: what the other schools depart from. */
export const classic: School = {
  name: "classic",
  css: (look) => {
    const { ink, line, panel } = inks(look);
    return `body{margin:0;background:${look.ground};color:${ink};font:17px/1.55 Arial,sans-serif}
main,footer,nav{max-width:52rem;margin:0 auto;padding:0 1.25rem}
h1,h2,h3{font-family:${look.face === "serif" ? "Georgia,serif" : "Arial,sans-serif"};line-height:1.2}
h1{font-size:2.6rem;text-align:${look.align};margin:0 0 1rem}
header{padding:3.5rem 0 2rem;text-align:${look.align}}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;padding-top:1rem}
nav b{margin-right:auto}nav a{color:inherit;padding:.4rem 0}
button{font:inherit;border:1px solid transparent;border-radius:.3rem;padding:.6rem 1.2rem;background:${look.accent};color:#fff}
button.quiet{background:${panel};color:${ink};border-color:${line}}button[aria-selected=true],button[aria-pressed=true]{border-color:currentColor;font-weight:700}
section{padding:1.6rem 0}.row{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))}
article{border:1px solid ${line};padding:1rem;border-radius:.3rem}article h3,article p{margin:0 0 .4rem}
table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:.5rem;border-bottom:1px solid ${line}}
dl.prices div,dl.details div{display:flex;justify-content:space-between;gap:1rem;padding:.35rem 0;border-bottom:1px dotted ${line}}dl{margin:0}dd{margin:0}
label{display:block;margin:0 0 1rem}input,textarea{display:block;width:100%;box-sizing:border-box;margin-top:.25rem;padding:.6rem;font:inherit}
blockquote{margin:0 0 1rem;padding-left:1rem;border-left:3px solid ${look.accent}}
.big{font-size:2.6rem;font-weight:700;display:block;line-height:1.1}footer{padding:2rem 1.25rem}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<nav><b>${brand}</b>${menu ? `<button class="quiet" data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a href="#${link}">${link}</a>`)}</nav>`,
  opening: ({ headline, lead, button }) => `<header><h1>${headline}</h1><p>${lead}</p>${button}</header>`,
  section: (title, inner) => `<section><h2>${title}</h2>${inner}</section>`,
  footer: (text) => `<footer><p>${text}</p></footer>`,
  button: (text, attributes) => `<button ${attributes}>${text}</button>`,
  choice: (text, attributes) => `<button class="quiet" ${attributes}>${text}</button>`,
  row: (items) => `<div class="row">${items.join("\n")}</div>`,
  card: (title, text) => `<article><h3>${title}</h3><p>${text}</p></article>`,
  prices: (items) =>
    `<dl class="prices">${each(items, ({ name, price }) => `<div><dt>${name}</dt><dd>${price}</dd></div>`)}</dl>`,
  group: (name, inner) => `<div class="group"><h3>${name}</h3>${inner}</div>`,
  table: (head, rows, foot) =>
    `<table><thead><tr>${each(head, (text) => `<th>${text}</th>`)}</tr></thead><tbody>${each(rows, (row) => `<tr>${each(row, (text) => `<td>${text}</td>`)}</tr>`)}</tbody>${foot ? `<tfoot><tr>${each(foot, (text) => `<th>${text}</th>`)}</tr></tfoot>` : ""}</table>`,
  field: (label, _, type) =>
    `<label>${label}${type === "textarea" ? "<textarea rows=3></textarea>" : `<input type="${type}">`}</label>`,
  fold: (question, answer) => `<details><summary>${question}</summary><p>${answer}</p></details>`,
  quote: (text, by) => `<blockquote><p>${text}</p><cite>${by}</cite></blockquote>`,
  amount: (amount, label) => `<p><span class="big">${amount}</span>${label}</p>`,
  steps: (items) => `<ol>${each(items, (text) => `<li>${text}</li>`)}</ol>`,
  person: (name, role) => `<article><h3>${name}</h3><p>${role}</p></article>`,
  details: (items) =>
    `<dl class="details">${each(items, ({ label, value }) => `<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`,
  list: (items) => `<ul>${each(items, (text) => `<li>${text}</li>`)}</ul>`,
};
