import { decodeReference, namedCharacters } from "./entities.js";
import { type MarkupHandler, MarkupRejected } from "./markup-handler.js";
import { parsePythonHtml } from "./python-html.js";
import { PYTHON_SPACE } from "./python-html-patterns.js";

/** What a piece of text stands for; `text` is shown, the others are markup. */
export type SoupTextKind = "text" | "comment" | "doctype" | "declaration" | "cdata" | "instruction";

/** Text node of a Beautiful Soup tree. */
export interface SoupText {
  readonly kind: SoupTextKind;
  readonly value: string;
}

/** Element of a Beautiful Soup tree. */
export interface SoupElement {
  readonly kind: "element";
  readonly name: string;
  /** Values as Beautiful Soup keeps them; lists of names (class, rel, ...) joined by one space. */
  readonly attributes: Map<string, string>;
  readonly children: SoupNode[];
}

/** Node of a Beautiful Soup tree. */
export type SoupNode = SoupElement | SoupText;

/** Elements that never have content and are written `<name/>`. */
const VOID = new Set(
  "area base br col embed hr img input keygen link menuitem meta param source track wbr basefont bgsound command frame image isindex nextid spacer".split(
    " ",
  ),
);
const SPACES = new RegExp(`${PYTHON_SPACE}+`);
const NAME_LISTS: Readonly<Record<string, readonly string[]>> = {
  "*": ["class", "accesskey", "dropzone"],
  a: ["rel", "rev"],
  link: ["rel", "rev"],
  td: ["headers"],
  th: ["headers"],
  form: ["accept-charset"],
  object: ["archive"],
  area: ["rel"],
  icon: ["sizes"],
  iframe: ["sandbox"],
  output: ["for"],
};

/**
 * The tree that Beautiful Soup builds with Python's `html.parser`: elements as written, none implied, end tags without a
 * start ignored. The root is an element without a name. Null when the parser refuses the markup.
 */
export function parseSoup(markup: string): SoupElement | null {
  const builder = new SoupBuilder();
  try {
    parsePythonHtml(markup, builder);
  } catch (error) {
    if (error instanceof MarkupRejected) return null;
    throw error;
  }
  return builder.finish();
}

/** All elements below `root`, in document order. */
export function* soupElements(root: SoupElement): Generator<SoupElement> {
  const pending: SoupNode[] = [...root.children].reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind !== "element") continue;
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) pending.push(node.children[i] as SoupNode);
  }
}

/** True when the element is written `<name/>`. */
export function isVoid({ name, children }: SoupElement): boolean {
  return children.length === 0 && VOID.has(name);
}

class SoupBuilder implements MarkupHandler {
  readonly #root: SoupElement = { kind: "element", name: "", attributes: new Map(), children: [] };
  readonly #open: SoupElement[] = [this.#root];
  readonly #openCount = new Map<string, number>();
  readonly #closedVoid = new Map<string, number>();
  /** Open `pre` and `textarea` elements: inside them white space is kept. */
  #preserving = 0;
  #text = "";

  finish(): SoupElement {
    this.#flush("text");
    return this.#root;
  }

  startTag(name: string, attributes: readonly (readonly [string, string | null])[]): void {
    if (VOID.has(name)) {
      this.#push(name, attributes);
      this.#pop(name);
      this.#closedVoid.set(name, (this.#closedVoid.get(name) ?? 0) + 1);
    } else {
      this.#push(name, attributes);
    }
  }

  startEndTag(name: string, attributes: readonly (readonly [string, string | null])[]): void {
    this.#push(name, attributes);
    this.#pop(name);
  }

  endTag(name: string): void {
    const closed = this.#closedVoid.get(name) ?? 0;
    if (closed > 0) this.#closedVoid.set(name, closed - 1);
    else this.#pop(name);
  }

  data(text: string): void {
    this.#text += text;
  }

  characterReference(digits: string): void {
    this.#text += decodeReference(`&#${digits};`);
  }

  entityReference(name: string): void {
    this.#text += namedCharacters(name) ?? `&${name}`;
  }

  comment(text: string): void {
    this.#special(text, "comment");
  }

  declaration(text: string): void {
    this.#special(text.slice("DOCTYPE ".length), "doctype");
  }

  unknownDeclaration(text: string): void {
    if (text.toUpperCase().startsWith("CDATA[")) this.#special(text.slice("CDATA[".length), "cdata");
    else this.#special(text, "declaration");
  }

  processingInstruction(text: string): void {
    this.#special(text, "instruction");
  }

  #special(text: string, kind: SoupTextKind): void {
    this.#flush("text");
    this.#text = text;
    this.#flush(kind);
  }

  #flush(kind: SoupTextKind): void {
    let value = this.#text;
    this.#text = "";
    // An empty comment counts as white space, as it does in Beautiful Soup.
    if (value === "" && kind === "text") return;
    if (this.#preserving === 0 && /^[ \n\t\f\r]*$/.test(value)) value = value.includes("\n") ? "\n" : " ";
    this.#current().children.push({ kind, value });
  }

  #current(): SoupElement {
    return this.#open[this.#open.length - 1] as SoupElement;
  }

  #push(name: string, attributes: readonly (readonly [string, string | null])[]): void {
    this.#flush("text");
    const element: SoupElement = {
      kind: "element",
      name,
      attributes: new Map(attributes.map(([key, value]) => [key, soupValue(name, key, value ?? "")])),
      children: [],
    };
    this.#current().children.push(element);
    this.#open.push(element);
    this.#openCount.set(name, (this.#openCount.get(name) ?? 0) + 1);
    if (name === "pre" || name === "textarea") this.#preserving++;
  }

  /** Closes the innermost open element of this name and everything inside it. */
  #pop(name: string): void {
    this.#flush("text");
    if (!this.#openCount.get(name)) return;
    while (this.#open.length > 1) {
      const closed = this.#open.pop() as SoupElement;
      this.#openCount.set(closed.name, (this.#openCount.get(closed.name) ?? 1) - 1);
      if (closed.name === "pre" || closed.name === "textarea") this.#preserving--;
      if (closed.name === name) return;
    }
  }
}

function soupValue(tag: string, key: string, value: string): string {
  const list =
    NAME_LISTS["*"]?.includes(key) || (Object.hasOwn(NAME_LISTS, tag) && NAME_LISTS[tag]?.includes(key));
  return list ? value.split(SPACES).filter(Boolean).join(" ") : value;
}
