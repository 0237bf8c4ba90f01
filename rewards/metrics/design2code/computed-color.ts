import type { ElementNode } from "../../../env/contract/rendered-page.js";
import type { Rgb } from "../image/pixel-image.js";
import { TEXT_TAGS } from "./recolor.js";

interface Paint {
  readonly rgb: Rgb;
  /** 0 to 1. */
  readonly alpha: number;
}

const PAPER: Rgb = [255, 255, 255];

/** `rgb(...)` and `rgba(...)` as Chromium reports computed colours; null for anything else. */
export function parseComputed(value: string | undefined): Paint | null {
  const numbers = /^rgba?\(([^)]*)\)$/
    .exec(value ?? "")?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean)
    .map(Number);
  if (!numbers || numbers.length < 3 || !numbers.every(Number.isFinite)) return null;
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
  return { rgb: [red, green, blue], alpha };
}

/** The colour of an element's text; see-through text is laid over the nearest solid background behind it. */
export function computedColor(element: ElementNode, elements: readonly ElementNode[]): Rgb {
  const paint = parseComputed(element.styles.color);
  if (!paint) return [0, 0, 0];
  if (paint.alpha >= 1) return paint.rgb;
  const behind = background(element, elements);
  return mix(paint, behind);
}

/**
 * The same as it shows where an element that upstream paints is see-through (CSS opacity): what is behind that element comes
 * through. Upstream makes such elements solid and finds their text; text that another element fades it does not find.
 */
export function shownColor(element: ElementNode, elements: readonly ElementNode[]): Rgb {
  let rgb = computedColor(element, elements);
  for (let at: ElementNode | undefined = element; at; at = elements[at.parent]) {
    const alpha = Number(at.styles.opacity ?? 1);
    if (!(alpha < 1 && TEXT_TAGS.has(at.tag))) continue;
    const around = elements[at.parent];
    rgb = mix({ rgb, alpha }, around ? background(around, elements) : PAPER);
  }
  return rgb;
}

function background(element: ElementNode, elements: readonly ElementNode[]): Rgb {
  for (let at: ElementNode | undefined = element; at; at = elements[at.parent]) {
    const paint = parseComputed(at.styles["background-color"]);
    if (paint && paint.alpha >= 1) return paint.rgb;
  }
  return PAPER;
}

function mix({ rgb, alpha }: Paint, behind: Rgb): Rgb {
  const blend = (channel: 0 | 1 | 2) => Math.round(rgb[channel] * alpha + behind[channel] * (1 - alpha));
  return [blend(0), blend(1), blend(2)];
}
