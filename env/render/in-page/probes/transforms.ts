import { type Scene, styleOf } from "./scene.js";

/** `[a, b, c, d]` of all transforms of an element and those around it, without translation and perspective. */
export function parentMatrix(scene: Scene, element: Element): readonly [number, number, number, number] {
  const known = scene.matrices.get(element);
  if (known !== undefined) return known;
  const drawn = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
  if (drawn !== null) return [drawn.a, drawn.b, drawn.c, drawn.d];
  const parent = scene.dom.parent(element);
  const above = parent === null ? ([1, 0, 0, 1] as const) : parentMatrix(scene, parent);
  const own = ownMatrix(styleOf(scene, element));
  const matrix = own === null ? above : product(above, own);
  scene.matrices.set(element, matrix);
  return matrix;
}

/** What `translate`, `rotate`, `scale` and `transform` do to directions; null for nothing. */
export function ownMatrix({
  rotate,
  scale,
  transform,
}: CSSStyleDeclaration): [number, number, number, number] | null {
  if (noneOf(rotate) && noneOf(scale) && noneOf(transform)) return null;
  let whole = new DOMMatrix();
  if (!noneOf(rotate)) whole = whole.multiply(rotation(rotate));
  if (!noneOf(scale)) {
    const [x = 1, y = x, z = 1] = scale.split(" ").map(Number);
    whole = whole.multiply(new DOMMatrix().scale(x, y, z));
  }
  if (!noneOf(transform)) whole = whole.multiply(new DOMMatrix(transform));
  return [whole.m11, whole.m12, whole.m21, whole.m22];
}

export function noneOf(value: string | undefined): boolean {
  return value === undefined || value === "" || value === "none";
}

/** A computed `rotate`: `30deg`, `x 30deg` or `1 0 0 30deg`. */
export function rotation(value: string): DOMMatrix {
  const parts = value.split(" ");
  const angle = Number.parseFloat(parts.at(-1) ?? "0");
  const axis = parts.length === 1 ? "z" : parts[0]!;
  const [x, y, z] =
    parts.length === 4
      ? parts.slice(0, 3).map(Number)
      : [axis === "x" ? 1 : 0, axis === "y" ? 1 : 0, axis === "z" ? 1 : 0];
  return new DOMMatrix().rotateAxisAngle(x, y, z, angle);
}

export function product(
  [a, b, c, d]: readonly [number, number, number, number],
  [e, f, g, h]: readonly [number, number, number, number],
): [number, number, number, number] {
  return [a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h];
}
