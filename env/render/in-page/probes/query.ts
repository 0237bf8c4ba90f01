import type { Query } from "../../../contract/probe.js";
import { backdropOf, readColor, worstContrast } from "./color.js";
import { isPainted, mayBePicture } from "./pictures.js";
import { closest, headingLevel, labelText, nameOf, roleOf } from "./roles.js";
import { isInside, plain, type Scene } from "./scene.js";
import { isRendered, opacityOf } from "./visibility.js";
import { core, holdsPhrase, isPhraseOf, wordsOfText } from "./wording.js";

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
  const exact = scene.byText.get(core(text));
  const named = exact === undefined && role === undefined ? phrasesOf(scene, text) : [...(exact ?? [])];
  return named.sort((a, b) => (precedes(a, b) ? -1 : 1));
}

export function precedes(a: Node, b: Node): boolean {
  const following = Node.DOCUMENT_POSITION_FOLLOWING;
  return (Node.prototype.compareDocumentPosition.call(a, b) & following) !== 0;
}

/** Elements whose text begins or ends with the words asked for and adds few; links and buttons say what they say. */
export function phrasesOf(scene: Scene, text: string): Element[] {
  const asked = wordsOfText(text);
  const found = new Set<Element>();
  for (const [element, reading] of scene.textOf)
    if (reading.length <= 60 && isPhraseOf(reading, asked)) found.add(element);
  for (const { text: run, holder } of scene.texts)
    if (run.length <= 60 && isPhraseOf(run, asked)) found.add(holder);
  const ofControls = new Set<Element>();
  for (const { holder } of scene.texts) {
    if (closest(scene, holder, (node) => /^(link|button)$/.test(roleOf(scene, node))) === null) continue;
    for (let node: Element | null = holder; node !== null; node = scene.dom.parent(node))
      ofControls.add(node);
  }
  return [...found].filter((element) => !ofControls.has(element));
}

/** Whether an element is what a query asks for, whether or not it can be seen. */
export function isMatch(scene: Scene, element: Element, query: Query): boolean {
  const { role, level, css, text, includes, like, name, label, picture, within } = query;
  return (
    (role === undefined || [role].flat().includes(roleOf(scene, element))) &&
    (level === undefined || headingLevel(scene, element) === level) &&
    (css === undefined || scene.dom.matches(element, css)) &&
    (text === undefined || readsLike(scene, element, text, role === undefined)) &&
    (includes === undefined || holdsPhrase(readingOf(scene, element), includes)) &&
    (like === undefined || wordOverlap(readingOf(scene, element), like) >= 0.66) &&
    (name === undefined || core(nameOf(scene, element)) === core(name)) &&
    (label === undefined || core(labelSeen(scene, element)) === core(label)) &&
    (picture === undefined || isPicture(scene, element, picture)) &&
    (within === undefined || isWithin(scene, element, within))
  );
}

/** Whether the whole visible text is `text` or, with `runs`, a run of it between two elements. */
export function readsLike(scene: Scene, element: Element, text: string, runs: boolean): boolean {
  const asked = core(text);
  const reading = scene.textOf.get(element);
  if (reading !== undefined && core(reading) === asked) return true;
  if (!runs) return false;
  const exact = scene.byText.get(asked);
  if (exact !== undefined) return exact.has(element);
  const words = wordsOfText(text);
  const runsOf = () => scene.texts.filter(({ holder }) => holder === element).map(({ text: run }) => run);
  return [...(reading === undefined ? [] : [reading]), ...runsOf()].some((run) => isPhraseOf(run, words));
}

export function isWithin(scene: Scene, element: Element, around: Query): boolean {
  return closest(scene, element, (node) => isMatch(scene, node, around)) !== null;
}

/**
 * What a person takes for a field's label: its labels' visible text, its placeholder, or the text around it where it is the only field.
 */
export function labelSeen(scene: Scene, element: Element): string {
  const labels = labelText(scene, element);
  if (labels !== "" || !isField(scene, element)) return labels;
  const placeholder = scene.dom.attribute(element, "placeholder")?.trim();
  if (placeholder) {
    const [ink] = [readColor(scene, getComputedStyle(element, "::placeholder").color)];
    if (worstContrast([ink], backdropOf(scene, element), opacityOf(scene, element)) >= 1.5)
      return placeholder;
  }
  let around = scene.dom.parent(element);
  for (let level = 0; level < 3 && around !== null; level++, around = scene.dom.parent(around)) {
    const box = around;
    if (scene.elements.filter((node) => isField(scene, node) && isInside(scene, node, box)).length > 1)
      return "";
    const text = scene.textOf.get(box);
    if (text !== undefined) return text;
  }
  return "";
}

/**
 * Whether an element is the innermost box of one picture, painted and not tiny, that has this caption or name; "" for any.
 */
export function isPicture(scene: Scene, element: Element, name: string): boolean {
  const painted = (node: Element) => {
    const { width, height } = scene.dom.box(node);
    return width >= 32 && height >= 24 && mayBePicture(scene, node) && isPainted(scene, node);
  };
  if (name === "") return painted(element);
  if (painted(element) && core(nameOf(scene, element)) === core(name)) return true;
  const text = scene.textOf.get(element);
  if (text === undefined || text.length > 120 || !holdsPhrase(text, name)) return false;
  const inside = scene.elements.filter((node) => isInside(scene, node, element) && painted(node));
  const outermost = inside.filter(
    (node) => !inside.some((other) => other !== node && isInside(scene, node, other)),
  );
  return outermost.length === 1;
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
  const words = query.text ?? query.name ?? query.label ?? query.picture ?? query.like ?? query.includes;
  const what = [
    kind ?? query.css ?? (query.picture === undefined ? "text" : "picture"),
    words === undefined ? "" : `"${words}"`,
  ];
  const where = query.within === undefined ? "" : ` in ${describe(query.within)}`;
  return what.filter((part) => part !== "").join(" ") + where;
}
