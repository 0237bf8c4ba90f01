import { classic } from "./classic.js";
import { each, inks, type School } from "./school.js";

const folded = (head: string, panel: string) => (question: string, answer: string, id: string) =>
  `<div class="${head}"><button type="button" data-fold="${id}" aria-expanded="false" aria-controls="${id}">${question}</button><div id="${id}" class="${panel}" hidden>${answer}</div></div>`;

const labelled = (box: string) => (label: string, id: string, type: string) =>
  `<div class="${box}"><label for="${id}">${label}</label>${type === "textarea" ? `<textarea id="${id}" rows="4"></textarea>` : `<input id="${id}" type="${type}">`}</div>`;

/** Utility classes, wrappers within wrappers, a logo that links home. */
export const utility: School = {
  ...classic,
  name: "utility",
  css: (look) => {
    const { ink, faint, line, panel } = inks(look);
    return `*,::before,::after{box-sizing:border-box}
.page{margin:0;background-color:${look.ground};color:${ink};font-family:Inter,Helvetica,Arial,sans-serif;line-height:1.5}
.wrap{max-width:64rem;margin-inline:auto;padding-inline:1.5rem}.py-4{padding-block:1rem}.py-10{padding-block:2.5rem}.py-20{padding-block:5rem}
.flex{display:flex}.wrap-items{flex-wrap:wrap}.between{justify-content:space-between}.middle{align-items:center}.gap-2{gap:.5rem}.gap-6{gap:1.5rem}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr))}.col>*+*{margin-top:.75rem}.m-0{margin:0}.mb-6{margin-bottom:1.5rem}
.title{font-family:${look.face === "serif" ? "Lora,Georgia,serif" : "Inter,Helvetica,sans-serif"};font-size:3rem;line-height:1.1;font-weight:800;letter-spacing:-.02em;text-align:${look.align}}
.align{text-align:${look.align}}.h2{font-size:1.6rem;font-weight:700}.h3{font-size:1.1rem;font-weight:600}.soft{color:${faint}}.huge{font-size:2.5rem;font-weight:800;line-height:1}
.panel{background:${panel};border:1px solid ${line};border-radius:.75rem;padding:1.25rem}.line{border-bottom:1px solid ${line};padding-block:.6rem}
.btn{display:inline-block;padding:.7rem 1.4rem;border-radius:.5rem;border:1px solid transparent;font:600 1rem Inter,Helvetica,sans-serif;text-decoration:none;cursor:pointer;background-color:${look.accent};color:#fff}
.btn-ghost{background:transparent;color:${ink};border-color:${line}}.btn-ghost[aria-selected=true],.btn-ghost[aria-pressed=true]{border-color:currentColor}
.link{color:inherit;text-decoration:none;padding:.5rem}.w-full{width:100%}input,textarea{width:100%;padding:.7rem;border-radius:.5rem;border:1px solid #85858f;font:inherit}
table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:.6rem;border-bottom:1px solid ${line}}summary{font-weight:600;padding:.3rem 0}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<header class="wrap"><nav class="flex wrap-items between middle py-4"><a class="link h3" href="/">${brand}</a><div class="flex wrap-items gap-2">${menu ? `<button class="btn btn-ghost" data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a class="link" href="#">${link}</a>`)}</div></nav></header>`,
  opening: ({ headline, lead, button }) =>
    `<div class="wrap py-20 align"><div class="col"><h1 class="title m-0">${headline}</h1><p class="soft">${lead}</p><div>${button}</div></div></div>`,
  section: (title, inner) =>
    `<section><div class="wrap py-10"><h2 class="h2 mb-6">${title}</h2><div>${inner}</div></div></section>`,
  footer: (text) => `<footer class="wrap py-10 soft">${text}</footer>`,
  button: (text, attributes) =>
    /data-submit/.test(attributes)
      ? `<button class="btn" ${attributes}>${text}</button>`
      : `<a class="btn" href="#start" ${attributes}>${text} →</a>`,
  choice: (text, attributes) => `<button class="btn btn-ghost" ${attributes}>${text}</button>`,
  row: (items) => `<div class="grid gap-6">${items.join("\n")}</div>`,
  card: (title, text) =>
    `<div class="panel"><h3 class="h3 m-0">${title}</h3><p class="soft m-0">${text}</p></div>`,
  prices: (items) =>
    `<div class="panel">${each(items, ({ name, price }) => `<div class="flex between line"><span>${name}</span><span class="h3">${price}</span></div>`)}</div>`,
  group: (name, inner) => `<div class="mb-6"><h3 class="h3">${name}</h3>${inner}</div>`,
  field: labelled("col"),
  fold: (question, answer) =>
    `<details class="panel"><summary>${question}</summary><p class="soft">${answer}</p></details>`,
  quote: (text, by) =>
    `<figure class="panel m-0"><blockquote class="m-0">“${text}”</blockquote><figcaption class="soft">— ${by}</figcaption></figure>`,
  amount: (amount, label) =>
    `<div class="panel"><div class="huge">${amount}</div><div class="soft">${label}</div></div>`,
  steps: (items) =>
    `<div class="grid gap-6">${each(items, (text, i) => `<div class="panel"><div class="soft">${i + 1}</div><div class="h3">${text}</div></div>`)}</div>`,
  person: (name, role) =>
    `<div class="panel"><div class="h3">${name}</div><div class="soft">${role}</div></div>`,
  details: (items) =>
    `<div class="panel">${each(items, ({ label, value }) => `<div class="flex between gap-6 line"><span class="soft">${label}</span><span>${value}</span></div>`)}</div>`,
};

/** Rules and columns, titles beside their text, serifs where nothing else is asked. */
export const magazine: School = {
  ...classic,
  name: "magazine",
  css: (look) => {
    const { ink, faint, line } = inks(look);
    return `html{background:${look.ground}}body{margin:0 auto;max-width:60rem;padding:0 1.5rem;color:${ink};font:1.05rem/1.7 Georgia,"Times New Roman",serif}
h1,h2,h3{font-family:${look.face === "serif" ? "Georgia,serif" : `"Helvetica Neue",Arial,sans-serif`};font-weight:500;line-height:1.1}
h1{font-size:clamp(2.2rem,7vw,4rem);text-align:${look.align};margin:0}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;border-bottom:3px double ${line};padding:1rem 0}nav strong{width:100%;font-size:1.3rem}nav a{color:inherit;padding:.3rem 0}
.opening{padding:3rem 0;text-align:${look.align}}.opening p{font-style:italic;font-size:1.2rem}
.cta{font:inherit;background:${look.accent};color:#fff;border:0;padding:.6rem 1.5rem}.other{font:inherit;background:none;color:inherit;border:0;border-bottom:2px solid ${line};padding:.4rem .2rem;margin-right:1rem}.other[aria-selected=true],.other[aria-pressed=true]{border-color:currentColor}
section{display:grid;gap:1rem 2rem;border-top:1px solid ${line};padding:2rem 0}@media(min-width:44rem){section{grid-template-columns:12rem 1fr}}section h2{margin:0;font-size:1.3rem}
.columns{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr))}.columns h3{margin:0 0 .3rem}.columns p{margin:0}
table{width:100%;border-collapse:collapse}th{text-align:left;font-variant:small-caps}td,th{padding:.4rem .6rem .4rem 0;border-bottom:1px solid ${line}}
.leader{display:flex;gap:.5rem;align-items:baseline}.leader i{flex:1;border-bottom:1px dotted ${faint}}
.entry{margin-bottom:1rem}.entry label{display:block;font-style:italic}.entry input,.entry textarea{width:100%;box-sizing:border-box;border:0;border-bottom:1px solid ${faint};background:transparent;color:inherit;font:inherit;min-height:2.4rem}
blockquote{margin:0 0 1rem;font-style:italic}blockquote footer{font-style:normal}summary{font-weight:600;padding:.3rem 0}details{border-bottom:1px solid ${line}}
.number{font-size:3rem;line-height:1;display:block}ol{padding-left:1.2rem}footer.end{border-top:3px double ${line};padding:1.5rem 0;text-align:center}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<nav><strong>${brand}</strong>${menu ? `<button class="other" data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a href="/${link.toLowerCase()}">${link}</a>`)}</nav>`,
  opening: ({ headline, lead, button }) =>
    `<div class="opening"><h1>${headline}</h1><p>${lead}</p>${button}</div>`,
  section: (title, inner) => `<section><h2>${title}</h2><div>${inner}</div></section>`,
  footer: (text) => `<footer class="end">${text}.</footer>`,
  button: (text, attributes) => `<button class="cta" ${attributes}>${text}</button>`,
  choice: (text, attributes) => `<button class="other" ${attributes}>${text}</button>`,
  row: (items) => `<div class="columns">${items.join("\n")}</div>`,
  card: (title, text) => `<div><h3>${title}</h3><p>${text}</p></div>`,
  prices: (items) =>
    each(
      items,
      ({ name, price }) => `<div class="leader"><span>${name}</span><i></i><span>${price}</span></div>`,
    ),
  group: (name, inner) => `<div><h3>${name}</h3>${inner}</div>`,
  field: labelled("entry"),
  quote: (text, by) => `<blockquote>‘${text}’<footer>— ${by}</footer></blockquote>`,
  amount: (amount, label) => `<div><span class="number">${amount}</span> <span>${label}</span></div>`,
  person: (name, role) => `<p><b>${name}</b><br><span>${role}</span></p>`,
  details: (items) =>
    `<table><tbody>${each(items, ({ label, value }) => `<tr><td>${label}</td><td>${value}</td></tr>`)}</tbody></table>`,
};

/** What a component framework leaves: `div`s, roles, generated names. */
export const components: School = {
  ...classic,
  name: "components",
  css: (look) => {
    const { ink, faint, line, panel } = inks(look);
    return `body{margin:0;background:${look.ground};color:${ink};font:16px/1.6 Roboto,"Segoe UI",Arial,sans-serif}
.Bar_x1{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;padding:12px 24px;border-bottom:1px solid ${line}}.Bar_brand_x2{flex:1 0 auto;font-size:20px;font-weight:500}.Bar_link_x3{color:inherit;text-decoration:none;padding:8px}
.Hero_h1{padding:64px 24px;max-width:960px;margin:0 auto;text-align:${look.align}}.Type_h1{margin:0 0 16px;font:700 44px/1.15 ${look.face === "serif" ? `"Noto Serif",Georgia,serif` : "Roboto,Arial,sans-serif"};text-align:${look.align}}.Type_h2{margin:0 0 20px;font:700 24px/1.3 Roboto,Arial,sans-serif}.Type_h3{margin:0 0 6px;font:500 18px/1.3 Roboto,Arial,sans-serif}.Type_dim{color:${faint};margin:0 0 10px}
.Button_b1{display:inline-flex;align-items:center;min-height:44px;padding:0 22px;border:0;border-radius:22px;background:${look.accent};color:#fff;font:500 16px Roboto,Arial,sans-serif;cursor:pointer}.Button_quiet_b2{background:${panel};color:${ink};border:1px solid ${line};margin-right:8px}.Button_quiet_b2[aria-selected=true],.Button_quiet_b2[aria-pressed=true]{outline:2px solid currentColor}
.Section_s1{padding:36px 24px;max-width:960px;margin:0 auto}.Grid_g1{display:flex;flex-wrap:wrap;gap:16px}.Grid_cell_g2{flex:1 1 130px;min-width:0}.Card_c1{background:${panel};border-radius:16px;padding:20px;height:100%;box-sizing:border-box}
.Row_r1{display:flex;justify-content:space-between;gap:16px;padding:10px 0;border-bottom:1px solid ${line}}.Amount_a1{font-size:40px;font-weight:700;line-height:1.1}
.Table_t1{display:table;width:100%}.Table_row_t2{display:table-row}.Table_cell_t3{display:table-cell;padding:8px 12px;border-bottom:1px solid ${line}}
.Field_f1{display:flex;flex-direction:column;gap:6px;margin-bottom:16px}.Field_f1 input,.Field_f1 textarea{font:inherit;padding:12px;border:1px solid #80868f;border-radius:8px}
.Fold_d1{background:${panel};border-radius:12px;margin-bottom:10px}.Fold_d1>button{all:unset;box-sizing:border-box;display:block;width:100%;padding:14px 18px;font-weight:500;cursor:pointer}.Fold_d1>button:focus-visible{outline:2px solid}.Fold_panel_d2{padding:0 18px 14px}.Foot_z1{padding:32px 24px;text-align:center;border-top:1px solid ${line}}[hidden]{display:none!important}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<div role="navigation" class="Bar_x1"><div class="Bar_brand_x2">${brand}</div>${menu ? `<button class="Button_b1 Button_quiet_b2" data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a class="Bar_link_x3" href="#/${link.toLowerCase()}">${link}</a>`)}</div>`,
  opening: ({ headline, lead, button }) =>
    `<div class="Hero_h1"><h1 class="Type_h1">${headline}</h1><p class="Type_dim">${lead}</p>${button}</div>`,
  section: (title, inner) => `<div class="Section_s1"><h2 class="Type_h2">${title}</h2>${inner}</div>`,
  footer: (text) => `<div role="contentinfo" class="Foot_z1"><div>${text}</div></div>`,
  button: (text, attributes) => `<button class="Button_b1" ${attributes}><span>${text}</span></button>`,
  choice: (text, attributes) =>
    `<button class="Button_b1 Button_quiet_b2" ${attributes}><span>${text}</span></button>`,
  row: (items) =>
    `<div class="Grid_g1">${each(items, (item) => `<div class="Grid_cell_g2">${item}</div>`)}</div>`,
  card: (title, text) =>
    `<div class="Card_c1"><h3 class="Type_h3">${title}</h3><p class="Type_dim">${text}</p></div>`,
  prices: (items) =>
    `<div role="list">${each(items, ({ name, price }) => `<div role="listitem" class="Row_r1"><span>${name}</span><span>${price}</span></div>`)}</div>`,
  group: (name, inner) =>
    `<div class="Card_c1" style="margin-bottom:16px"><h3 class="Type_h3">${name}</h3>${inner}</div>`,
  table: (head, rows, foot) =>
    `<div role="table" class="Table_t1"><div role="row" class="Table_row_t2">${each(head, (text) => `<div role="columnheader" class="Table_cell_t3"><b>${text}</b></div>`)}</div>${each([...rows, ...(foot ? [foot] : [])], (row) => `<div role="row" class="Table_row_t2">${each(row, (text) => `<div role="cell" class="Table_cell_t3">${text}</div>`)}</div>`)}</div>`,
  field: labelled("Field_f1"),
  fold: folded("Fold_d1", "Fold_panel_d2"),
  quote: (text, by) =>
    `<div class="Card_c1" style="margin-bottom:12px"><p class="Type_dim">“${text}”</p><div>${by}</div></div>`,
  amount: (amount, label) =>
    `<div class="Card_c1"><div class="Amount_a1">${amount}</div><div>${label}</div></div>`,
  steps: (items) =>
    `<div class="Grid_g1" role="list">${each(items, (text, i) => `<div class="Grid_cell_g2" role="listitem"><div class="Card_c1"><span>${i + 1}.</span> <span>${text}</span></div></div>`)}</div>`,
  person: (name, role) =>
    `<div class="Card_c1"><div class="Type_h3">${name}</div><div class="Type_dim">${role}</div></div>`,
  details: (items) =>
    each(
      items,
      ({ label, value }) =>
        `<div class="Row_r1"><span class="Type_dim">${label}</span><span>${value}</span></div>`,
    ),
};
