import type { RandomStream } from "../../../infra/random.js";
import { escapeText, withEnd, withStyle } from "../markup.js";

/** One change of a page, with what it is called in a report. */
export interface Edit {
  /** E.g. `p{opacity:.2}`. */
  readonly name: string;
  /** The family it was drawn from: insert, drop, restyle, cover, duplicate, reorder, empty. */
  readonly family: string;
  /** The page after it; equal pages give equal results. */
  apply(html: string): string;
}

/** Selectors a page is taken hold of by. */
const TARGETS = [
  "*",
  "body",
  "body>*",
  "main",
  "h1,h2,h3",
  "p,li,td,th,label",
  "a,button",
  "section",
  "span,b,i,cite,summary,figcaption",
  "svg,img,figure",
  "nav,footer",
  "section:nth-of-type(even)",
];

/** Declarations that are at home in pages and can be turned against their readers; `§` stands for a number. */
const DECLARATIONS: readonly (readonly [css: string, low: number, high: number])[] = [
  ["opacity:§", 0.02, 0.6],
  ["filter:blur(§px)", 1, 8],
  ["filter:contrast(§)", 0.02, 0.4],
  ["filter:brightness(§)", 0.05, 4],
  ["filter:invert(1) hue-rotate(§deg)", 0, 360],
  ["transform:scale(§)", 0.1, 0.6],
  ["transform:scaleX(§)", -1, 0.3],
  ["transform:scaleY(§)", -1, 0.3],
  ["transform:rotate(§deg)", 20, 180],
  ["transform:skewX(§deg)", 40, 85],
  ["transform:translateX(§vw)", -200, 200],
  ["transform:translateY(§px)", -900, 900],
  ["transform:perspective(300px) rotateY(§deg)", 60, 120],
  ["letter-spacing:§em", -0.8, 2],
  ["word-spacing:§em", -1, 6],
  ["line-height:§", 0, 0.5],
  ["text-indent:§px", -3000, 600],
  ["font-size:§px", 1, 9],
  ["zoom:§", 0.2, 0.5],
  ["-webkit-text-stroke:§px", 2, 10],
  ["text-shadow:§px 2px 0 currentColor,-3px 4px 0 currentColor,6px -2px 0 currentColor", 1, 6],
  ["text-decoration:line-through §px", 5, 30],
  ["text-underline-offset:-§em;text-decoration:underline 1em", 0.2, 0.8],
  ["-webkit-text-security:disc;margin:§px", 0, 1],
  ["direction:rtl;unicode-bidi:bidi-override;margin:§px", 0, 1],
  ["writing-mode:vertical-rl;text-orientation:upright;margin:§px", 0, 2],
  ["clip-path:inset(§% 0 0 0)", 20, 90],
  ["-webkit-mask-image:repeating-linear-gradient(90deg,#000 0 2px,transparent 2px §px)", 4, 12],
  ["mix-blend-mode:difference;color:#fff;margin:§px", 0, 1],
  ["background:repeating-linear-gradient(45deg,#111 0 2px,#eee 2px §px)", 4, 9],
  ["color:rgb(§,128,128)", 110, 150],
  ["color:transparent;margin:§px", 0, 1],
  ["visibility:hidden;margin:§px", 0, 1],
  ["max-height:§px;overflow:hidden", 1, 18],
  ["max-width:§px;overflow:hidden;white-space:nowrap", 8, 60],
  ["position:absolute;top:§px;left:0", 0, 300],
  ["float:right;margin-right:-§px", 100, 900],
  ["animation:webgen-away §s linear infinite", 0.3, 3],
  ["transition:none;outline:§px solid #888;outline-offset:-20px", 10, 40],
  ["border:§px solid", 10, 60],
];

const SHEETS = [
  "background:#fff",
  "background:rgba(255,255,255,.93)",
  "background:repeating-linear-gradient(0deg,#333 0 6px,transparent 6px 9px)",
  "background:repeating-conic-gradient(#444 0 25%,#ccc 0 50%) 0 0/9px 9px",
  "backdrop-filter:blur(8px)",
  "backdrop-filter:invert(1) blur(5px)",
  "background:linear-gradient(#fff,#fff)",
];

const BLOCK =
  /<(section|article|blockquote|figure|details|li|tr|p|h2|h3|label|td|button|a)\b[^>]*>[\s\S]*?<\/\1>/g;

