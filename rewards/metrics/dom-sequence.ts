import { type DefaultTreeAdapterTypes, parse, defaultTreeAdapter as tree } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A DOM node as similarity metrics see it: its name and attributes, not its text. */
export interface DomNode {
  /** Lower-case tag name (the local name in SVG), or `#comment`. */
  readonly tag: string;
  /** Attribute names and values, sorted by name. Values are verbatim. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Equal exactly for nodes of equal tag and attributes. */
  readonly key: string;
}

/** Nodes beyond this many are left out, so that a hostile page costs a bounded time. */
export const MAX_DOM_NODES = 20_000;

/**
 * The nodes under (and with) the html element in pre-order, comments included, as the HTML standard parses the text: it
 * supplies a head, a body, a tbody where they are missing. The first {@link MAX_DOM_NODES} only.
 */
export function domSequence(html: string): DomNode[] {
  const root = parse(html).childNodes.find(tree.isElementNode);
  const nodes: DomNode[] = [];
  const pending: Node[] = root ? [root] : [];
  for (let node = pending.pop(); node && nodes.length < MAX_DOM_NODES; node = pending.pop()) {
    if (tree.isCommentNode(node)) nodes.push(domNode("#comment", []));
    if (!tree.isElementNode(node)) continue;
    nodes.push(domNode(node.tagName.toLowerCase(), attributesOf(node)));
    const children = "content" in node ? (node as DefaultTreeAdapterTypes.Template).content : node;
    for (let i = children.childNodes.length - 1; i >= 0; i--) pending.push(children.childNodes[i]!);
  }
  return nodes;
}

/** Elements whose text is no part of the page a person reads. */
const UNREAD: ReadonlySet<string> = new Set([
  "head",
  "script",
  "style",
  "template",
  "noscript",
  "option",
  "textarea",
]);

/** Number of characters other than white space in the text of a page's body. */
export function bodyTextLength(html: string): number {
  let length = 0;
  const pending: Node[] = [...parse(html).childNodes];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (tree.isTextNode(node)) length += node.value.replace(/\s+/g, "").length;
    if (tree.isElementNode(node) && !UNREAD.has(node.tagName))
      for (const child of node.childNodes) pending.push(child);
  }
  return length;
}

function domNode(tag: string, attributes: DomNode["attributes"]): DomNode {
  return { tag, attributes, key: attributes.length === 0 ? tag : `${tag} ${JSON.stringify(attributes)}` };
}

function attributesOf({ attrs }: Element): (readonly [string, string])[] {
  if (attrs.length === 0) return [];
  return attrs
    .map(({ name, value }): [string, string] => [name.toLowerCase(), value])
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
}
