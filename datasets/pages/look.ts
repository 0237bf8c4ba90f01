import type { RandomStream } from "../../infra/random.js";

/** An accent and the pale tint that goes with it. White text on the accent has a contrast of at least 4.5:1. */
export interface Palette {
  /** As people name it in a prompt. */
  readonly name: string;
  readonly accent: string;
  readonly tint: string;
}

export const PALETTES: readonly Palette[] = [
  { name: "teal", accent: "#0f766e", tint: "#eefaf7" },
  { name: "green", accent: "#15803d", tint: "#effaf2" },
  { name: "olive", accent: "#5c6b16", tint: "#f7f9ea" },
  { name: "blue", accent: "#1d4ed8", tint: "#eff4ff" },
  { name: "navy", accent: "#1e3a6e", tint: "#eff3fa" },
  { name: "indigo", accent: "#4f46e5", tint: "#f1f1ff" },
  { name: "purple", accent: "#7e22ce", tint: "#f8f1ff" },
  { name: "pink", accent: "#be185d", tint: "#fdf1f7" },
  { name: "red", accent: "#c01f1f", tint: "#fef2f1" },
  { name: "orange", accent: "#b8480b", tint: "#fff5ec" },
  { name: "brown", accent: "#7a4a21", tint: "#faf5ee" },
  { name: "gray", accent: "#475569", tint: "#f3f5f8" },
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
