import { parseFragment } from "parse5";

const decoded = new Map<string, string>();

/** Most references the table keeps; a page with more of them is hostile, and just slower. */
const KEPT = 10_000;

/** What the HTML standard makes of `reference` (such as `&amp;` or `&#65;`) in running text. */
export function decodeReference(reference: string): string {
  const known = decoded.get(reference);
  if (known !== undefined) return known;
  const [node] = parseFragment(reference).childNodes;
  const text = node && "value" in node ? node.value : reference;
  if (decoded.size < KEPT) decoded.set(reference, text);
  return text;
}

/** The characters of a named reference given without `&` and `;`, or null when HTML knows no such name. */
export function namedCharacters(name: string): string | null {
  const text = decodeReference(`&${name};`);
  // When the semicolon is left over, only a shorter name was recognised, or none.
  return text.endsWith(";") && name !== "semi" ? null : text;
}

const REFERENCE = /&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)/g;

/** Python's `html.unescape`: decodes every reference in an attribute value, even without its semicolon. */
export function unescapeHtml(text: string): string {
  return text.includes("&") ? text.replace(REFERENCE, decodeReference) : text;
}
