import { classic } from "./classic.js";
import { each, inks, type School } from "./school.js";

/** Small type, hairlines, little air. */
export const dense: School = {
  ...classic,
  name: "dense",
  css: (look) => {
    const { ink, line } = inks(look);
    return `body{margin:0;background:${look.ground};color:${ink};font:15px/1.4 "Liberation Sans",Arial,sans-serif}
h1,h2,h3{margin:0 0 6px;line-height:1.2;font-family:${look.face === "serif" ? "Tinos,Times,serif" : `"Liberation Sans",Arial,sans-serif`}}h1{font-size:30px;text-align:${look.align}}h2{font-size:17px;border-bottom:1px solid ${line};padding-bottom:3px}h3{font-size:15px}
.top{display:flex;flex-wrap:wrap;border-bottom:1px solid ${line}}.top>*{padding:7px 10px}.top a{color:inherit;text-decoration:none}.page{max-width:860px;margin:0 auto;padding:0 12px}.lead{padding:16px 0;text-align:${look.align}}.lead p{margin:0 0 8px}
.go{background:${look.accent};color:#fff;border:0;padding:6px 14px;min-height:34px;font:bold 15px Arial,sans-serif}.pick{background:none;border:1px solid ${line};color:inherit;padding:5px 10px;min-height:30px;font:15px Arial,sans-serif;margin-right:4px}.pick[aria-selected=true],.pick[aria-pressed=true]{border-color:currentColor;font-weight:bold}
section{padding:10px 0}.cells{display:table;width:100%;table-layout:fixed;border-collapse:collapse}.cells>*{display:table-cell;border:1px solid ${line};padding:8px;vertical-align:top}.cells p{margin:0}.large{font-size:24px;font-weight:bold;margin-right:4px}
table{border-collapse:collapse}td,th{border:1px solid ${line};padding:3px 10px;text-align:left}label{display:block;margin-bottom:6px}input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:5px;border:1px solid #85858f}details{border:1px solid ${line};padding:3px 8px;margin-bottom:3px}summary{padding:4px 0}
footer{border-top:1px solid ${line};padding:10px 12px;text-align:right}@media(max-width:420px){.cells,.cells>*{display:block}}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<nav class="top"><b>${brand}</b>${menu ? `<button class="pick" data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a href="#x">${link}</a>`)}</nav>`,
  opening: ({ headline, lead, button }) =>
    `<div class="lead"><h1>${headline}</h1><p>${lead}</p>${button}</div>`,
  section: (title, inner) => `<section><h2>${title}</h2>${inner}</section>`,
  footer: (text) => `<footer>${text}</footer>`,
  button: (text, attributes) => `<button class="go" ${attributes}>${text}</button>`,
  choice: (text, attributes) => `<button class="pick" ${attributes}>${text}</button>`,
  row: (items) => `<div class="cells">${items.join("\n")}</div>`,
  card: (title, text) => `<div><h3>${title}</h3><p>${text}</p></div>`,
  prices: (items) =>
    `<table><tbody>${each(items, ({ name, price }) => `<tr><td>${name}</td><td>${price}</td></tr>`)}</tbody></table>`,
  quote: (text, by) => `<p><b>${by}:</b> “${text}”</p>`,
  amount: (amount, label) => `<p><span class="large">${amount}</span> <span>${label}</span></p>`,
  steps: (items) =>
    `<div class="cells">${each(items, (text, i) => `<div><b>${i + 1}.</b> <span>${text}</span></div>`)}</div>`,
  person: (name, role) => `<div><b>${name}</b><br><span>${role}</span></div>`,
  details: (items) =>
    `<table><tbody>${each(items, ({ label, value }) => `<tr><th>${label}</th><td>${value}</td></tr>`)}</tbody></table>`,
};

/** Heavy borders, hard shadows, large capitals. */
export const bold: School = {
  ...classic,
  name: "bold",
  css: (look) => {
    const { ink } = inks(look);
    return `body{margin:0;background:${look.ground};color:${ink};font:500 18px/1.45 "Arial Black",Arial,sans-serif}
main{max-width:58rem;margin:0 auto;padding:0 1rem}h1{font:900 clamp(2.2rem,8vw,4.2rem)/1 ${look.face === "serif" ? "Rockwell,Georgia,serif" : "Impact,Arial,sans-serif"};text-align:${look.align};margin:0 0 1rem}
h2{font:900 1.7rem/1.1 Arial,sans-serif;display:inline-block;border-bottom:6px solid ${look.accent};margin:0 0 1.2rem}h3{margin:0 0 .4rem;font-size:1.15rem}
nav{display:flex;flex-wrap:wrap;gap:.5rem;padding:1rem;border-bottom:4px solid ${ink}}nav b{font-size:1.4rem;margin-right:auto}nav a{color:inherit;font-weight:700;padding:.4rem .6rem;border:3px solid ${ink};text-decoration:none}
.first{padding:3.5rem 0;text-align:${look.align}}.act,.alt{font:900 1.05rem Arial,sans-serif;padding:.8rem 1.4rem;border:3px solid ${ink};box-shadow:5px 5px 0 ${ink};cursor:pointer}.act{background:${look.accent};color:#fff}.alt{background:${look.ground};color:${ink};margin:0 .6rem .6rem 0}.alt[aria-selected=true],.alt[aria-pressed=true]{text-decoration:underline}
section{padding:2rem 0}.boxes{display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))}.box{border:3px solid ${ink};padding:1rem;margin:0}.box p{margin:0}
.line{display:flex;justify-content:space-between;gap:1rem;border-bottom:3px solid ${ink};padding:.5rem 0}table{width:100%;border-collapse:collapse}td,th{border:3px solid ${ink};padding:.5rem .7rem;text-align:left}
.entry label{font-weight:900}.entry input,.entry textarea{width:100%;box-sizing:border-box;border:3px solid ${ink};padding:.7rem;font:inherit;margin:.3rem 0 1rem;background:#fff;color:#111}.total{font-size:2.8rem;line-height:1;display:block}
details{border:3px solid ${ink};padding:.6rem 1rem;margin-bottom:.8rem}footer{border-top:4px solid ${ink};padding:1.5rem 1rem}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<nav><b>${brand}</b>${menu ? `<button class="alt" data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a href="#">${link}</a>`)}</nav>`,
  opening: ({ headline, lead, button }) =>
    `<div class="first"><h1>${headline}</h1><p>${lead}</p>${button}</div>`,
  button: (text, attributes) => `<button class="act" ${attributes}>${text}</button>`,
  choice: (text, attributes) => `<button class="alt" ${attributes}>${text}</button>`,
  row: (items) => `<div class="boxes">${items.join("\n")}</div>`,
  card: (title, text) => `<div class="box"><h3>${title}</h3><p>${text}</p></div>`,
  prices: (items) =>
    each(items, ({ name, price }) => `<div class="line"><span>${name}</span><b>${price}</b></div>`),
  field: (label, id, type) =>
    `<div class="entry"><label for="${id}">${label}</label>${type === "textarea" ? `<textarea id="${id}" rows="3"></textarea>` : `<input id="${id}" type="${type}">`}</div>`,
  quote: (text, by) =>
    `<figure class="box" style="margin-bottom:1rem"><blockquote style="margin:0">“${text}”</blockquote><figcaption>${by}</figcaption></figure>`,
  amount: (amount, label) =>
    `<div class="box"><span class="total">${amount}</span><span>${label}</span></div>`,
  steps: (items) =>
    `<ol class="boxes" style="list-style-position:inside;padding:0">${each(items, (text) => `<li class="box">${text}</li>`)}</ol>`,
  person: (name, role) => `<div class="box"><h3>${name}</h3><p>${role}</p></div>`,
  details: (items) =>
    each(items, ({ label, value }) => `<div class="line"><span>${label}</span><span>${value}</span></div>`),
};

/** Round corners, shadows, gradients, pills. */
export const soft: School = {
  ...classic,
  name: "soft",
  css: (look) => {
    const { ink, faint, line } = inks(look);
    const tint = `color-mix(in srgb,${look.accent} ${look.dark ? 22 : 8}%,${look.ground})`;
    return `*{box-sizing:border-box}body{margin:0;background:${look.ground};color:${ink};font:17px/1.6 "Segoe UI",Nunito,Helvetica,sans-serif}
h1,h2,h3{font-family:${look.face === "serif" ? `"DM Serif Display",Georgia,serif` : `"Segoe UI",Nunito,Helvetica,sans-serif`};line-height:1.2;margin:0 0 .6em}h1{font-size:clamp(2.1rem,9vw,3rem);text-align:${look.align}}
nav{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;align-items:center;padding:1rem 2rem}nav a{color:inherit;text-decoration:none;padding:.4rem 0}nav .logo{font-weight:800;font-size:1.2rem;margin-right:auto}nav .logo::before{content:"";display:inline-block;width:.8em;height:.8em;border-radius:50%;background:${look.accent};margin-right:.5em}
.welcome{padding:5rem 2rem;max-width:62rem;margin:0 auto;text-align:${look.align}}.welcome p{font-size:1.2rem;color:${faint};margin:0 0 1.6rem}
.pill{border:0;border-radius:99px;padding:.85rem 1.9rem;font:700 1rem "Segoe UI",Helvetica,sans-serif;background:${look.accent};color:#fff;box-shadow:0 8px 24px -8px ${look.accent};cursor:pointer}.chip{border:1px solid ${line};border-radius:99px;padding:.5rem 1.1rem;font:600 1rem "Segoe UI",Helvetica,sans-serif;background:${tint};color:${ink};margin:0 .5rem .8rem 0;cursor:pointer}.chip[aria-selected=true],.chip[aria-pressed=true]{border-color:${ink}}
section{max-width:62rem;margin:0 auto;padding:2rem}.tiles{display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))}.tile{background:${tint};border-radius:1.4rem;padding:1.4rem;margin:0 0 .4rem;box-shadow:0 2px 10px #00000012}.tile p{margin:0}
.pair{display:flex;justify-content:space-between;gap:1rem;padding:.6rem 0;border-bottom:1px solid ${line}}.pair:last-child{border:0}table{width:100%;border-spacing:0 .4rem}td,th{text-align:left;padding:.7rem clamp(.3rem,2vw,1rem);background:${tint}}@media(max-width:480px){section{padding:2rem 1.1rem}.tile{padding:1.1rem}}
.entry{margin-bottom:1rem}.entry label{font-weight:600}.entry input,.entry textarea{width:100%;border-radius:.9rem;border:1px solid #8a8a96;padding:.8rem 1rem;font:inherit;margin-top:.3rem}.sum{font-size:2.6rem;font-weight:800;line-height:1.1;display:block}.dot{display:inline-grid;place-items:center;width:2rem;height:2rem;border-radius:50%;background:${look.accent};color:#fff;margin-bottom:.5rem}
.faq>button{width:100%;text-align:left;font:600 1.05rem "Segoe UI",Helvetica,sans-serif;border:1px solid ${line};border-radius:1rem;padding:.9rem 1.2rem;background:${tint};color:${ink};cursor:pointer}.faq{margin-bottom:.7rem}.faq>div{padding:.8rem 1.2rem}footer{padding:2.5rem 2rem;text-align:center}[hidden]{display:none!important}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<nav><a class="logo" href="#top">${brand}</a>${menu ? `<button class="chip" data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a href="#${link.toLowerCase()}">${link}</a>`)}</nav>`,
  opening: ({ headline, lead, button }) =>
    `<div class="welcome" id="top"><h1>${headline}</h1><p>${lead}</p>${button}</div>`,
  button: (text, attributes) => `<button class="pill" ${attributes}>${text}</button>`,
  choice: (text, attributes) => `<button class="chip" ${attributes}>${text}</button>`,
  row: (items) => `<div class="tiles">${items.join("\n")}</div>`,
  card: (title, text) => `<div class="tile"><h3>${title}</h3><p>${text}</p></div>`,
  prices: (items) =>
    `<div class="tile">${each(items, ({ name, price }) => `<div class="pair"><span>${name}</span><strong>${price}</strong></div>`)}</div>`,
  field: (label, id, type) =>
    `<div class="entry"><label for="${id}">${label}</label>${type === "textarea" ? `<textarea id="${id}" rows="4"></textarea>` : `<input id="${id}" type="${type}">`}</div>`,
  fold: (question, answer, id) =>
    `<div class="faq"><button type="button" data-fold="${id}" aria-expanded="false" aria-controls="${id}">${question}</button><div id="${id}" hidden>${answer}</div></div>`,
  quote: (text, by) => `<div class="tile"><p>“${text}”</p><p><strong>${by}</strong></p></div>`,
  amount: (amount, label) =>
    `<div class="tile"><span class="sum">${amount}</span><span>${label}</span></div>`,
  steps: (items) =>
    `<div class="tiles">${each(items, (text, i) => `<div class="tile"><span class="dot">${i + 1}</span><h3>${text}</h3></div>`)}</div>`,
  person: (name, role) => `<div class="tile"><h3>${name}</h3><p>${role}</p></div>`,
  details: (items) =>
    `<div class="tile">${each(items, ({ label, value }) => `<div class="pair"><span>${label}</span><span>${value}</span></div>`)}</div>`,
};

/** A typewriter: one size of one face, and everything by space and rules. */
export const typewriter: School = {
  ...classic,
  name: "typewriter",
  css: (look) => {
    const { ink, faint } = inks(look);
    return `body{margin:0 auto;max-width:44rem;padding:2rem 1.25rem;background:${look.ground};color:${ink};font:16px/1.6 "DejaVu Sans Mono","Courier New",monospace}
h1{font:700 2rem/1.2 ${look.face === "serif" ? "Georgia,serif" : `"DejaVu Sans Mono",monospace`};text-align:${look.align};margin:0 0 1rem}h2,h3{font-size:1rem;margin:0 0 .6rem}h2::before{content:"## ";color:${faint}}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin-bottom:2rem}nav a{color:inherit;padding:.3rem 0}.head{margin-bottom:2rem;text-align:${look.align}}
button{font:inherit;padding:.5rem 1rem;border:1px solid ${ink};background:none;color:inherit}button.do{background:${look.accent};color:#fff;border-color:${look.accent}}button[aria-selected=true],button[aria-pressed=true]{text-decoration:underline}
section{border-top:1px dashed ${faint};padding:1.4rem 0}.side{display:flex;flex-wrap:wrap;gap:1.2rem}.side>*{flex:1 1 7rem;margin:0}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .6rem .2rem 0}
.kv{display:flex;justify-content:space-between;gap:1rem}label{display:block;margin-bottom:.8rem}input,textarea{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4rem;border:1px solid ${faint}}blockquote{margin:0 0 1rem}footer{border-top:1px dashed ${faint};padding-top:1rem}`;
  },
  navigation: ({ brand, links, menu }) =>
    `<nav><b>${brand}</b>${menu ? `<button data-menu aria-expanded="false">Menu</button>` : ""}${each(links, (link) => `<a href="#">${link}</a>`)}</nav>`,
  opening: ({ headline, lead, button }) =>
    `<div class="head"><h1>${headline}</h1><p>${lead}</p>${button}</div>`,
  button: (text, attributes) => `<button class="do" ${attributes}>${text}</button>`,
  choice: (text, attributes) => `<button ${attributes}>${text}</button>`,
  row: (items) => `<div class="side">${items.join("\n")}</div>`,
  card: (title, text) => `<div><h3>${title}</h3><p>${text}</p></div>`,
  prices: (items) =>
    each(items, ({ name, price }) => `<div class="kv"><span>${name}</span><span>${price}</span></div>`),
  quote: (text, by) => `<blockquote>> ${text}<br><span>-- ${by}</span></blockquote>`,
  amount: (amount, label) => `<p><b>${amount}</b> <span>${label}</span></p>`,
  person: (name, role) => `<p><b>${name}</b><br><span>${role}</span></p>`,
  details: (items) =>
    each(items, ({ label, value }) => `<div class="kv"><span>${label}</span><span>${value}</span></div>`),
};
