import type { VisualFeatures } from "./visual-features.js";
import { gridSimilarity } from "./visual-grid.js";
import { fillSimilarity, textSimilarity } from "./visual-layout.js";
import { paletteSimilarity } from "./visual-palette.js";

/** Shares of the blend. */
export const VISUAL_WEIGHTS = { texts: 0.35, fills: 0.2, palette: 0.15, grid: 0.3 } as const;

export type VisualSimilarity = Readonly<Record<"score" | keyof typeof VISUAL_WEIGHTS, number>>;

/**
 * How much a page looks like a reference, 0..1: texts and boxes matched where they are seen, colours, and cells of the
 * picture, the last two above what a flat page gets. Identity gives 1, a blank page 0 (against a page that shows something).
 */
export function visualSimilarity(page: VisualFeatures, reference: VisualFeatures): VisualSimilarity {
  const flat = reference.palette[0]?.color ?? [1, 0, 0];
  const ownFlat = page.palette[0]?.color ?? flat;
  const parts = {
    texts: textSimilarity(page.texts, reference.texts),
    fills: fillSimilarity(page.fills, reference.fills),
    palette: paletteSimilarity(page.palette, reference.palette),
    grid: gridSimilarity(page.grid, reference.grid, ownFlat, flat),
  };
  const names = Object.keys(VISUAL_WEIGHTS) as (keyof typeof VISUAL_WEIGHTS)[];
  return { ...parts, score: names.reduce((sum, name) => sum + VISUAL_WEIGHTS[name] * parts[name], 0) };
}
