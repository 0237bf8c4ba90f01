import { CHANGE_TOLERANCE, COLOR_TOLERANCE, PALETTE_OFFSET } from "./detect.js";
import { paletteRgb } from "./palette.js";

/** For a text of which the painted colour is not known. */
const USUAL_COVERAGE = 0.96;
/** Half a level: colours are rounded. */
const ROUNDING = 0.5;

/**
 * How much of a pixel a glyph must cover to count as ink of the text that upstream paints with this colour of its palette. A
 * pixel on white paper is `colour + (255 - colour) * (1 - coverage)` in every channel; upstream wants it near the colour, and
 * wants it to have moved by the palette's offset, which wraps around. So light blues ask for less than dark ones.
 */
export function inkCoverage(paint: number): number {
  if (paint < 0) return USUAL_COVERAGE;
  const slacks = paletteRgb(paint, 0).map((first) => {
    const second = (first + PALETTE_OFFSET) % 256;
    return Math.min(
      (COLOR_TOLERANCE + ROUNDING) / (255 - first),
      (CHANGE_TOLERANCE + ROUNDING) / Math.abs(first - second),
    );
  });
  return 1 - Math.min(...slacks);
}
