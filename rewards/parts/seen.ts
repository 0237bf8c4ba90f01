import type { Box, RenderedPage } from "../../env/contract/rendered-page.js";
import type { Viewport } from "../../env/contract/task.js";
import { memoizeByObject } from "../memo.js";
import { bodyTextLength } from "../metrics/dom-sequence.js";
import { visualFeatures } from "../metrics/visual-features.js";

/** Visual features of a page, taken once: a reference serves every answer to its task. */
export const featuresOf = memoizeByObject(async (page: RenderedPage) =>
  visualFeatures(page.snapshot, await page.pixels()),
);

/**
 * Share of an answer's text that a person can see in its picture, 0..1; 1 for a page without text. Its text is that of its
 * source or that after its scripts, whichever is more.
 */
export async function shownShareOf(page: RenderedPage, source: string | null): Promise<number> {
  const whole = Math.max(bodyTextLength(page.html), source === null ? 0 : bodyTextLength(source));
  return whole === 0 ? 1 : Math.min(1, (await shownLength(page)) / whole);
}

/** Characters of text, white space apart, that the picture confirms and that no sheet over the whole window hides. */
const shownLength = memoizeByObject(async (page: RenderedPage): Promise<number> => {
  const { texts } = await featuresOf(page);
  const within = sheetTextOf(page);
  const shown = within === null ? texts : texts.filter(({ text }) => within.includes(flatten(text)));
  return shown.reduce((sum, { text }) => sum + flatten(text).length, 0);
});

const flatten = (text: string) => text.replace(/\s+/g, "");

/** Share of the window that a fixed sheet covers. */
const COVERS = 0.9;

/**
 * The text on an opaque sheet that covers the window wherever it is scrolled to, null when there is none. The picture of a
 * page taller than the window shows what lies beyond the sheet, and a person never sees it.
 */
function sheetTextOf({ snapshot: { elements, texts }, viewport }: RenderedPage): string | null {
  const sheet = elements.findLast(
    ({ box, styles }) =>
      styles.position === "fixed" &&
      styles.visibility === "visible" &&
      Number(styles.opacity) > 0.9 &&
      !isClear(styles["background-color"] ?? "") &&
      covered(box, viewport) >= COVERS,
  );
  if (!sheet) return null;
  const isWithin = (index: number): boolean =>
    index === sheet.index || (index > 0 && isWithin(elements[index]?.parent ?? -1));
  return flatten(
    texts
      .filter(({ element }) => isWithin(element))
      .map(({ text }) => text)
      .join(""),
  );
}

/** Whether what lies behind a colour shines through. */
function isClear(color: string): boolean {
  const alpha = /^rgba\(.*?,\s*([\d.]+)\)$/.exec(color)?.[1];
  return color === "transparent" || (alpha !== undefined && Number(alpha) < 0.9);
}

function covered({ x, y, width, height }: Box, viewport: Viewport): number {
  const across = Math.min(viewport.width, x + width) - Math.max(0, x);
  const down = Math.min(viewport.height, y + height) - Math.max(0, y);
  return (Math.max(0, across) * Math.max(0, down)) / (viewport.width * viewport.height);
}
