import { type Color, type Scene, styleOf } from "./scene.js";

/** Reads any computed colour. What cannot be read is transparent. */
export function readColor(scene: Scene, css: string): Color {
  const known = scene.colors.get(css);
  if (known !== undefined) return known;
  const color = parseColor(css) ?? paintColor(css);
  scene.colors.set(css, color);
  return color;
}

export function parseColor(css: string): Color | null {
  const match = /^(rgba?|color)\((?:srgb )?([^)]*)\)$/.exec(css);
  if (match === null) return null;
  const scale = match[1] === "color" ? 1 : 255;
  const [red = 0, green = 0, blue = 0, alpha = 1] = match[2]!.split(/[\s,/]+/).map(Number);
  if (![red, green, blue, alpha].every(Number.isFinite)) return null;
  return [red / scale, green / scale, blue / scale, alpha];
}

/** For colour spaces that a browser computes to themselves, such as oklch(): draws one pixel. */
export function paintColor(css: string): Color {
  const canvas = Document.prototype.createElement.call(document, "canvas") as HTMLCanvasElement;
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  if (context === null) return [0, 0, 0, 0];
  context.fillStyle = "rgba(0,0,0,0)";
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red / 255, green / 255, blue / 255, alpha / 255];
}

/** The colours named in a computed `background-image`, or none when it has none that are known. */
export function gradientColors(scene: Scene, image: string): Color[] {
  if (image === "none") return [];
  const named = image.match(/(?:rgba?|color|oklch|oklab|lab|lch)\([^()]*\)/g) ?? [];
  return named.map((css) => readColor(scene, css));
}

/** `top` painted on an opaque `below`. */
export function over(top: Color, below: Color): Color {
  const mix = (index: 0 | 1 | 2) => top[index] * top[3] + below[index] * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
}

/** The opaque colours that can lie behind an element's content: one, or the ends of the gradients that are there. */
export function backdropOf(scene: Scene, element: Element): readonly Color[] {
  const known = scene.backdrops.get(element);
  if (known !== undefined) return known;
  const parent = scene.dom.parent(element);
  const style = styleOf(scene, element);
  const canvas: Color = style.colorScheme === "dark" ? [0.07, 0.07, 0.07, 1] : [1, 1, 1, 1];
  const below = parent === null ? [canvas] : backdropOf(scene, parent);
  const fill = readColor(scene, style.backgroundColor);
  let colors = below.map((color) => over(fill, color));
  if (!isTextClip(style)) {
    const stops = gradientColors(scene, style.backgroundImage);
    if (stops.length > 0) {
      const painted = colors.flatMap((color) => stops.map((stop) => over(stop, color)));
      painted.sort((a, b) => luminance(a) - luminance(b));
      colors = [painted[0]!, painted[painted.length >> 1]!, painted[painted.length - 1]!];
    }
  }
  scene.backdrops.set(element, colors);
  return colors;
}

export function isTextClip(style: CSSStyleDeclaration): boolean {
  return style.backgroundClip === "text" || style.webkitBackgroundClip === "text";
}

/** The colours an element's own text is painted in, with alpha. */
export function inkOf(scene: Scene, element: Element): readonly Color[] {
  const style = styleOf(scene, element);
  const ink = readColor(scene, style.webkitTextFillColor || style.color);
  if (ink[3] > 0) return [ink];
  for (let node: Element | null = element; node !== null; node = scene.dom.parent(node)) {
    const around = styleOf(scene, node);
    if (isTextClip(around)) {
      const stops = gradientColors(scene, around.backgroundImage);
      return stops.length > 0 ? stops : [readColor(scene, around.backgroundColor)];
    }
  }
  return [ink];
}

/** Relative luminance, 0 to 1. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
export function luminance([red, green, blue]: Color): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

export function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** The lowest contrast of any ink on any backdrop, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function worstContrast(inks: readonly Color[], backdrops: readonly Color[], opacity: number): number {
  let worst = 21;
  for (const below of backdrops) {
    for (const ink of inks) {
      const seen = over([ink[0], ink[1], ink[2], ink[3] * opacity], below);
      const [dark, light] = [luminance(seen), luminance(below)].sort((a, b) => a - b) as [number, number];
      worst = Math.min(worst, (light + 0.05) / (dark + 0.05));
    }
  }
  return worst;
}

/** Euclidean distance in OKLab, 0 for equal colours, about 1 from black to white. https://bottosson.github.io/posts/oklab/ */
export function colorDistance(a: Color, b: Color): number {
  const [l1, a1, b1] = oklab(a);
  const [l2, a2, b2] = oklab(b);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

export function oklab(color: Color): [number, number, number] {
  const [red, green, blue] = [linear(color[0]), linear(color[1]), linear(color[2])];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
