import { type Scene, styleOf } from "./scene.js";
import { blockOf } from "./texts.js";

/** What of a style sets letters. */
export type LetterStyle = Pick<
  CSSStyleDeclaration,
  | "direction"
  | "fontFamily"
  | "fontSize"
  | "fontSizeAdjust"
  | "fontStretch"
  | "fontStyle"
  | "fontVariantCaps"
  | "fontWeight"
  | "letterSpacing"
  | "lineHeight"
  | "textTransform"
  | "wordSpacing"
  | "writingMode"
>;

/** The first line of a block that is set in letters of its own. */
export interface FirstLine {
  readonly style: LetterStyle;
  /** Its middle, CSS px from the top of the window. */
  readonly middle: number;
}

/** Whether a rule of the page sets first lines apart. */
export function setsFirstLines(): boolean {
  const sets = (rules: CSSRuleList): boolean =>
    Array.from(rules).some(
      (rule) =>
        ((rule as CSSStyleRule).selectorText ?? "").includes("first-line") ||
        ((rule as CSSGroupingRule).cssRules !== undefined && sets((rule as CSSGroupingRule).cssRules)),
    );
  return [...Array.from(document.styleSheets), ...document.adoptedStyleSheets].some((sheet) => {
    try {
      return sets(sheet.cssRules);
    } catch {
      return false;
    }
  });
}

/** The first line around an element's text, as the element sets it there; null where it is as any other. */
export function firstLineOf(scene: Scene, holder: Element): FirstLine | null {
  const names: (keyof LetterStyle)[] = [
    "fontFamily",
    "fontSize",
    "fontSizeAdjust",
    "fontStretch",
    "fontStyle",
    "fontVariantCaps",
    "fontWeight",
    "letterSpacing",
    "lineHeight",
    "textTransform",
    "wordSpacing",
  ];
  const block = blockOf(scene, holder);
  const [own, around, line] = [
    styleOf(scene, holder),
    styleOf(scene, block),
    getComputedStyle(block, "::first-line"),
  ];
  if (names.every((name) => line[name] === around[name])) return null;
  const style: Record<string, string> = { direction: own.direction, writingMode: own.writingMode };
  for (const name of names) style[name] = own[name] === around[name] ? line[name] : own[name];
  const range = Document.prototype.createRange.call(document);
  range.selectNodeContents(block);
  const first = Array.from(range.getClientRects()).find(({ width, height }) => width > 0.5 && height > 0.5);
  return first === undefined
    ? null
    : { style: style as unknown as LetterStyle, middle: (first.top + first.bottom) / 2 };
}
