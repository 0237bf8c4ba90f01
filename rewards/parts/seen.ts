import type { RenderedPage } from "../../env/render/rendered-page.js";
import { memoizeByObject } from "../memo.js";
import { bodyTextLength } from "../metrics/dom-sequence.js";
import { visualFeatures } from "../metrics/visual-features.js";

/** Visual features of a page, taken once: a reference serves every answer to its task. */
export const featuresOf = memoizeByObject(async (page: RenderedPage) =>
  visualFeatures(page.snapshot, await page.pixels()),
);

/** Share of a page's text that a person can see in its picture, 0..1; 1 for a page without text. */
export const shownShare = memoizeByObject(async (page: RenderedPage): Promise<number> => {
  const whole = bodyTextLength(page.html);
  if (whole === 0) return 1;
  const { texts } = await featuresOf(page);
  const shown = texts.reduce((sum, { text }) => sum + text.replace(/\s+/g, "").length, 0);
  return Math.min(1, shown / whole);
});
