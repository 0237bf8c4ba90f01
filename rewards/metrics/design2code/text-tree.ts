import { strip } from "../ports/python-text.js";
import { parseSoup, type SoupElement, type SoupNode, soupElements } from "../ports/soup.js";
import { hexOf, pillowColor } from "./named-colors.js";

/** A piece of text and the colour its style attributes give it, as `#rrggbb`. */
export type ColoredText = readonly [text: string, color: string];

const INITIAL_COLOR = "#000000";

/**
 * The texts of the body in document order, each with its inherited inline colour. Hidden text, scripts and styles are
 * included, as upstream has them. Empty when there is no body element or the markup cannot be read.
 */
export function extractTextWithColor(html: string): ColoredText[] {
  const soup = parseSoup(html);
  const body = soup && firstBody(soup);
  if (!body) return [];
  const texts: ColoredText[] = [];
  const pending: [SoupNode, string][] = [[body, INITIAL_COLOR]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, inherited] = next;
    if (node.kind === "element") {
      const color = inlineColor(node) ?? inherited;
      for (let i = node.children.length - 1; i >= 0; i--) pending.push([node.children[i] as SoupNode, color]);
    } else if (node.kind !== "comment") {
      const text = strip(node.value);
      if (text !== "") texts.push([text, inherited]);
    }
  }
  return texts;
}

function firstBody(soup: SoupElement): SoupElement | undefined {
  for (const element of soupElements(soup)) if (element.name === "body") return element;
  return undefined;
}

/** The last inline declaration that mentions a colour but no background colour; null when it cannot be understood. */
export function inlineColor({ attributes }: Pick<SoupElement, "attributes">): string | null {
  const declaration = (attributes.get("style") ?? "")
    .split(";")
    .filter((style) => style.includes("color") && !style.includes("background-color"))
    .at(-1);
  const color = strip(declaration?.split(":")[1] ?? "").replaceAll(" !important", "");
  if (!color) return null;
  if (color.startsWith("#")) return color;
  if (!color.startsWith("rgb")) return pillowColor(color);
  const channels = color.slice(4, -1).split(",");
  return channels.length >= 3 && channels.every((channel) => /^\s*\+?\d+\s*$/.test(channel))
    ? hexOf(channels.map(Number))
    : null;
}
