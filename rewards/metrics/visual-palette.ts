import { oklabDistance } from "./oklab.js";
import type { PaletteEntry } from "./visual-pixels.js";

/** OKLab distance from which two colours have nothing in common. */
const DIFFERENT = 0.15;

/**
 * How well a page's colours cover a reference's, 0..1, measured above what a page in the reference's main colour alone
 * covers (that is 0; most pages are mostly background). Shares flow between the nearest colours first and count less
 * with distance. Identity gives 1. Not symmetric: the second palette sets the scale.
 */
export function paletteSimilarity(page: readonly PaletteEntry[], reference: readonly PaletteEntry[]): number {
  const main = reference[0];
  if (!main) return page.length === 0 ? 1 : 0;
  const floor = overlap([{ color: main.color, share: 1 }], reference);
  const own = overlap(page, reference);
  return floor >= 1 ? Number(own >= 1 - 1e-9) : Math.min(1, Math.max(0, (own - floor) / (1 - floor)));
}

function overlap(a: readonly PaletteEntry[], b: readonly PaletteEntry[]): number {
  const pairs: { i: number; j: number; distance: number }[] = [];
  for (const [i, { color }] of a.entries()) {
    for (const [j, other] of b.entries()) {
      const distance = oklabDistance(color, other.color);
      if (distance < DIFFERENT) pairs.push({ i, j, distance });
    }
  }
  pairs.sort((p, q) => p.distance - q.distance || p.i - q.i || p.j - q.j);
  const left = a.map(({ share }) => share);
  const right = b.map(({ share }) => share);
  let total = 0;
  for (const { i, j, distance } of pairs) {
    const flow = Math.min(left[i]!, right[j]!);
    left[i]! -= flow;
    right[j]! -= flow;
    total += flow * (1 - distance / DIFFERENT);
  }
  return total;
}
