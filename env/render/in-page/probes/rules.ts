import type { Check, Rule } from "../../../contract/probe.js";
import { backdropOf, inkOf, luminance, worstContrast } from "./color.js";
import { letteringOf } from "./lettering.js";
import { describe, find, isField, precedes } from "./query.js";
import { closest, headingLevel, labelText, nameOf, roleOf } from "./roles.js";
import { boxOf, isInside, plain, type Scene, type SeenText, styleOf, type Verdict } from "./scene.js";
import { clipBox, elementAt, opacityOf } from "./visibility.js";

/** Why an element breaks a rule, in a few words, or null when it keeps it. */
export type RuleCheck = (scene: Scene, element: Element, landmark: string) => string | null;

/** The mean over subjects of found times fulfilled; with `least`, over those that are there, and less when few are. */
export function checkQuality(
  scene: Scene,
  { rule, subjects, landmark = "main", least }: Extract<Check, { kind: "quality" }>,
): Verdict {
  const check = ruleChecks()[rule];
  const wrong: string[] = [];
  let right = 0;
  const found = subjects.filter((query) => find(scene, query).length > 0).length;
  for (const query of subjects) {
    const element = find(scene, query)[0];
    const complaint = element === undefined ? "is missing" : check(scene, element, landmark);
    if (complaint === null) right++;
    else wrong.push(`${describe(query)} ${complaint}`);
  }
  const more = wrong.length > 4 ? ` and ${wrong.length - 4} more` : "";
  const summary = `${right} of ${subjects.length} fulfil it`;
  const detail = wrong.length === 0 ? `${summary}.` : `${summary}; ${wrong.slice(0, 4).join("; ")}${more}.`;
  if (subjects.length === 0 || found === 0) return { score: 0, detail };
  if (least === undefined) return { score: right / subjects.length, detail };
  const most = 2 * found > subjects.length;
  const there = Math.min(1, (found + (most ? 1 : 0)) / subjects.length);
  return { score: (right / found) * Math.min(1, there / least) ** 2, detail };
}

export function ruleChecks(): Record<Rule, RuleCheck> {
  return {
    contrast: breaksContrast,
    fits: breaksFit,
    landmark: breaksLandmark,
    outline: breaksOutline,
    named: (scene, element) => {
      const named = isField(scene, element)
        ? labelText(scene, element) || scene.dom.attribute(element, "aria-label")
        : nameOf(scene, element);
      return named ? null : "has no name";
    },
    focusable: breaksFocus,
    legible: breaksLegibility,
    tappable: (scene, element) => {
      const { width, height } = scene.dom.box(element);
      const least = 24;
      return width >= least && height >= least
        ? null
        : `is ${Math.round(width)} by ${Math.round(height)} px, less than ${least} by ${least}`;
    },
    uncovered: breaksCover,
    light: (scene, element) =>
      backdropOf(scene, element).every((color) => luminance(color) > 0.6) ? null : "has no light background",
    dark: (scene, element) =>
      backdropOf(scene, element).every((color) => luminance(color) < 0.1) ? null : "has no dark background",
  };
}

export function textsIn(scene: Scene, element: Element): SeenText[] {
  return scene.texts.filter(({ holder }) => isInside(scene, holder, element));
}

export function breaksContrast(scene: Scene, element: Element): string | null {
  for (const { holder } of textsIn(scene, element)) {
    const style = styleOf(scene, holder);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = worstContrast(inkOf(scene, holder), backdropOf(scene, holder), opacityOf(scene, holder));
    if (ratio < (large ? 3 : 4.5)) return `has a contrast of ${ratio.toFixed(1)}:1`;
  }
  return null;
}

export function breaksFit(scene: Scene, element: Element): string | null {
  const { left, right } = boxOf(scene, element);
  if (left < -1 || right > scene.windowWidth + 1) return "reaches over the edge of the window";
  const root = scene.dom.root();
  const scrolls = !/hidden|clip/.test(styleOf(scene, root).overflowX);
  return scrolls && root.scrollWidth > scene.windowWidth + 1
    ? `stands on a page ${root.scrollWidth} px wide`
    : null;
}

