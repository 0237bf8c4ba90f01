import type { ElementNode, RenderedPage } from "../../../env/contract/rendered-page.js";

/** How a page was asked to look; everything else about its looks is free. */
export interface Look {
  readonly theme: "light" | "dark";
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
  const body = find("body");
  return {
    theme: luminance(style(body, "background-color") ?? "rgb(255, 255, 255)") < 0.2 ? "dark" : "light",
    accent: style(find("button"), "background-color") ?? "rgb(37, 99, 235)",
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
