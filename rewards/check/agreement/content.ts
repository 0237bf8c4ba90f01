import { type DefaultTreeAdapterTypes, parse, serializeOuter } from "parse5";

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** A field of a form: its label, the kind of control, and whether it takes several lines. */
export interface Field {
  readonly label: string;
  readonly type: string;
  readonly multiline: boolean;
}

/** Content of a section, freed from the markup it was written in. */
export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "button"; readonly text: string }
  /** Cards: a title and the lines below it, e.g. a price. */
  | { readonly kind: "cards"; readonly items: readonly { title: string; lines: readonly string[] }[] }
  | { readonly kind: "amounts"; readonly items: readonly { amount: string; label: string }[] }
  | { readonly kind: "steps"; readonly items: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** The first row holds the headers. */
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "form"; readonly fields: readonly Field[]; readonly submit: string }
  | { readonly kind: "quotes"; readonly items: readonly { text: string; by: string }[] }
  | { readonly kind: "questions"; readonly items: readonly { question: string; answer: string }[] }
  /** Names with what belongs to each, e.g. prices or opening hours; `title` heads one group of several. */
  | {
      readonly kind: "terms";
      readonly title: string | null;
      readonly items: readonly { term: string; value: string }[];
    }
  /** Something to use (tabs, a filter, a counter, a form that checks): its markup, which the content's script moves. */
  | { readonly kind: "widget"; readonly markup: string }
  /** `picture` is the markup of an `<svg>` or `<img>`. */
  | { readonly kind: "pictures"; readonly items: readonly { picture: string; caption: string }[] };

/** A section below the opening. `title` is null for one without a heading. */
export interface ContentSection {
  readonly title: string | null;
  readonly blocks: readonly Block[];
  /** Whether its items stand below one another rather than side by side. */
  readonly stacked: boolean;
  /** Whether it is a band of colour. */
  readonly band: boolean;
}

/** What a page says, in order, whatever it looks like. */
export interface PageContent {
  readonly language: string;
  readonly title: string;
  readonly brand: string;
  /** Texts of the navigation's links; empty without a navigation. */
  readonly links: readonly string[];
  /** Whether the links hide behind a button "Menu" on a phone. */
  readonly menu: boolean;
  readonly headline: string;
  readonly lead: readonly string[];
  /** Text of the opening's button; null without one. */
  readonly action: string | null;
  /** Markup of a picture beside the opening; null without one. */
  readonly picture: string | null;
  readonly sections: readonly ContentSection[];
  /** Null without a footer. */
  readonly footer: string | null;
  /** What moves the menu and the widgets; "" for a page that has none. */
  readonly script: string;
}

/**
 * The content of a page that is written in semantic HTML (`nav`, `header`, `section`, `article`, `form`, `details`, `figure`,
 * `blockquote`, `table`, lists); null for a page without a level-1 heading, or with content that none of these holds.
 */
export function contentOf(html: string): PageContent | null {
  const root = parse(html);
  const headline = first(root, "h1");
  if (headline === null) return null;
  const document = first(root, "html");
  const nav = first(root, "nav");
  const header =
    ancestor(headline, ["header"]) ?? ancestor(headline, ["section"]) ?? (headline.parentNode as Element);
  const body = all(root, ["section"]).filter((each) => each !== header && !contains(header, each));
  const sections = body.map(sectionOf);
  if (sections.some((section) => section === null)) return null;
  const title = textOf(first(root, "title"));
  const picture = all(header, ["svg", "img"])[0];
  return {
    language: (document && attribute(document, "lang")) || "en",
    title,
    brand: (nav && textOf(first(nav, ["b", "strong"]))) || nameIn(title, textOf(headline)),
    links: nav ? all(nav, ["a"]).map(textOf) : [],
    menu: nav !== null && all(nav, ["button"]).some((button) => textOf(button) === "Menu"),
    headline: textOf(headline),
    lead: all(header, ["p"]).map(textOf),
    action: textOf(all(header, ["button", "a"])[0] ?? null) || null,
    picture: picture ? serializeOuter(picture) : null,
    sections: sections as ContentSection[],
    footer: textOf(first(root, "footer")) || null,
    script: all(root, ["script"]).flatMap(sourcesOf).join("\n"),
  };
}

function sectionOf(section: Element): ContentSection | null {
  const heading = first(section, "h2");
  const blocks = blocksOf(section);
  if (blocks.length === 0 && heading === null) return null;
  const classes = all(section, ["div"]).map((each) => attribute(each, "class") ?? "");
  return {
    title: heading ? textOf(heading) : null,
    blocks,
    stacked: classes.some((name) => /\bstack/.test(name)),
    band: /\bband\b/.test(attribute(section, "class") ?? ""),
  };
}

