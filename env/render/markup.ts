import { escapeAttribute, escapeText } from "./escape.js";
import type { RawSnapshot } from "./snapshot.js";

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const RAW = new Set("script style xmp iframe noembed noframes plaintext noscript".split(" "));
const ELEMENT = 1;
const TEXT = 3;
const COMMENT = 8;

/**
 * Writes the main document of a snapshot as its `outerHTML` would read. Taken from the snapshot, it is of the same moment
 * as the layout, costs the browser nothing, and cannot be faked by the page's scripts.
 */
export function markupOf({ documents, strings }: RawSnapshot): string {
  const nodes = documents[0]?.nodes;
  if (!nodes) return "";
  const { parentIndex = [], nodeType = [], nodeName = [], nodeValue = [], attributes = [] } = nodes;
  const hidden = new Set([...(nodes.pseudoType?.index ?? []), ...(nodes.shadowRootType?.index ?? [])]);
  const children: number[][] = parentIndex.map(() => []);
  let root = -1;
  parentIndex.forEach((parent, node) => {
    if (hidden.has(node)) return;
    if (parent >= 0) children[parent]?.push(node);
    if (root < 0 && nodeType[node] === ELEMENT) root = node;
  });
  if (root < 0) return "";
  const textAt = (index: number | undefined) => (index === undefined ? "" : (strings[index] ?? ""));
  // A page may name one long text a thousand times.
  const escaped = new Map<number, string>();
  const attributeAt = (index: number) => {
    let text = escaped.get(index);
    if (text === undefined) {
      text = escapeAttribute(textAt(index));
      escaped.set(index, text);
    }
    return text;
  };
  const pieces: string[] = [];
  const pending: (number | string)[] = [root];
  while (pending.length > 0) {
    const item = pending.pop() as number | string;
    if (typeof item === "string") {
      pieces.push(item);
      continue;
    }
    const kind = nodeType[item];
    const parent = parentIndex[item] ?? -1;
    if (kind === TEXT) {
      const text = textAt(nodeValue[item]);
      pieces.push(RAW.has(textAt(nodeName[parent]).toLowerCase()) ? text : escapeText(text));
      continue;
    }
    if (kind === COMMENT) {
      pieces.push(`<!--${textAt(nodeValue[item])}-->`);
      continue;
    }
    if (kind === ELEMENT) {
      const name = textAt(nodeName[item]);
      const tag = name === name.toUpperCase() ? name.toLowerCase() : name;
      const pairs = attributes[item] ?? [];
      pieces.push(`<${tag}`);
      for (let i = 0; i + 1 < pairs.length; i += 2)
        pieces.push(` ${textAt(pairs[i])}="${attributeAt(pairs[i + 1] as number)}"`);
      pieces.push(">");
      if (VOID.has(tag)) continue;
      pending.push(`</${tag}>`);
    }
    for (const child of (children[item] ?? []).toReversed()) pending.push(child);
  }
  return pieces.join("");
}
