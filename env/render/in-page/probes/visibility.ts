import { type PageBox, type Scene, styleOf } from "./scene.js";

/** How much of an element shines through, 0 to 1: its opacity times that of its ancestors; 0 when it is not rendered. */
export function opacityOf(scene: Scene, element: Element): number {
  const known = scene.opacities.get(element);
  if (known !== undefined) return known;
  const parent = scene.dom.parent(element);
  const above = parent === null ? 1 : opacityOf(scene, parent);
  const opacity = above === 0 ? 0 : above * ownOpacity(styleOf(scene, element));
  scene.opacities.set(element, opacity);
  return opacity;
}

export function ownOpacity(style: CSSStyleDeclaration): number {
  if (style.display === "none" || style.maskImage !== "none") return 0;
  if (style.filter === "none") return Number(style.opacity);
  const faded = /opacity\(([\d.e-]+)/.exec(style.filter);
  const blurred = /blur\(([\d.]+)px/.exec(style.filter);
  if (blurred !== null && Number(blurred[1]) > 5) return 0;
  return Number(style.opacity) * (faded === null ? 1 : Number(faded[1]));
}

/** Whether text that stands in an element itself is folded away with it: of `<details>` that are closed only the summary shows. */
export function isFolded(scene: Scene, holder: Element): boolean {
  return scene.dom.tag(holder) === "details" && scene.dom.attribute(holder, "open") === null;
}

/** Whether an element is rendered at all, whatever its size: not hidden, not folded away, not see-through. */
export function isRendered(scene: Scene, element: Element): boolean {
  return (
    Element.prototype.checkVisibility.call(element, {
      visibilityProperty: true,
      contentVisibilityAuto: true,
    }) && opacityOf(scene, element) >= 0.2
  );
}

/**
 * What the overflow of `start` and its ancestors, clipping and the page's edges leave of a box inside `start`; null when
 * nothing to speak of is left. `position` is that of the box's own element, as an absolute one escapes static ancestors.
 */
export function clipBox(scene: Scene, start: Element | null, box: PageBox, position: string): PageBox | null {
  let { left, top, right, bottom } = box;
  left = Math.max(left, 0);
  top = Math.max(top, 0);
  right = Math.min(right, scene.windowWidth);
  let placed = position;
  for (let node = start; node !== null && node !== scene.dom.root(); node = scene.dom.parent(node)) {
    const style = styleOf(scene, node);
    if ((style.clipPath !== "none" || style.clip !== "auto") && !isHit(scene, node, box)) return null;
    if (placed === "fixed") continue;
    if (placed === "absolute" && style.position === "static" && style.transform === "none") continue;
    placed = style.position;
    const edge = style.overflow === "visible" ? null : scene.dom.box(node);
    if (edge !== null && style.overflowX !== "visible") {
      left = Math.max(left, edge.left + scene.scrollX);
      right = Math.min(right, edge.right + scene.scrollX);
    }
    if (edge !== null && style.overflowY !== "visible") {
      top = Math.max(top, edge.top + scene.scrollY);
      bottom = Math.min(bottom, edge.bottom + scene.scrollY);
    }
  }
  return right - left >= 2 && bottom - top >= 6 ? { left, top, right, bottom } : null;
}

/** Whether the middle of a box belongs to `element`, something in it, or something around it. Scrolls there when needed. */
export function isHit(scene: Scene, element: Element, box: PageBox): boolean {
  const top = elementAt(scene, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
  if (top === null) return false;
  for (let node: Element | null = top; node !== null; node = scene.dom.parent(node)) {
    if (node === element) return true;
  }
  return false;
}

/** The topmost element at a point of the page. */
export function elementAt(scene: Scene, x: number, y: number): Element | null {
  const inWindow = (value: number, scroll: number, size: number) => value >= scroll && value < scroll + size;
  const near =
    inWindow(x, scene.scrollX, scene.windowWidth) && inWindow(y, scene.scrollY, scene.windowHeight);
  if (!near) window.scrollTo({ left: 0, top: y - scene.windowHeight / 2, behavior: "instant" });
  const found = Document.prototype.elementFromPoint.call(document, x - window.scrollX, y - window.scrollY);
  if (!near) window.scrollTo({ left: scene.scrollX, top: scene.scrollY, behavior: "instant" });
  return found;
}

/** Whether nobody can scroll to what begins at `top`: below the window of a page that does not scroll, or on something fixed. */
export function isBeyondReach(scene: Scene, holder: Element, top: number): boolean {
  if (top < scene.windowHeight + scene.scrollY) return false;
  const root = styleOf(scene, scene.dom.root());
  const [body] = scene.dom.all("body");
  const deciding = root.overflowY === "visible" && body !== undefined ? styleOf(scene, body) : root;
  if (/hidden|clip/.test(deciding.overflowY)) return true;
  for (let node: Element | null = holder; node !== null; node = scene.dom.parent(node))
    if (styleOf(scene, node).position === "fixed") return true;
  return false;
}
