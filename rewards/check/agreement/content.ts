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
  readonly headline: string;
  readonly lead: readonly string[];
  /** Text of the opening's button; null without one. */
  readonly action: string | null;
  /** Markup of a picture beside the opening; null without one. */
  readonly picture: string | null;
  readonly sections: readonly ContentSection[];
  /** Null without a footer. */
  readonly footer: string | null;
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
    brand: (nav && textOf(first(nav, ["b", "strong"]))) || title,
    links: nav ? all(nav, ["a"]).map(textOf) : [],
    headline: textOf(headline),
    lead: all(header, ["p"]).map(textOf),
    action: textOf(all(header, ["button", "a"])[0] ?? null) || null,
    picture: picture ? serializeOuter(picture) : null,
    sections: sections as ContentSection[],
    footer: textOf(first(root, "footer")) || null,
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
  const blocks: Block[] = [];
  const add = <T>(items: readonly T[], make: (items: readonly T[]) => Block) => {
    if (items.length > 0) blocks.push(make(items));
  };
  for (const table of all(section, ["table"]))
    blocks.push({
      kind: "table",
      rows: all(table, ["tr"]).map((row) => all(row, ["th", "td"]).map(textOf)),
    });
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
  const amounts = paragraphs.filter((each) => first(each, ["b", "strong"]) !== null);
  add(amounts, (items) => ({
    kind: "amounts",
    items: items.map((each) => {
      const amount = textOf(first(each, ["b", "strong"]));
      return { amount, label: textOf(each).slice(amount.length).trim() };
    }),
  }));
  for (const each of paragraphs)
    if (!amounts.includes(each)) blocks.push({ kind: "text", text: textOf(each) });
  for (const each of all(section, ["button"]))
    if (ancestor(each, ["form"]) === null) blocks.push({ kind: "button", text: textOf(each) });
  return blocks;
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
    ...("tagName" in child && tags.includes(child.tagName) ? [child] : []),
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
