/*
 * Everything in this folder runs inside the page: functions are sent there by their source text, so each stands alone.
 * A function may use the browser, its arguments, and other functions of this folder; nothing else, and no module-level
 * constants.
 */

/** What is known of a text node's legibility. */
export interface NodeLegibility {
  /** Share of its characters that can be read, 0 to 1. */
  readonly share: number;
  /** Indices of its words that cannot be read. */
  readonly lost: ReadonlySet<number>;
}

/** What a check found: a score between 0 and 1, null when it could not be taken, and a sentence. */
export interface Verdict {
  readonly score: number | null;
  readonly detail: string;
}

/** A text node a person can see. */
export interface SeenText {
  readonly node: Text;
  /** The text with its white space. */
  readonly raw: string;
  /** White space collapsed. */
  readonly text: string;
  readonly holder: Element;
  /** Where it stands in the page, clipped by its ancestors, CSS px from the top left corner of the page. */
  readonly box: PageBox;
  /** Whether a `<br>` stands between it and the text before. */
  readonly afterBreak: boolean;
}

export interface PageBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** RGBA, each channel 0 to 1, not premultiplied. */
export type Color = readonly [number, number, number, number];

/** The page as the checks see it: read once, looked up often. */
export interface Scene {
  /** Elements of the body in document order, at most `ELEMENT_LIMIT`. */
  readonly elements: readonly Element[];
  readonly windowWidth: number;
  readonly windowHeight: number;
  readonly scrollX: number;
  readonly scrollY: number;
  readonly dom: SafeDom;
  readonly styles: Map<Element, CSSStyleDeclaration>;
  readonly opacities: Map<Element, number>;
  /** Directions after all transforms, see `parentMatrix`. */
  readonly matrices: Map<Element, readonly [number, number, number, number]>;
  /** What was measured of the legibility of texts; null where it is not to count. */
  readonly legible: WeakMap<Text, NodeLegibility> | null;
  /** Whether pictures paint something, as far as that was measured; null where it is not to count. */
  readonly painted: WeakMap<Element, boolean> | null;
  readonly backdrops: Map<Element, readonly Color[]>;
  readonly roles: Map<Element, string>;
  readonly colors: Map<string, Color>;
  /** Visible text nodes in document order. */
  readonly texts: SeenText[];
  /** Visible text of an element, as compared: collapsed and lower case. Absent where there is none or too much. */
  readonly textOf: Map<Element, string>;
  /** Matches of queries asked before, by their JSON. */
  readonly found: Map<string, readonly Element[]>;
  /** Elements by role, in document order. */
  readonly byRole: Map<string, Element[]>;
  /** Elements whose whole text, or one run of it, reads like the key. */
  readonly byText: Map<string, Set<Element>>;
}

/** Readers that a form control named like a DOM property cannot shadow. */
export interface SafeDom {
  parent(node: Node): Element | null;
  attribute(element: Element, name: string): string | null;
  tag(element: Element): string;
  box(element: Element): DOMRect;
  matches(element: Element, selector: string): boolean;
  all(selector: string): Element[];
  root(): Element;
}

/** Reads through prototypes, so that `<input name="parentElement">` does not hide a form's parent. */
export function safeDom(): SafeDom {
  const getter = (prototype: object, property: string) =>
    Object.getOwnPropertyDescriptor(prototype, property)!.get as (this: unknown) => unknown;
  const parent = getter(Node.prototype, "parentElement");
  const tag = getter(Element.prototype, "localName");
  const root = getter(Document.prototype, "documentElement");
  const { getAttribute, getBoundingClientRect, matches } = Element.prototype;
  const { querySelectorAll } = Document.prototype;
  return {
    parent: (node) => parent.call(node) as Element | null,
    attribute: (element, name) => getAttribute.call(element, name),
    tag: (element) => String(tag.call(element)).toLowerCase(),
    box: (element) => getBoundingClientRect.call(element),
    matches: (element, selector) => matches.call(element, selector),
    all: (selector) => Array.from(querySelectorAll.call(document, selector)),
    root: () => root.call(document) as Element,
  };
}

export function styleOf(scene: Scene, element: Element): CSSStyleDeclaration {
  let style = scene.styles.get(element);
  if (style === undefined) {
    style = getComputedStyle(element);
    scene.styles.set(element, style);
  }
  return style;
}

/** Lower case, white space collapsed. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}

/** The element's box in the page. */
export function boxOf(scene: Scene, element: Element): PageBox {
  const { left, top, right, bottom } = scene.dom.box(element);
  return {
    left: left + scene.scrollX,
    top: top + scene.scrollY,
    right: right + scene.scrollX,
    bottom: bottom + scene.scrollY,
  };
}

export function isInside(scene: Scene, element: Element, ancestor: Element): boolean {
  for (let node: Element | null = element; node !== null; node = scene.dom.parent(node)) {
    if (node === ancestor) return true;
  }
  return false;
}
