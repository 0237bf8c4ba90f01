import type { LetterStyle } from "./first-line.js";
import { type Scene, styleOf } from "./scene.js";
import { parentMatrix } from "./transforms.js";

/** How an element sets its letters: what a canvas needs to set them alike, and how far their shape can be read at all. */
export interface Lettering {
  /** A canvas font, e.g. `normal 700 16px Arial`. */
  readonly font: string;
  /** Font size in CSS px, zoom included. */
  readonly size: number;
  /** In CSS px. */
  readonly letterSpacing: number;
  readonly caps: CanvasFontVariantCaps;
  readonly stretch: CanvasFontStretch;
  readonly direction: "ltr" | "rtl";
  readonly vertical: boolean;
  /** `[a, b, c, d]` of the transforms around, without translation. */
  readonly matrix: readonly [number, number, number, number];
  /** 1 for letters as people read them, 0 for turned, mirrored, squeezed, drawn apart. */
  readonly shape: number;
  readonly lineHeight: number;
}

export function letteringOf(
  scene: Scene,
  element: Element,
  style: LetterStyle = styleOf(scene, element),
): Lettering {
  const zoom = (element as { currentCSSZoom?: number }).currentCSSZoom ?? 1;
  const size = usedSize(style) * zoom;
  const letterSpacing = (Number.parseFloat(style.letterSpacing) || 0) * zoom;
  const wordSpacing = (Number.parseFloat(style.wordSpacing) || 0) * zoom;
  const matrix = parentMatrix(scene, element);
  const spacing =
    ramp(letterSpacing / size, 0.9, 0.45) *
    ramp(letterSpacing / size, -0.18, -0.09) *
    ramp(wordSpacing / size, -0.3, -0.2) *
    ramp(wordSpacing / size, 6, 3);
  return {
    font: `${style.fontStyle.startsWith("normal") ? "normal" : "italic"} ${style.fontWeight} ${size}px ${style.fontFamily}`,
    size,
    letterSpacing,
    caps: style.fontVariantCaps as CanvasFontVariantCaps,
    stretch: stretchName(style.fontStretch),
    direction: style.direction === "rtl" ? "rtl" : "ltr",
    vertical: style.writingMode !== "horizontal-tb",
    matrix,
    shape: spacing * shapeOf(matrix),
    lineHeight: Number.parseFloat(style.lineHeight) * zoom,
  };
}

/** Font size in CSS px as `font-size-adjust` leaves it: so that small letters, or capitals, have the asked share of the font size. */
export function usedSize(style: LetterStyle): number {
  const size = Number.parseFloat(style.fontSize);
  const adjusted = /^(?:(ex|cap)-height )?([\d.]+)$/.exec(style.fontSizeAdjust);
  if (adjusted === null) return size;
  const canvas = Document.prototype.createElement.call(document, "canvas") as HTMLCanvasElement;
  const context = canvas.getContext("2d");
  if (context === null) return size;
  context.font = `${style.fontWeight} 100px ${style.fontFamily}`;
  const share = context.measureText(adjusted[1] === "cap" ? "H" : "x").actualBoundingBoxAscent / 100;
  return share > 0 ? (size * Number(adjusted[2])) / share : size;
}

/** 0 at and beyond `none`, 1 at and beyond `full`, straight between; `none` may be the larger. */
export function ramp(value: number, none: number, full: number): number {
  return Math.max(0, Math.min(1, (value - none) / (full - none)));
}

/** How well letters are read after a linear map: not when mirrored, turned far, or much wider than high. */
export function shapeOf([a, b, c, d]: readonly [number, number, number, number]): number {
  const determinant = a * d - b * c;
  if (!(determinant > 0)) return 0;
  const turn = (Math.abs(Math.atan2(b - c, a + d)) * 180) / Math.PI;
  const sum = (a * a + b * b + c * c + d * d) / 2;
  const spread = Math.sqrt(Math.max(0, sum * sum - determinant * determinant));
  const stretch = Math.sqrt((sum + spread) / Math.max(1e-9, sum - spread));
  return ramp(turn, 55, 35) * ramp(stretch, 2.2, 1.7);
}

export function stretchName(percent: string): CanvasFontStretch {
  const names: readonly (readonly [number, CanvasFontStretch])[] = [
    [56, "ultra-condensed"],
    [69, "extra-condensed"],
    [81, "condensed"],
    [94, "semi-condensed"],
    [106, "normal"],
    [119, "semi-expanded"],
    [137, "expanded"],
    [175, "extra-expanded"],
  ];
  const value = Number.parseFloat(percent) || 100;
  return names.find(([limit]) => value < limit)?.[1] ?? "ultra-expanded";
}
