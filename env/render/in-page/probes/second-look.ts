import { endlessAnimations } from "./motion.js";
import { openScene } from "./open-scene.js";
import { mediaOfOthers } from "./other-devices.js";
import type { Scene } from "./scene.js";
import { seenSoFar } from "./seen.js";
import { wordsIn } from "./survey-words.js";
import type { Word } from "./words.js";

/** Where a second look at the page is taken. */
export interface LookPlan {
  /** Whether anything in the page can change with time, place or mouse at all. */
  readonly needed: boolean;
  /** Whether something is animated for ever. */
  readonly endless: boolean;
  /** Duration of one turn of what is animated for ever around the most text, ms; 0 for nothing. */
  readonly period: number;
  /** Whether there are rules for other screens or pointers than this window's. */
  readonly others: boolean;
  /** Whether the page has scripts, which may answer to a click or a key. */
  readonly scripted: boolean;
  /** A point of the window amid text, for the mouse. */
  readonly x: number;
  readonly y: number;
  /** How far down the page it is taken, CSS px. */
  readonly top: number;
  /** Characters in the window that could be read in the picture of the page. */
  readonly expected: number;
}

/** Says what should be seen a part of a window down, where there is a way down; the page is left at its top. */
export function planSecondLook(): LookPlan {
  const endless = endlessAnimations();
  const others = mediaOfOthers().length > 0;
  const look = { endless: endless.length > 0, period: mainPeriod(endless), others };
  if (endless.length === 0 && !others && !canChange())
    return { ...look, needed: false, scripted: false, x: 0, y: 0, top: 0, expected: 0 };
  const seen = seenSoFar();
  seen.vocabulary = (document.documentElement.textContent ?? "").slice(0, 200_000).toLowerCase();
  const below = Math.max(0, document.documentElement.scrollHeight - window.innerHeight);
  const down = Math.min(below, 0.7 * window.innerHeight);
  let view = lookFrom(down);
  if (view.expected < 100) view = [0, below / 2].map(lookFrom).reduce(moreOf, view);
  const { scene, words, expected } = view;
  const [midX, midY] = [window.innerWidth / 2, window.innerHeight / 2];
  const distance = (x: number, y: number) => Math.hypot(x - midX, y - midY);
  let best = { x: midX, y: midY, away: Number.POSITIVE_INFINITY };
  for (const { box, holder } of words) {
    if (scene.dom.matches(holder, "a *,a,button *,button,summary,summary *,label,input")) continue;
    const [x, y] = [(box.left + box.right) / 2 - scene.scrollX, (box.top + box.bottom) / 2 - scene.scrollY];
    if (distance(x, y) < best.away) best = { x, y, away: distance(x, y) };
  }
  const scripted = document.scripts.length > 0;
  window.scrollTo({ left: 0, top: 0, behavior: "instant" });
  return { ...look, needed: true, scripted, x: best.x, y: best.y, top: scene.scrollY, expected };
}

/** What could be read in the picture of the page and stands in the window when it is scrolled so far down, CSS px. */
export function lookFrom(top: number): {
  readonly scene: Scene;
  readonly words: readonly Word[];
  readonly expected: number;
} {
  window.scrollTo({ left: 0, top, behavior: "instant" });
  const scene = openScene();
  const { scrollX, scrollY, windowWidth, windowHeight } = scene;
  const view = { left: scrollX, top: scrollY, right: scrollX + windowWidth, bottom: scrollY + windowHeight };
  const words = wordsIn(scene, view)
    .map(([word]) => word)
    .filter(({ node, index }) => seenSoFar().legible.get(node)?.lost.has(index) === false);
  return { scene, words, expected: words.reduce((sum, { text }) => sum + Array.from(text).length, 0) };
}

export function moreOf<View extends { readonly expected: number }>(best: View, view: View): View {
  return view.expected > best.expected ? view : best;
}

/** Whether scripts, or rules for the mouse, the window's edges or scrolling, may change a good part of what is seen. */
export function canChange(): boolean {
  if (document.scripts.length > 0) return true;
  const handlers = "[onmousemove],[onmouseover],[onmouseenter],[onpointermove],[onpointerover],[onscroll]";
  const moving = "svg animate,svg set,svg animateTransform,marquee";
  const found = (selector: string) =>
    Array.from(Document.prototype.querySelectorAll.call(document, selector));
  if (found(`${handlers},${moving}`).length > 0 || found("[style*=fixed],[style*=sticky]").some(isWide))
    return true;
  return [...Array.from(document.styleSheets), ...document.adoptedStyleSheets].some((sheet) => {
    try {
      return Array.from(sheet.cssRules).some(isFarReaching);
    } catch {
      return true;
    }
  });
}

/** Whether a rule may change much: for a large element under the mouse, for one beside it, for what stays in the window. */
export function isFarReaching(rule: CSSRule): boolean {
  const { cssRules, selectorText = "", cssText } = rule as CSSStyleRule;
  if (cssRules !== undefined && Array.from(cssRules).some(isFarReaching)) return true;
  if (selectorText === "") return false;
  if (/timeline|background-attachment:\s*fixed/.test(cssText)) return true;
  const matching = (selector: string) =>
    Array.from(Document.prototype.querySelectorAll.call(document, selector === "" ? "*" : selector));
  return selectorText.split(",").some((selector) => {
    try {
      const states = /:(hover|active|focus|focus-within|focus-visible)\b/;
      if (states.test(selector))
        return /[~+]|:has\(/.test(selector) || matching(selector.split(states)[0]!.trim()).some(holdsMuch);
      if (!/position:\s*(fixed|sticky)/.test(cssText)) return false;
      return /:(before|after)/.test(selector) || matching(selector).some(isWide);
    } catch {
      return true;
    }
  });
}

/** Whether an element holds at least a quarter of the page's text. */
export function holdsMuch(element: Element): boolean {
  const lengthOf = (node: Element) => ((node as HTMLElement).innerText ?? node.textContent ?? "").length;
  return 4 * lengthOf(element) >= lengthOf(document.documentElement);
}

/** Whether an element covers at least a quarter of the window. */
export function isWide(element: Element): boolean {
  const { width, height } = Element.prototype.getBoundingClientRect.call(element);
  return 4 * width * height >= window.innerWidth * window.innerHeight;
}

/** Duration of one turn of the animation whose element holds the most text, ms; 0 for none. */
export function mainPeriod(animations: readonly Animation[]): number {
  let best = { held: -1, duration: 0 };
  for (const { effect } of animations) {
    const target = (effect as KeyframeEffect | null)?.target ?? null;
    const held = (target?.textContent ?? "").length;
    const duration = Number(effect?.getComputedTiming().duration);
    if (held > best.held && duration > 0) best = { held, duration };
  }
  return best.duration;
}
