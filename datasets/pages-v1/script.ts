/** What a page does when it is used, by the marks its markup bears. Each is sent with pages that have the mark alone. */
const BEHAVIOURS: readonly (readonly [mark: string, code: string])[] = [
  [
    "data-menu",
    `const menu=document.querySelector("[data-menu]");menu.addEventListener("click",()=>{menu.setAttribute("aria-expanded",String(document.body.classList.toggle("menu-open")))});`,
  ],
  [
    "data-fold",
    `document.querySelectorAll("[data-fold]").forEach(b=>b.addEventListener("click",()=>{const p=document.getElementById(b.dataset.fold);p.hidden=!p.hidden;b.setAttribute("aria-expanded",String(!p.hidden))}));`,
  ],
  [
    "data-tab",
    `const tabs=[...document.querySelectorAll("[data-tab]")];tabs.forEach(t=>t.addEventListener("click",()=>tabs.forEach(o=>{o.setAttribute("aria-selected",String(o===t));document.getElementById(o.dataset.tab).hidden=o!==t})));`,
  ],
  [
    "data-filter",
    `const picks=[...document.querySelectorAll("[data-filter]")];picks.forEach(p=>p.addEventListener("click",()=>{picks.forEach(o=>o.setAttribute("aria-pressed",String(o===p)));document.querySelectorAll("[data-group]").forEach(i=>{i.hidden=p.dataset.filter!==""&&i.dataset.group!==p.dataset.filter})}));`,
  ],
  [
    "data-count",
    `const box=document.querySelector("[data-count]");let n=1;const show=()=>{box.querySelector("output").textContent=n;box.querySelector("[data-sum]").textContent=box.dataset.currency+n*Number(box.dataset.count)};box.querySelectorAll("[data-by]").forEach(b=>b.addEventListener("click",()=>{n=Math.max(1,n+Number(b.dataset.by));show()}));`,
  ],
  [
    "data-error",
    `document.querySelectorAll("form").forEach(f=>f.addEventListener("submit",e=>{e.preventDefault();const bad=!f.querySelector("[type=email]").value.trim();f.querySelector("[data-error]").hidden=!bad}));`,
  ],
];

/** The script that a page with this markup needs; "" for one that does nothing. */
export function scriptFor(markup: string): string {
  const code = BEHAVIOURS.filter(([mark]) => markup.includes(mark)).map(([, each]) => each);
  return code.length === 0 ? "" : `<script>\n${code.join("\n")}\n</script>\n`;
}
