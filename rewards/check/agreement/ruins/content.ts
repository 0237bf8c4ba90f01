import { type Ruin, rewritten, sectionsOf, withSections } from "./ruin.js";

const LOREM =
  "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore".split(
    " ",
  );

const flat = (text: string) => text.toLowerCase();

/** Pages in the right look that say something else. */
export const WRONG_CONTENT: Readonly<Record<string, Ruin>> = {
  "another firm's page": ({ html, foreign }) => foreignContent(html, foreign, false),
  "another firm's page under the right headline": ({ html, foreign }) => foreignContent(html, foreign, true),
  "lorem ipsum": ({ html }) => {
    let at = 0;
    return rewritten(html, (text) => text.replace(/\p{L}+/gu, () => LOREM[at++ % LOREM.length]!));
  },
  "the brand for every text": ({ html, brand }) => (brand === "" ? null : rewritten(html, () => brand)),
  "words shuffled over the page": ({ html }) => {
    const words: string[] = [];
    rewritten(html, (text) => {
      words.push(...(text.match(/[\p{L}\p{N}$]+/gu) ?? []));
      return text;
    });
    words.sort((a, b) => hash(a) - hash(b) || (a < b ? -1 : 1));
    let at = 0;
    return rewritten(html, (text) => text.replace(/[\p{L}\p{N}$]+/gu, () => words[at++ % words.length]!));
  },
  "every brand wrong": ({ html, brand, rivals }) => {
    const other = rivals.find((name) => flat(name) !== flat(brand));
    return brand === "" || other === undefined ? null : html.replaceAll(brand, other);
  },
  "every number wrong": ({ html }) => {
    const changed = rewritten(html, (text) =>
      text.replace(/\d+/g, (digits) => String((Number(digits) * 7 + 13) % 97)),
    );
    return changed === html ? null : changed;
  },
};

/** Pages with the right things in the wrong order. */
export const WRONG_ORDER: Readonly<Record<string, Ruin>> = {
  "sections in reverse": ({ html }) => {
    const sections = sectionsOf(html);
    return sections.length === 0 ? null : withSections(html, sections, [...sections].reverse());
  },
  "everything in reverse": ({ html }) =>
    html.includes("<main")
      ? html.replace("</style>", "body,main{display:flex!important;flex-direction:column-reverse}</style>")
      : null,
  "items changed between sections": ({ html }) => {
    const items = html.match(/<(article|blockquote|figure|details|li|tr)\b[\s\S]*?<\/\1>/g) ?? [];
    return items.length < 4 ? null : withSections(html, items, [...items].reverse());
  },
};

/** Pages that leave out much of what was asked for. */
export const HALF_MISSING: Readonly<Record<string, Ruin>> = {
  "half of the sections": ({ html }) => without(html, (i) => i % 2 === 0),
  "all sections": ({ html }) => without(html, () => true),
  "every second item": ({ html }) => {
    const items = html.match(/<(article|blockquote|figure|details|li|tr|label)\b[\s\S]*?<\/\1>/g) ?? [];
    return items.length < 2
      ? null
      : withSections(
          html,
          items,
          items.map((item, i) => (i % 2 === 0 ? "" : item)),
        );
  },
  "cards without words": ({ html }) =>
    eachSection(html, (part) => rewritten(`<body>${part}`, () => "&nbsp;").slice(6)),
  "headings alone": ({ html }) =>
    eachSection(html, (part) => `<section>${/<h2[\s\S]*?<\/h2>/.exec(part)?.[0] ?? ""}</section>`),
};

function without(html: string, drop: (index: number) => boolean): string | null {
  return eachSection(html, (part, i) => (drop(i) ? "" : part));
}

/** The page with every section below the opening rewritten; null for one that has none. */
function eachSection(html: string, write: (part: string, index: number) => string): string | null {
  const sections = sectionsOf(html);
  return sections.length === 0 ? null : withSections(html, sections, sections.map(write));
}

/** The foreign page's body in the look of this one; on wish under this one's headline. */
function foreignContent(html: string, foreign: string, keepHeadline: boolean): string | null {
  const head = /^[\s\S]*<\/style>(?:\s*<\/head>)?/.exec(html)?.[0];
  const body = /<\/style>(?:\s*<\/head>)?([\s\S]*)$/.exec(foreign)?.[1];
  if (head === undefined || body === undefined) return null;
  const title = /<title>[^<]*<\/title>/.exec(foreign)?.[0] ?? "";
  const headline = /<h1[\s\S]*?<\/h1>/.exec(html)?.[0];
  const own = keepHeadline && headline ? body.replace(/<h1[\s\S]*?<\/h1>/, () => headline) : body;
  return `${keepHeadline ? head : head.replace(/<title>[^<]*<\/title>/, () => title)}${own}`;
}

function hash(text: string): number {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 16777619) >>> 0;
  return value;
}
