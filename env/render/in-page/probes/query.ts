import type { Query } from "../../../contract/probe.js";
import { closest, headingLevel, nameOf, roleOf } from "./roles.js";
import { isInside, plain, type Scene } from "./scene.js";
import { isRendered } from "./visibility.js";

/** The visible elements a query asks for, in document order; of nested ones the innermost. */
export function find(scene: Scene, query: Query): readonly Element[] {
  const key = JSON.stringify(query);
  let found = scene.found.get(key);
  if (found === undefined) {
    const matches = candidates(scene, query).filter(
      (element) => isMatch(scene, element, query) && isSeen(scene, element),
    );
    found = matches.filter(
      (element) => !matches.some((other) => other !== element && isInside(scene, other, element)),
    );
    scene.found.set(key, found);
  }
  return found;
}

/** The shortest list at hand that holds all matches. */
export function candidates(scene: Scene, { text, role }: Query): readonly Element[] {
  if (text === undefined && typeof role === "string") return scene.byRole.get(role) ?? [];
  if (text === undefined) return scene.elements;
  const named = [...(scene.byText.get(plain(text)) ?? [])];
  return named.sort((a, b) => (precedes(a, b) ? -1 : 1));
}

export function precedes(a: Node, b: Node): boolean {
  const following = Node.DOCUMENT_POSITION_FOLLOWING;
  return (Node.prototype.compareDocumentPosition.call(a, b) & following) !== 0;
}

/** Whether an element is what a query asks for, whether or not it can be seen. */
export function isMatch(scene: Scene, element: Element, query: Query): boolean {
  const { role, level, css, text, includes, like, name, within } = query;
  return (
    (role === undefined || [role].flat().includes(roleOf(scene, element))) &&
    (level === undefined || headingLevel(scene, element) === level) &&
    (css === undefined || scene.dom.matches(element, css)) &&
    (text === undefined || readsLike(scene, element, plain(text), role === undefined)) &&
    (includes === undefined || readingOf(scene, element).includes(plain(includes))) &&
    (like === undefined || wordOverlap(readingOf(scene, element), like) >= 0.66) &&
    (name === undefined || nameOf(scene, element) === plain(name)) &&
    (within === undefined || isWithin(scene, element, within))
  );
}

/** Whether the whole visible text is `text` or, with `runs`, a run of it between two elements. */
export function readsLike(scene: Scene, element: Element, text: string, runs: boolean): boolean {
  return scene.textOf.get(element) === text || (runs && scene.byText.get(text)?.has(element) === true);
}

export function isWithin(scene: Scene, element: Element, around: Query): boolean {
  return closest(scene, element, (node) => node !== element && isMatch(scene, node, around)) !== null;
}

/** The visible text of an element, or the name of a field. */
export function readingOf(scene: Scene, element: Element): string {
  return scene.textOf.get(element) ?? (isField(scene, element) ? nameOf(scene, element) : "");
}

export function isField(scene: Scene, element: Element): boolean {
  return /^(textbox|searchbox|spinbutton|combobox|checkbox|radio|slider)$/.test(roleOf(scene, element));
}

/** Has text that can be seen, or is a rendered box of at least 4 by 4 px in reach of the page. */
export function isSeen(scene: Scene, element: Element): boolean {
  if (!isRendered(scene, element)) return false;
  if (scene.textOf.has(element)) return true;
  const { left, top, right, bottom, width, height } = scene.dom.box(element);
  return (
    width >= 4 &&
    height >= 4 &&
    right + scene.scrollX > 0 &&
    bottom + scene.scrollY > 0 &&
    left < scene.windowWidth &&
    Number.isFinite(top)
  );
}

/** The share of words two texts have in common, in order: longest common subsequence over the longer length. */
export function wordOverlap(a: string, b: string): number {
  const words = (text: string) =>
    plain(text)
      .split(" ")
      .map((word) => word.replace(/^[^\p{L}\p{N}$]+|[^\p{L}\p{N}]+$/gu, ""))
      .filter((word) => word !== "");
  return overlap(words(a), words(b));
}

/** Length of the longest common subsequence over the length of the longer list; 1 for two empty lists. */
export function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 1;
  let row = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    const next = [0];
    b.forEach((other, index) => {
      next.push(item === other ? row[index]! + 1 : Math.max(row[index + 1]!, next[index]!));
    });
    row = next;
  }
  return row[b.length]! / Math.max(a.length, b.length);
}

/** A query in words, e.g. `link "Docs" in the navigation`. */
export function describe(query: Query): string {
  const role = query.role === undefined ? undefined : [query.role].flat().join(" or ");
  const kind = role === "heading" && query.level !== undefined ? `level-${query.level} heading` : role;
  const words = query.text ?? query.name ?? query.like ?? query.includes;
  const what = [
    kind ?? (query.css === undefined ? "text" : query.css),
    words === undefined ? "" : `"${words}"`,
  ];
  const where = query.within === undefined ? "" : ` in ${describe(query.within)}`;
  return what.filter((part) => part !== "").join(" ") + where;
}