export function breaksLandmark(scene: Scene, element: Element, landmark: string): string | null {
  if (closest(scene, element, (node) => roleOf(scene, node) === landmark) === null) {
    return `is not in a ${landmark} landmark`;
  }
  const mains = scene.elements.filter((node) => roleOf(scene, node) === "main").length;
  return landmark === "main" && mains !== 1 ? `has ${mains} main landmarks around` : null;
}

export function breaksOutline(scene: Scene, element: Element): string | null {
  const headings = scene.elements.filter(
    (node) => roleOf(scene, node) === "heading" && scene.textOf.has(node),
  );
  const levels = headings.map((heading) => headingLevel(scene, heading));
  const tops = levels.filter((level) => level === 1).length;
  if (tops !== 1) return `stands in an outline with ${tops} level-1 headings`;
  const upTo = headings.filter((heading) => heading === element || precedes(heading, element)).length;
  if (upTo === 0) return "has no heading before it";
  const [before = 0, own = 0] = [upTo > 1 ? levels[upTo - 2] : 0, levels[upTo - 1]];
  return own > before + 1 ? `has level ${own} after level ${before}` : null;
}

export function breaksFocus(scene: Scene, element: Element): string | null {
  const selector = "a[href],button,input,select,textarea,summary,[tabindex],[contenteditable=true]";
  const target = closest(scene, element, (node) => scene.dom.matches(node, selector));
  if (target === null) return "cannot be focused";
  const unreachable = scene.dom.matches(target, ":disabled,[tabindex^='-'],[inert],[inert] *");
  if (unreachable) return "is not reached with Tab";
  const stops = scene.elements.filter((node) => scene.dom.matches(node, selector));
  if (stops.some((node) => Number(scene.dom.attribute(node, "tabindex") ?? 0) > 0)) {
    return "stands in a page with a hand-made tab order";
  }
  const before = stops[stops.indexOf(target) - 1];
  if (before === undefined) return null;
  const [previous, own] = [boxOf(scene, before), boxOf(scene, target)];
  const below = previous.top >= own.bottom && previous.right > own.left;
  const right = previous.left >= own.right && previous.top < own.bottom && previous.bottom > own.top;
  return below || right ? "comes later in the tab order than where it stands" : null;
}

export function breaksLegibility(scene: Scene, element: Element): string | null {
  const smallest = 14;
  const longestLine = 110;
  for (const { holder, text, box } of textsIn(scene, element)) {
    const style = styleOf(scene, holder);
    const { size: set, matrix } = letteringOf(scene, holder);
    const [a, b, c, d] = matrix;
    const size = set * Math.sqrt(Math.abs(a * d - b * c));
    if (size < smallest - 0.01) return `is set in ${Math.round(10 * size) / 10} px`;
    if (Number.parseFloat(style.lineHeight) < Number.parseFloat(style.fontSize))
      return "has lines tighter than its size";
    const characters = (box.right - box.left) / (size / 2);
    if (text.length > longestLine && characters > longestLine) return "has very long lines";
  }
  return null;
}

export function breaksCover(scene: Scene, element: Element): string | null {
  const style = styleOf(scene, element);
  const overflows = element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 0;
  if (overflows && /hidden|clip/.test(style.overflowX)) return "is cut off";
  const box = textsIn(scene, element)[0]?.box ?? boxOf(scene, element);
  const left = clipBox(scene, scene.dom.parent(element), box, style.position);
  const area = (box.right - box.left) * (box.bottom - box.top);
  if (left === null || (left.right - left.left) * (left.bottom - left.top) < 0.9 * area) return "is cut off";
  const top = elementAt(scene, (left.left + left.right) / 2, (left.top + left.bottom) / 2);
  if (top === null || isInside(scene, top, element) || isInside(scene, element, top)) return null;
  return `is covered by ${plain(scene.dom.tag(top))}`;
}
