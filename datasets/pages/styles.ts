import type { Look } from "./look.js";

const GRID = "display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr))";

/** The CSS rules sections share, in the order they stand in a page. One rule is one line. */
const RULES = {
  link: "a{color:inherit;text-decoration:none}",
  navigation: "nav{display:flex;flex-wrap:wrap;gap:1.5rem;padding:1.2rem 2rem}",
  brand: "nav b{flex:1}",
  heroCentered: "header{padding:5rem 2rem;background:var(--t);text-align:center}",
  heroLeft: "header{padding:5rem 2rem;background:var(--t)}",
  heroSplit:
    "header{padding:4rem 2rem;background:var(--t);display:grid;gap:1.5rem;align-items:center;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr))}",
  button:
    "button{padding:.8rem 1.6rem;border:0;border-radius:2rem;background:var(--a);color:#fff;font:inherit}",
  section: "section{padding:2.5rem 2rem}",
  block: "h3,p{margin:0 0 .5rem}",
  grid: `div{${GRID}}`,
  stack: ".stack{grid-template-columns:1fr}",
  card: "article{padding:1.5rem;border-radius:1rem;background:var(--t)}",
  price: "article b{font-size:2rem}",
  table: "table{width:100%;border-collapse:collapse}",
  cell: "th,td{padding:.8rem 1rem;text-align:left}",
  row: "tr:nth-child(even){background:var(--t)}",
  form: "form{display:grid;gap:1rem;max-width:28rem}",
  field:
    "input,textarea{display:block;width:100%;box-sizing:border-box;padding:.7rem;border:1px solid #94a3b8;border-radius:.5rem;font:inherit}",
  figure: "figure{margin:0}",
  picture: "svg{display:block;background:var(--t);fill:var(--a);border-radius:1rem}",
  quote: "blockquote{margin:0;padding:0 1.5rem;border-left:4px solid var(--a)}",
  question: "details{padding:1rem 0;border-bottom:1px solid #94a3b8}",
  summary: "summary{font-weight:700}",
  amount: "p b{display:block;font-size:2.5rem}",
  steps: `ol{${GRID};padding:0;list-style-position:inside}`,
  step: "li{padding:1.5rem;border-radius:1rem;background:var(--t)}",
  band: ".band{background:var(--a);color:#fff;text-align:center}",
  bandButton: ".band button{background:#fff;color:#111}",
  footer: "footer{padding:2rem;background:var(--t)}",
} as const;

/** Name of a rule that sections can ask for. */
export type StyleName = keyof typeof RULES;

/** The lines of a page's `<style>`: the look first, then the rules asked for, in one fixed order. */
export function styleLines(look: Look, names: ReadonlySet<StyleName>): string[] {
  return [
    ...lookLines(look),
    ...Object.entries(RULES).flatMap(([name, rule]) => (names.has(name as StyleName) ? [rule] : [])),
  ];
}

function lookLines({ palette, theme, face, scale }: Look): string[] {
  const dark = theme === "dark";
  return [
    `:root{--a:${palette.accent};--t:${dark ? "#1e293b" : palette.tint}}`,
    `body{max-width:64rem;margin:auto;font:1.1rem/1.6 Arial,sans-serif;${dark ? "color:#f1f5f9;background:#0f172a" : "color:#1e293b;background:#fff"}}`,
    `h1{margin:0 0 1rem;line-height:1.1;font-size:${scale === "large" ? "3.5rem" : "2.2rem"}}`,
    ...(face === "serif" ? ["h1,h2,h3{font-family:Times,serif}"] : []),
  ];
}
