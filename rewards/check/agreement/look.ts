import type { ElementNode, RenderedPage } from "../../../env/contract/rendered-page.js";

/** How a page was asked to look; everything else about its looks is free. */
export interface Look {
  readonly theme: "light" | "dark";
  /** Colour of the page, as CSS; null for black, white and grays, which a designer chooses. */
  readonly ground: string | null;
  /** Colour of the buttons, as CSS. */
  readonly accent: string;
  readonly face: "serif" | "sans-serif";
  /** Size of the headline in px. */
  readonly headline: number;
  readonly align: "center" | "left";
}

/** The look of a page as it was rendered, read from its headline, first button and ground. */
export function lookOf({ snapshot }: Pick<RenderedPage, "snapshot">): Look {
  const find = (name: string) => snapshot.elements.find(({ tag }) => tag === name);
  const headline = find("h1");
  const ground = style(find("body"), "background-color") ?? "rgb(255, 255, 255)";
  const buttons = snapshot.elements.filter(({ tag }) => tag === "button");
  const button = buttons.find(({ index }) => index > (headline?.index ?? 0)) ?? buttons[0];
  return {
    theme: luminance(ground) < 0.2 ? "dark" : "light",
    ground: isNeutral(ground) ? null : ground,
    accent: style(button, "background-color") ?? "rgb(37, 99, 235)",
    face: /(?:^|[\s,"'])(?:serif|times|georgia)/i.test(style(headline, "font-family") ?? "")
      ? "serif"
      : "sans-serif",
    headline: Number.parseFloat(style(headline, "font-size") ?? "32"),
    align: /center/.test(style(headline, "text-align") ?? "") ? "center" : "left",
  };
}

function style(element: ElementNode | undefined, name: string): string | undefined {
  return element?.styles[name];
}

/** Difference of the channels of a colour up to which it is a gray, of 255. */
const GRAY = 12;

function isNeutral(color: string): boolean {
  const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return channels.length < 3 || Math.max(...channels) - Math.min(...channels) <= GRAY;
}

/** Relative luminance of `rgb(...)` (WCAG 2.2); 1 for what is no opaque colour. */
function luminance(color: string): number {
  const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (red === undefined || green === undefined || blue === undefined || alpha === 0) return 1;
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
