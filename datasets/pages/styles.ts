import type { Look } from "./look.js";

const GRID = "display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr))";
const DEEPER = "color-mix(in srgb,var(--a) 16%,var(--t))";
const HERO = `border-radius:0 0 2rem 2rem;background:linear-gradient(135deg,var(--t),${DEEPER})`;
const SOFT = "border-radius:1rem;background:var(--t)";

/** The CSS rules sections share, in the order they stand in a page. One rule is one line. */
const RULES = {
  link: "a{color:inherit;text-decoration:none}",
  navigation: "nav{display:flex;flex-wrap:wrap;gap:1.5rem;padding:1.2rem 2rem}",
  brand: "nav b{flex:1;font-size:1.2rem}",
  heroCentered: `header{padding:5rem 2rem;text-align:center;${HERO}}`,
  heroLeft: `header{padding:5rem 2rem;${HERO}}`,
  heroSplit: `header{padding:2rem;display:grid;gap:1.5rem;align-items:center;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));${HERO}}`,
  lead: "header p{margin:0 0 1.8rem;font-size:1.25rem}",
  button:
    "button{padding:.8rem 1.8rem;border:0;border-radius:2rem;background:var(--a);color:#fff;font:inherit;font-weight:700;box-shadow:0 4px 12px #0003}",
  section: "section{padding:2.5rem 2rem}",
  block: "h2,h3,p{margin:0 0 .6rem}",
  bar: 'h2::after{content:"";display:block;width:2.5rem;height:4px;margin:.4rem 0 1.2rem;border-radius:2px;background:var(--a)}',
  grid: `div{${GRID}}`,
  stack: ".stack{grid-template-columns:1fr}",
  card: `article{padding:1.5rem;border-top:4px solid var(--a);box-shadow:0 2px 8px #0001;${SOFT}}`,
  price: "article b{font-size:2.4rem;line-height:1.2}",
  table: "table{width:100%;border-collapse:collapse;background:var(--t)}",
  cell: "th,td{padding:.8rem 1.2rem;text-align:left}",
  header: "th{background:var(--a);color:#fff}",
  form: `form{display:grid;gap:1.2rem;padding:2rem;${SOFT}}`,
  field:
    "input,textarea{display:block;width:100%;box-sizing:border-box;padding:.7rem;border:1px solid #94a3b8;border-radius:.5rem;font:inherit}",
  figure: "figure{margin:0;text-align:center}",
  picture: `svg{display:block;margin:0 0 .5rem;border-radius:1rem;background:${DEEPER};fill:var(--a)}`,
  quote: "blockquote{margin:0;padding:.5rem 1.5rem;border-left:4px solid var(--a);font-size:1.2rem}",
  question: `details{margin:0 0 .8rem;padding:1rem 1.5rem;${SOFT}}`,
  summary: "summary{font-weight:700;cursor:pointer}",
  amount: "p b{display:block;font-size:3rem;line-height:1.1}",
  steps: `ol{${GRID};margin:0;padding:0;list-style-position:inside}`,
  step: `li{padding:1.5rem;font-weight:700;border-left:4px solid var(--a);${SOFT}}`,
  band: ".band{border-radius:2rem;background:var(--a);color:#fff;text-align:center}",
  bandButton: ".band button{background:#fff;color:#111}",
  footer: "footer{padding:2rem;text-align:center}",
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
    `:root{--a:${palette.accent};--t:${dark ? palette.shade : palette.tint}}`,
    `body{max-width:64rem;margin:auto;font:1.1rem/1.6 Arial,sans-serif;${dark ? "color:#f4f4f5;background:#101114;color-scheme:dark" : "color:#1c1f26;background:#fff"}}`,
    `h1{margin:0 0 1rem;line-height:1.1;text-wrap:balance;font-size:${scale === "large" ? "3.5rem" : "2.2rem"}}`,
    ...(face === "serif" ? ["h1,h2,h3{font-family:Times,serif}"] : []),
  ];
}
