import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { ElementNode, TextRun } from "../../../env/contract/rendered-page.js";
import { TEXT_TAGS } from "./recolor.js";
import { inlineColor } from "./text-tree.js";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** An element of the document, numbered in document order. */
interface DomElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The texts that this element owns. */
  readonly texts: string[];
  /** Its own text without white space, for recognising it. */
  direct: string;
  /** Number of the first element after its subtree. */
  end: number;
}

/** What the document says of a text owner. */
export interface OwnerText {
  readonly words: string;
  /** How many elements upstream paints before it: the number of its colour in the palette. */
  readonly paint: number;
}

/**
 * The words of every text owner: all texts of the document that upstream would paint in its colour, hidden ones and scripts
 * included, joined with spaces. Keyed by the index of the laid-out element; owners that cannot be told apart are left out.
 *
 * `html` is the document after scripts ran; `elements` are those of it that take part in the layout, in document order.
 */
export function ownerTexts(
  html: string,
  elements: readonly ElementNode[],
  runs: readonly TextRun[],
): Map<number, OwnerText> {
  const dom = readDocument(html);
  const shown = new Map<number, string>();
  for (const { element, text } of runs) shown.set(element, (shown.get(element) ?? "") + squeeze(text));
  const places: number[] = [];
  const words = new Map<number, OwnerText>();
  let painted = 0;
  const paints = dom.map(({ tag }) => (TEXT_TAGS.has(tag) ? painted++ : -1));
  let next = 0;
  for (const element of elements) {
    const parent = places[element.parent];
    const end = parent === undefined ? dom.length : (dom[parent] as DomElement).end;
    const place = findPlace(
      dom,
      Math.max(next, (parent ?? -1) + 1),
      end,
      element,
      shown.get(element.index) ?? "",
    );
    if (place < 0) continue;
    places[element.index] = place;
    next = place + 1;
    words.set(element.index, {
      words: (dom[place] as DomElement).texts.join(" "),
      paint: paints[place] as number,
    });
  }
  return words;
}

function findPlace(
  dom: readonly DomElement[],
  start: number,
  end: number,
  { tag, attributes }: ElementNode,
  shown: string,
): number {
  const wanted = Object.entries(attributes);
  for (let at = start; at < end; at++) {
    const candidate = dom[at] as DomElement;
    if (candidate.tag !== tag || candidate.attributes.size !== wanted.length) continue;
    if (!wanted.every(([name, value]) => candidate.attributes.get(name) === value)) continue;
    // A generated text (a list marker, ::before) is shown without being in the document.
    if (shown === "" || candidate.direct === shown || shown.includes(candidate.direct)) return at;
  }
  return -1;
}

const squeeze = (text: string): string => text.replace(/\s+/g, "").toLowerCase();

function readDocument(html: string): DomElement[] {
  const dom: DomElement[] = [];
  visit(parse(html).childNodes, -1, -1, false, dom);
  return dom;
}

function visit(
  nodes: readonly Node[],
  holder: number,
  owner: number,
  inBody: boolean,
  dom: DomElement[],
): void {
  for (const node of nodes) {
    if ("tagName" in node) enter(node, owner, inBody, dom);
    else if (node.nodeName === "#text" && "value" in node) {
      const element = dom[holder];
      if (element) element.direct += squeeze(node.value);
      const text = node.value.trim();
      if (inBody && text !== "") dom[owner]?.texts.push(text);
    }
  }
}

function enter(node: Element, inherited: number, inBody: boolean, dom: DomElement[]): void {
  const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
  const at = dom.length;
  let owner = inherited;
  if (TEXT_TAGS.has(node.tagName)) owner = at;
  else if (inlineColor({ attributes }) !== null) owner = -1;
  const element: DomElement = { tag: node.tagName, attributes, texts: [], direct: "", end: 0 };
  dom.push(element);
  const children =
    "content" in node ? (node as DefaultTreeAdapterTypes.Template).content.childNodes : node.childNodes;
  visit(children, at, owner, inBody || node.tagName === "body", dom);
  element.end = dom.length;
}
