import { sequenceRatio } from "../../metrics/ports/difflib.js";
import { BLANKS, strip } from "../../metrics/ports/python-text.js";
import { parseSoup, type SoupElement, soupElements } from "../../metrics/ports/soup.js";
import { extractOpenEnvHtml } from "./extract.js";

const DOCUMENT = new RegExp(`<!doctype[${BLANKS}]+html|<html(?:[${BLANKS}]|>)`, "iu");

/** Half for a closed `html` fence in any case, half for a doctype or an html tag in the page. */
export function openEnvFormat(content: string): number {
  const fence = /```html[\s\S]*?```/i.test(content) ? 0.5 : 0;
  return fence + (DOCUMENT.test(extractOpenEnvHtml(content)) ? 0.5 : 0);
}

/** Distinct tags that earn the full variety term. */
const DIVERSE_TAGS = 8;

/** Half for html, head and body as written (none implied), half for eight different tags. 0 for unreadable markup. */
export function openEnvValidity(content: string): number {
  const soup = parseSoup(extractOpenEnvHtml(content));
  if (!soup) return 0;
  const names = new Set([...soupElements(soup)].map(({ name }) => name));
  const present = ["html", "head", "body"].filter((name) => names.has(name)).length;
  return (0.5 * present) / 3 + 0.5 * Math.min(names.size / DIVERSE_TAGS, 1);
}

/** Half for the likeness of the tag lists, half for the share of the reference's classes (or style properties) that is used. */
export function openEnvStructure(content: string, solution: string): number {
  const own = parseSoup(extractOpenEnvHtml(content));
  const wanted = parseSoup(solution);
  if (!own || !wanted) return 0;
  const ownTags = [...soupElements(own)];
  const wantedTags = [...soupElements(wanted)];
  const tags = sequenceRatio(
    ownTags.map(({ name }) => name),
    wantedTags.map(({ name }) => name),
  );
  return 0.5 * tags + 0.5 * styleCoverage(ownTags, wantedTags);
}

function styleCoverage(own: readonly SoupElement[], wanted: readonly SoupElement[]): number {
  for (const names of [classes, styleProperties]) {
    const asked = names(wanted);
    if (asked.size === 0) continue;
    const given = names(own);
    return [...asked].filter((name) => given.has(name)).length / asked.size;
  }
  return 1;
}

function classes(elements: readonly SoupElement[]): Set<string> {
  const names = elements.flatMap(({ attributes }) => (attributes.get("class") ?? "").split(" "));
  return new Set(names.filter(Boolean));
}

function styleProperties(elements: readonly SoupElement[]): Set<string> {
  const declarations = elements.flatMap(({ attributes }) => (attributes.get("style") ?? "").split(";"));
  const properties = declarations
    .filter((declaration) => declaration.includes(":"))
    .map((declaration) => strip(declaration.split(":", 1)[0] as string).toLowerCase());
  return new Set(properties.filter(Boolean));
}
