import { strip } from "../ports/python-text.js";
import { parseSoup, type SoupElement, soupElements } from "../ports/soup.js";
import { serializeSoup } from "../ports/soup-serialize.js";
import { PALETTE_SIZE, paletteColor } from "./palette.js";

/** The elements whose text Design2Code gives a colour of its own; all others inherit. */
export const TEXT_TAGS: ReadonlySet<string> = new Set(
  "p h1 h2 h3 h4 h5 h6 div span a b li table td th button footer header figcaption".split(" "),
);

/**
 * Rewrites a page so that every text element has a colour of its own from the palette and no element has a background
 * colour. Images stay. Two offsets give two pages that differ in nothing but the text. Null when the markup cannot be
 * read or has more text elements than the palette has colours.
 */
export function recolorHtml(html: string, offset: number): string | null {
  const soup = parseSoup(html);
  if (!soup) return null;
  const elements = [...soupElements(soup)];
  for (const element of elements) setStyle(element, "background-color", "rgba(255, 255, 255, 0.0)");
  let painted = 0;
  for (const element of elements) {
    if (!TEXT_TAGS.has(element.name)) continue;
    if (painted === PALETTE_SIZE) return null;
    setStyle(element, "color", `#${paletteColor(painted, offset)}`);
    setStyle(element, "opacity", "1.0");
    painted++;
  }
  return serializeSoup(soup);
}

/** Replaces the inline declarations whose text starts with `property` by one with priority, at the end. */
function setStyle({ attributes }: SoupElement, property: string, value: string): void {
  const kept = (attributes.get("style") ?? "")
    .split(";")
    .filter((declaration) => strip(declaration) !== "" && !strip(declaration).startsWith(property));
  attributes.set("style", strip([...kept, `${property}: ${value} !important`].join("; ")));
}
