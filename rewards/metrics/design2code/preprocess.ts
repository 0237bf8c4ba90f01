import { sequenceRatio } from "../ports/difflib.js";
import { parseSoup, type SoupElement, soupElements } from "../ports/soup.js";
import { serializeSoup } from "../ports/soup-serialize.js";

const CHUNK = 100;
const REPETITIONS = 5;
const SIMILAR = 0.8;
/** Pieces that are compared; later text is taken for varied. */
const MAX_CHUNKS = 500;
/** How often an element may occur in the same form. */
const MAX_SAME = 50;

/** What Design2Code does to a prediction before it renders it: cut repetition, wrap fragments, thin out equal elements. */
export function preprocessPrediction(html: string): string {
  return truncateRepeated(makeHtml(checkRepetitive(html)), MAX_SAME);
}

/**
 * Cuts a page whose text repeats itself. The text without tags is chopped into pieces of 100 characters; a piece joins
 * the first earlier one that is at least 80 % alike; when one has five members the page ends where the first of them begins.
 * Only the first 500 pieces are looked at. (The original compares an offset in the page with an offset in the text, so late repetition escapes.)
 */
export function checkRepetitive(html: string): string {
  const page = [...html];
  const text = [...html.replace(/<[^\n]*?>/g, "")];
  const offsets = textOffsets(text, page);
  const seen: { readonly chunk: readonly string[]; readonly counts: Counts; readonly members: number[] }[] =
    [];
  let start = text.length;
  for (let at = 0, index = 0; at < text.length && index < MAX_CHUNKS; at += CHUNK, index++) {
    const chunk = text.slice(at, at + CHUNK);
    const counts = countCharacters(chunk);
    const twin = seen.find(
      (other) =>
        alikeAtMost(counts, other.counts, chunk.length + other.chunk.length) >= SIMILAR &&
        sequenceRatio(chunk, other.chunk) >= SIMILAR,
    );
    if (!twin) {
      seen.push({ chunk, counts, members: [index] });
      continue;
    }
    twin.members.push(index);
    if (twin.members.length < REPETITIONS) continue;
    const first = Math.min(start, (twin.members[0] as number) * CHUNK);
    start = Math.min(start, offsets[first] ?? page.length);
  }
  return start === text.length ? html : page.slice(0, start).join("");
}

/** For each character of the text where it is found in the page, from left to right. */
function textOffsets(text: readonly string[], page: readonly string[]): number[] {
  let at = -1;
  return text.map((character) => {
    do at++;
    while (at < page.length && page[at] !== character);
    return at;
  });
}

type Counts = ReadonlyMap<string, number>;

function countCharacters(characters: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

/** The similarity that two texts with these characters can reach at most. */
function alikeAtMost(a: Counts, b: Counts, length: number): number {
  let shared = 0;
  for (const [character, count] of a) shared += Math.min(count, b.get(character) ?? 0);
  return (2 * shared) / length;
}

/** Wraps text without an `html` tag in a page. */
export function makeHtml(html: string): string {
  return /<html[^>]*>/i.test(html) ? html : `<html><body><p>${html}</p></body></html>`;
}

/** Removes every element after the first `maxCount` with the same markup. Unreadable markup stays as it is. */
export function truncateRepeated(html: string, maxCount: number): string {
  const soup = parseSoup(html);
  if (!soup) return html;
  const parents = new Map<SoupElement, SoupElement>();
  const elements = [soup, ...soupElements(soup)];
  for (const element of elements) {
    for (const child of element.children) if (child.kind === "element") parents.set(child, element);
  }
  const forms = elementForms(elements);
  const counts = new Map<number, number>();
  const removed = new Set<SoupElement>();
  for (const element of elements.slice(1)) {
    const parent = parents.get(element) as SoupElement;
    if (removed.has(parent)) {
      removed.add(element);
      continue;
    }
    // Later elements are removed later, so that an element is still whole when its turn comes.
    const form = forms.get(element) as number;
    const count = (counts.get(form) ?? 0) + 1;
    counts.set(form, count);
    if (count > maxCount) removed.add(element);
  }
  for (const element of new Set([...removed].map((child) => parents.get(child) as SoupElement))) {
    const kept = element.children.filter((child) => child.kind !== "element" || !removed.has(child));
    element.children.splice(0, element.children.length, ...kept);
  }
  return serializeSoup(soup);
}

/** A number for each element; equal for elements with the same markup. `elements` are in document order. */
function elementForms(elements: readonly SoupElement[]): Map<SoupElement, number> {
  const forms = new Map<SoupElement, number>();
  const known = new Map<string, number>();
  for (let i = elements.length - 1; i >= 0; i--) {
    const element = elements[i] as SoupElement;
    const attributes = [...element.attributes].sort(([a], [b]) => (a < b ? -1 : 1));
    const children = element.children.map((child) =>
      child.kind === "element" ? (forms.get(child) as number) : [child.kind, child.value],
    );
    const key = JSON.stringify([element.name, attributes, children]);
    const form = known.get(key) ?? known.size;
    known.set(key, form);
    forms.set(element, form);
  }
  return forms;
}
