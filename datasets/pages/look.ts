import type { ColorName } from "../../env/contract/probe.js";
import type { RandomStream } from "../../infra/random.js";

/** An accent and the surfaces that go with it. White text on the accent has a contrast of at least 4.5:1. */
export interface Palette {
  /** As people name it in a prompt. */
  readonly name: ColorName;
  readonly accent: string;
  /** Surfaces on a white page. */
  readonly tint: string;
  /** Surfaces on a black page. */
  readonly shade: string;
}

export const PALETTES: readonly Palette[] = [
  { name: "teal", accent: "#0f766e", tint: "#eaf7f5", shade: "#14211f" },
  { name: "green", accent: "#15803d", tint: "#ebf7ef", shade: "#152119" },
  { name: "olive", accent: "#65741b", tint: "#f5f7e6", shade: "#1f2116" },
  { name: "blue", accent: "#2360e0", tint: "#ecf2ff", shade: "#161d2c" },
  { name: "navy", accent: "#2b4a86", tint: "#edf1f8", shade: "#181d27" },
  { name: "indigo", accent: "#5b4fe0", tint: "#f0efff", shade: "#1c1b2c" },
  { name: "purple", accent: "#8b35d0", tint: "#f6efff", shade: "#20182a" },
  { name: "pink", accent: "#c2247a", tint: "#fceff6", shade: "#251720" },
  { name: "red", accent: "#c8302b", tint: "#fdf0ee", shade: "#261817" },
  { name: "orange", accent: "#bb4f0c", tint: "#fdf2e8", shade: "#261b13" },
  { name: "brown", accent: "#8c5a2b", tint: "#f8f3ec", shade: "#221c16" },
  { name: "gray", accent: "#5b6472", tint: "#f2f4f6", shade: "#1c1e22" },
];

/** Everything about a page that is not its content. */
export interface Look {
  readonly palette: Palette;
  readonly theme: "light" | "dark";
  /** Typeface of the headings. */
  readonly face: "serif" | "sans-serif";
  /** Size of the headline. */
  readonly scale: "large" | "small";
}

export function drawLook(random: RandomStream): Look {
  return {
    palette: random.pick(PALETTES),
    theme: random.pick(["light", "light", "dark"]),
    face: random.pick(["sans-serif", "serif"]),
    scale: random.pick(["large", "small"]),
  };
}
