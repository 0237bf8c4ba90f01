import type { VisualFeatures } from "./visual-features.js";
import { gridSimilarity } from "./visual-grid.js";
import { fillSimilarity, textSimilarity } from "./visual-layout.js";
import { paletteSimilarity } from "./visual-palette.js";

/** Shares of the blend. */
export const VISUAL_WEIGHTS = { texts: 0.35, fills: 0.2, palette: 0.15, grid: 0.3 } as const;

/** The blend and its terms; a term is null where neither page has anything to compare. */
export interface VisualSimilarity {
  readonly score: number;
  readonly terms: Readonly<Record<keyof typeof VISUAL_WEIGHTS, number | null>>;
}

/**
 * How much a page looks like a reference, 0..1: texts and boxes matched where they are seen, colours, and cells of the
 * picture, the last two above what a flat page gets. Terms that have nothing to compare leave with their weight. Identity
 * gives 1, a blank page 0 (against a page that shows something).
 */
export function visualSimilarity(page: VisualFeatures, reference: VisualFeatures): VisualSimilarity {
  const flat = reference.palette[0]?.color ?? [1, 0, 0];
  const ownFlat = page.palette[0]?.color ?? flat;
  const terms = {
    texts: textSimilarity(page.texts, reference.texts),
    fills: fillSimilarity(page.fills, reference.fills),
    palette: paletteSimilarity(page.palette, reference.palette),
    grid: gridSimilarity(page.grid, reference.grid, ownFlat, flat),
  };
  let [sum, weights] = [0, 0];
  for (const name of Object.keys(terms) as (keyof typeof terms)[]) {
    const value = terms[name];
    if (value === null) continue;
    sum += VISUAL_WEIGHTS[name] * value;
    weights += VISUAL_WEIGHTS[name];
  }
  return { score: sum / weights, terms };
}