const number = (random: RandomStream, low: number, high: number) =>
  String(Math.round((low + random.next() * (high - low)) * 100) / 100);

const FAMILIES: Readonly<Record<string, (random: RandomStream, prompt: string) => Omit<Edit, "family">>> = {
  restyle(random) {
    const target = random.pick(TARGETS);
    const [css, low, high] = random.pick(DECLARATIONS);
    const written = css.replace("§", number(random, low, high)).replaceAll(";", "!important;");
    const keyframes = css.includes("webgen-away")
      ? "@keyframes webgen-away{50%{transform:translate(120vw,40vh)}}"
      : "";
    return {
      name: `${target}{${written}}`,
      apply: (html) => withStyle(html, `${keyframes}${target}{${written}!important}`),
    };
  },
  cover(random) {
    const sheet = random.pick(SHEETS);
    const fixed = random.next() < 0.4;
    const top = random.integer(0, 200);
    const through = random.next() < 0.6 ? "pointer-events:none;" : "";
    const style = `position:${fixed ? "fixed" : "absolute"};left:0;top:${top}px;width:100%;height:${fixed ? "100%" : "4000px"};z-index:9999;${through}${sheet}`;
    return {
      name: `a ${fixed ? "fixed " : ""}sheet (${sheet})`,
      apply: (html) => withEnd(html, `<div style="${style}"></div>`),
    };
  },
  drop(random) {
    const keep = 0.2 + 0.6 * random.next();
    return {
      name: `${Math.round(100 * (1 - keep))} % of the elements dropped`,
      apply(html) {
        const stream = random.stream("drop");
        return html.replace(BLOCK, (block) => (stream.next() < keep ? block : ""));
      },
    };
  },
  empty(random) {
    const tag = random.pick([
      "p",
      "li",
      "td",
      "h3",
      "figcaption",
      "blockquote",
      "label",
      "summary",
      "article",
    ]);
    return {
      name: `every <${tag}> emptied`,
      apply: (html) => html.replace(new RegExp(`(<${tag}\\b[^>]*>)[\\s\\S]*?(</${tag}>)`, "g"), "$1$2"),
    };
  },
  duplicate(random) {
    const times = random.integer(2, 6);
    return {
      name: `sections ${times} times`,
      apply: (html) => html.replace(/<section\b[\s\S]*?<\/section>/g, (part) => part.repeat(times)),
    };
  },
  reorder(random) {
    return {
      name: "elements in another order",
      apply(html) {
        const shuffled = random.stream("reorder").shuffle(html.match(BLOCK) ?? []);
        let at = 0;
        return html.replace(BLOCK, () => shuffled[at++] ?? "");
      },
    };
  },
  insert(random, prompt) {
    const phrases = prompt
      .split(/[.,:;\n"()]+/)
      .map((part) => part.trim())
      .filter((part) => part.length > 2);
    const chosen = random.sample(phrases, random.integer(3, 12)).map(escapeText);
    const tag = random.pick(["h2", "li", "button", "td", "span", "p"]);
    const hidden = random.pick(["", "", "opacity:.01", "font-size:1px", "position:absolute;left:-999px"]);
    return {
      name: `${chosen.length} phrases of the request as <${tag}>${hidden ? `, ${hidden}` : ""}`,
      apply: (html) =>
        withEnd(
          html,
          `<div style="${hidden}">${chosen.map((text) => `<${tag}>${text}</${tag}>`).join("")}</div>`,
        ),
    };
  },
};

/** How often each family is drawn, against the others. */
const WEIGHTS: Readonly<Record<string, number>> = {
  restyle: 8,
  cover: 2,
  drop: 1,
  empty: 1,
  duplicate: 1,
  reorder: 1,
  insert: 2,
};

/** Draws one edit. */
export function drawEdit(random: RandomStream, prompt: string): Edit {
  const bag = Object.entries(WEIGHTS).flatMap(([name, weight]) => Array<string>(weight).fill(name));
  const family = random.pick(bag);
  return { family, ...FAMILIES[family]!(random.stream(random.seed()), prompt) };
}

/** The page after all edits, in their order. */
export function edited(html: string, edits: readonly Edit[]): string {
  return edits.reduce((page, edit) => edit.apply(page), html);
}