function blocksOf(section: Element): Block[] {
  if (all(section, ["*"]).some(isUsed)) return [{ kind: "widget", markup: bodyOf(section) }];
  const blocks: Block[] = [];
  const add = <T>(items: readonly T[], make: (items: readonly T[]) => Block) => {
    if (items.length > 0) blocks.push(make(items));
  };
  for (const table of all(section, ["table"]))
    blocks.push({
      kind: "table",
      rows: all(table, ["tr"]).map((row) => all(row, ["th", "td"]).map(textOf)),
    });
  for (const list of all(section, ["dl"])) {
    const group = list.parentNode === section ? null : first(list.parentNode as Element, ["h3", "h4"]);
    const [terms, values] = [all(list, ["dt"]).map(textOf), all(list, ["dd"]).map(textOf)];
    blocks.push({
      kind: "terms",
      title: group ? textOf(group) : null,
      items: terms.map((term, i) => ({ term, value: values[i] ?? "" })),
    });
  }
  for (const form of all(section, ["form"]))
    blocks.push({
      kind: "form",
      fields: all(form, ["label"]).map(fieldOf),
      submit: textOf(first(form, "button")),
    });
  add(all(section, ["details"]), (items) => ({
    kind: "questions",
    items: items.map((each) => {
      const question = textOf(first(each, "summary"));
      return { question, answer: textOf(each).slice(question.length).trim() };
    }),
  }));
  add(all(section, ["blockquote"]), (items) => ({
    kind: "quotes",
    items: items.map((each) => ({ text: textOf(first(each, "p")), by: textOf(first(each, "cite")) })),
  }));
  add(all(section, ["figure"]), (items) => ({
    kind: "pictures",
    items: items.map((each) => {
      const picture = all(each, ["svg", "img"])[0];
      return { picture: picture ? serializeOuter(picture) : "", caption: textOf(first(each, "figcaption")) };
    }),
  }));
  add(all(section, ["article"]), (items) => ({
    kind: "cards",
    items: items.map((each) => ({
      title: textOf(first(each, ["h2", "h3", "h4"])),
      lines: all(each, ["p", "b"]).map(textOf),
    })),
  }));
  for (const list of all(section, ["ol", "ul"]))
    blocks.push({ kind: list.tagName === "ol" ? "steps" : "list", items: all(list, ["li"]).map(textOf) });
  const held = ["article", "blockquote", "figure", "details", "form"];
  const paragraphs = all(section, ["p"]).filter((each) => ancestor(each, held) === null);
  const amounts = paragraphs.filter((each) => first(each, BIG) !== null);
  add(amounts, (items) => ({
    kind: "amounts",
    items: items.map((each) => {
      const amount = textOf(first(each, BIG));
      return { amount, label: textOf(each).slice(amount.length).trim() };
    }),
  }));
  for (const each of paragraphs)
    if (!amounts.includes(each)) blocks.push({ kind: "text", text: textOf(each) });
  for (const each of all(section, ["button"]))
    if (ancestor(each, ["form"]) === null) blocks.push({ kind: "button", text: textOf(each) });
  return blocks;
}

/** The part of a title that is not the page's headline: `Walnut` of `Bowls | Walnut`. */
function nameIn(title: string, headline: string): string {
  return title.split(/\s+[|–—·]\s+/).find((part) => part !== headline) ?? title;
}

/** Where the number of an amount stands. */
const BIG = ["b", "strong", "span"];

/** Whether an element is there to be used: a tab, a switch, a changing number, an error that is still hidden. */
function isUsed(element: Element): boolean {
  const role = attribute(element, "role");
  return (
    role === "tab" ||
    element.tagName === "output" ||
    attribute(element, "aria-pressed") !== undefined ||
    (role === "alert" && attribute(element, "hidden") !== undefined)
  );
}

/** The markup of a section below its heading. */
function bodyOf(section: Element): string {
  const parts = section.childNodes.filter((node) => node.nodeName !== "h2");
  return parts.map((node) => ("tagName" in node ? serializeOuter(node) : "")).join("\n");
}

/** The source of a script that stands in the page. */
function sourcesOf(script: Element): string[] {
  return script.childNodes.flatMap((node) =>
    node.nodeName === "#text" ? [(node as DefaultTreeAdapterTypes.TextNode).value.trim()] : [],
  );
}

function fieldOf(label: Element): Field {
  const control = first(label, ["input", "textarea", "select"]);
  return {
    label: textOf(label),
    type: (control && attribute(control, "type")) ?? "text",
    multiline: control?.tagName === "textarea",
  };
}

function all(node: Node, tags: readonly string[]): Element[] {
  if (!("childNodes" in node)) return [];
  return node.childNodes.flatMap((child) => [
    ...("tagName" in child && (tags.includes(child.tagName) || tags.includes("*")) ? [child] : []),
    ...all(child, tags),
  ]);
}

function first(node: Node, tags: string | readonly string[]): Element | null {
  return all(node, [tags].flat())[0] ?? null;
}

function ancestor(node: Element, tags: readonly string[]): Element | null {
  let at: Node | null = node.parentNode;
  while (at && "tagName" in at) {
    if (tags.includes(at.tagName)) return at;
    at = at.parentNode;
  }
  return null;
}

function contains(outer: Element, inner: Element): boolean {
  let at: Node | null = inner;
  while (at && at !== outer) at = "parentNode" in at ? at.parentNode : null;
  return at === outer;
}

function textOf(node: Node | null): string {
  return node === null ? "" : words(node).join(" ").replace(/\s+/g, " ").trim();
}

function words(node: Node): string[] {
  if (node.nodeName === "#text") return [(node as DefaultTreeAdapterTypes.TextNode).value];
  if ("tagName" in node && ["svg", "script", "style"].includes(node.tagName)) return [];
  return "childNodes" in node ? node.childNodes.flatMap(words) : [];
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}
