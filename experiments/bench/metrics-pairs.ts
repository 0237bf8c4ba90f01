import { parse, serialize } from "parse5";
import { pagesTaskSource } from "../../datasets/index.js";
import { createRandom } from "../../infra/random.js";

/** A page and a worse version of it. */
export interface PagePair {
  /** What was done to which page. */
  readonly name: string;
  readonly reference: string;
  readonly prediction: string;
}

/** Ways to make a page worse, each at a strength of 1 to 5. */
const DAMAGES: Readonly<Record<string, (html: string, strength: number) => string>> = {
  move: (html, strength) =>
    styled(html, `main{position:relative;left:${24 * strength}px;top:${30 * strength}px}`),
  recolour: repaint,
  drop: (html, strength) => {
    const random = createRandom("drop");
    return html.replace(LEAF, (leaf) => (random.next() < strength / 6 ? "" : leaf));
  },
  retext: (html, strength) => {
    const random = createRandom("retext");
    return html.replace(LEAF, (_, open: string, text: string, close: string) => {
      const words = text.replace(/\S+/g, (word) =>
        random.next() < strength / 6 ? [...word].reverse().join("") : word,
      );
      return `${open}${words}${close}`;
    });
  },
  rescale: (html, strength) => styled(html, `html{zoom:${1 + 0.12 * strength}}`),
};

/** Any page, damaged. */
export function damaged(
  html: string,
  damage: "move" | "recolour" | "drop" | "retext" | "rescale",
  strength: number,
): string {
  return DAMAGES[damage]!(html, strength);
}

/**
 * A page of at least `size` characters with all its tags written out: the generator's largest pages, each going on in the main
 * part of the first.
 */
export function largePage(size: number, start = 0): string {
  const source = pagesTaskSource({ levels: [5] });
  const page = (index: number) => source.at("test", index).reference?.html ?? "";
  let html = page(start);
  for (let index = start + 1; html.length < size; index++) {
    const main = /<main[^>]*>(.*)<\/main>/s.exec(page(index))?.[1] ?? "<p>No main part</p>";
    html = html.replace("</main>", () => `${main}</main>`);
  }
  return serialize(parse(html));
}

/** An element that holds text alone. */
const LEAF = /(<(?:h\d|p|li|a|button|th|td|b|label)\b[^>]*>)([^<]+)(<\/\w+>)/g;

/**
 * Pairs of pages of the generator's test split, all five levels, each damaged in every way, the strength going round from 1
 * to 5.
 */
export function pagePairs(count: number): PagePair[] {
  const source = pagesTaskSource();
  const damages = Object.entries(DAMAGES);
  return Array.from({ length: count }, (_, k) => {
    const round = Math.floor(k / damages.length);
    const [damage, worsen] = damages[k % damages.length]!;
    const strength = 1 + (Math.floor(round / 5 + round) % 5);
    const reference = source.at("test", round).reference?.html ?? "";
    return {
      name: `pages/test/${round} ${damage} ${strength}`,
      reference,
      prediction: worsen(reference, strength),
    };
  });
}

function styled(html: string, css: string): string {
  return html.includes("</style>")
    ? html.replace("</style>", `${css}\n</style>`)
    : `${html}<style>${css}</style>`;
}

/**
 * Colours changed one by one. (A filter over the page would also shift the colours that the exact form paints texts with, so that
 * it finds none.)
 */
function repaint(html: string, strength: number): string {
  return html.replace(/#([0-9a-f]{6})\b/gi, (_, digits: string) => {
    const channels = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
    const moved = channels.map((value, k) =>
      value < 128 ? value + 15 * strength : value - (10 + 4 * k) * strength,
    );
    return `#${moved.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  });
}
