import { backdropOf, inkOf, worstContrast } from "./color.js";
import { type NodeLegibility, type PageBox, plain, type Scene, type SeenText, styleOf } from "./scene.js";
import { clipBox, isBeyondReach, isFolded, isRendered, opacityOf } from "./visibility.js";
import { core } from "./wording.js";

/** Fills a scene's texts: every text node a person can see. */
export function readTexts(scene: Scene): void {
  const mostTexts = 5000;
  const body = scene.dom.all("body")[0];
  if (body === undefined) return;
  const walker = Document.prototype.createTreeWalker.call(
    document,
    body,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
  );
  let afterBreak = false;
  for (
    let node = walker.nextNode();
    node !== null && scene.texts.length < mostTexts;
    node = walker.nextNode()
  ) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      afterBreak ||= scene.dom.tag(node as Element) === "br";
      continue;
    }
    const seen = readText(scene, node as Text);
    if (seen === null) continue;
    scene.texts.push({ ...seen, afterBreak });
    afterBreak = false;
  }
}

/** Files a scene's texts by what each element, and each run of text, reads as. */
export function fileTexts(scene: Scene): void {
  const longest = 400;
  const tooLong = 4 * longest;
  const gathered = new Map<Element, { text: string; block: Element }>();
  for (const { raw, text, holder, afterBreak } of scene.texts) {
    const block = blockOf(scene, holder);
    for (let element: Element | null = holder; element !== null; element = scene.dom.parent(element)) {
      const before = gathered.get(element);
      if (before !== undefined && before.text.length > tooLong) continue;
      const joint = before === undefined || (before.block === block && !afterBreak) ? "" : " ";
      gathered.set(element, { text: (before?.text ?? "") + joint + raw, block });
    }
    fileText(scene, plain(text), holder);
  }
  for (const [element, { text }] of gathered) {
    const reading = text.length > tooLong ? "" : plain(text);
    if (reading === "" || reading.length > longest) continue;
    scene.textOf.set(element, reading);
    fileText(scene, reading, element);
  }
}

export function fileText(scene: Scene, text: string, element: Element): void {
  const key = core(text);
  const filed = scene.byText.get(key);
  if (filed === undefined) scene.byText.set(key, new Set([element]));
  else filed.add(element);
}

/** The nearest ancestor that starts a line of its own. */
export function blockOf(scene: Scene, element: Element): Element {
  for (let node = element; ; ) {
    const parent = scene.dom.parent(node);
    if (parent === null || styleOf(scene, node).display !== "inline") return node;
    node = parent;
  }
}

/** A text node as seen, or null when it cannot be seen: hidden, clipped, tiny, or hardly different from what is behind it. */
export function readText(scene: Scene, node: Text): Omit<SeenText, "afterBreak"> | null {
  const text = (node.nodeValue ?? "").replace(/\s+/g, " ").trim();
  const holder = scene.dom.parent(node);
  if (text === "" || holder === null || isFolded(scene, holder) || !isRendered(scene, holder)) return null;
  const range = Document.prototype.createRange.call(document);
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  if (box.width < 1 || box.height < 6) return null;
  const inPage: PageBox = {
    left: box.left + scene.scrollX,
    top: box.top + scene.scrollY,
    right: box.right + scene.scrollX,
    bottom: box.bottom + scene.scrollY,
  };
  const left = clipBox(scene, holder, inPage, "static");
  if (left === null || isBeyondReach(scene, holder, inPage.top)) return null;
  const shown = ((left.right - left.left) * (left.bottom - left.top)) / (box.width * box.height);
  if (shown < 0.3) return null;
  const legibility = scene.legible?.get(node);
  if (legibility === undefined && scene.legible !== null && isTone(scene, holder)) return null;
  const read = legibility === undefined ? text : legibleText(text, legibility);
  if (read === "") return null;
  return { node, text: read, raw: read === text ? (node.nodeValue ?? "") : ` ${read} `, holder, box: left };
}

/** What of a text can be read: all of it, the words that can, or nothing when most cannot. */
export function legibleText(text: string, { share, lost }: NodeLegibility): string {
  if (share >= 0.9) return text;
  if (share < 0.5) return "";
  const words = text.split(" ");
  return words.filter((_, index) => !lost.has(index)).join(" ");
}

/** Whether text has hardly another colour than what is behind it, as far as styles tell. */
export function isTone(scene: Scene, holder: Element): boolean {
  return worstContrast(inkOf(scene, holder), backdropOf(scene, holder), opacityOf(scene, holder)) < 1.2;
}
