import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { lcsLength } from "../lcs.js";

type Node = DefaultTreeAdapterTypes.Node;

/** An element of a parsed page: its name and the names in its class attribute. */
export interface PageTag {
  readonly name: string;
  readonly classes: readonly string[];
}

const TEMPLATE = /(<\/?)template(?=[\s/>])/gi;
/** A name without meaning, under which the parser treats a template like any element. */
const PLAIN_TEMPLATE = "plain-template";

/**
 * All elements of a page in document order after parsing by the HTML standard, implied ones included. SVG names keep their
 * case (`linearGradient`). A `template` is an element like any other, as html5lib 1.1 has it.
 */
export function pageTags(html: string): PageTag[] {
  const tags: PageTag[] = [];
  const pending: Node[] = [...parse(html.replace(TEMPLATE, `$1${PLAIN_TEMPLATE}`)).childNodes].reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!("tagName" in node)) continue;
    const classes = node.attrs.find(({ name }) => name === "class")?.value ?? "";
    tags.push({
      name: node.tagName === PLAIN_TEMPLATE ? "template" : node.tagName,
      classes: classes.match(/\S+/g) ?? [],
    });
    for (let i = node.childNodes.length - 1; i >= 0; i--) pending.push(node.childNodes[i] as Node);
  }
  return tags;
}

/** Tag names of {@link pageTags}. */
export function tagSequence(html: string): string[] {
  return pageTags(html).map(({ name }) => name);
}

/** How many entries of a sequence are compared. */
export const MAX_SEQUENCE = 200;

/**
 * Twice the longest common subsequence over the summed lengths, 0 to 1. Sequences are cut to their first
 * {@link MAX_SEQUENCE} entries; 0 when one is empty.
 */
export function sequenceSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const ids = new Map<string, number>();
  const encode = (sequence: readonly string[]): Int32Array =>
    Int32Array.from(sequence.slice(0, MAX_SEQUENCE), (name) => {
      const id = ids.get(name) ?? ids.size;
      ids.set(name, id);
      return id;
    });
  const left = encode(a);
  const right = encode(b);
  return (2 * lcsLength(left, right)) / (left.length + right.length);
}
