import type { Viewport } from "../../contract/task.js";
import type { Session } from "../browser/connection.js";

/** How large a document is, and whether it was scrolled. */
export interface Extent {
  /** In CSS pixels, rounded up. */
  readonly contentHeight: number;
  readonly scrolled: boolean;
}

export interface ExtentLimits {
  /** Tallest picture in pixels. */
  readonly maxHeight: number;
  /** Most pixels of a picture. */
  readonly maxPixels: number;
}

/** Lays the document out and measures it. */
export async function measurePage(session: Session): Promise<Extent> {
  const { cssContentSize, cssVisualViewport } = await session.send("Page.getLayoutMetrics");
  const { pageX, pageY } = cssVisualViewport;
  return { contentHeight: Math.ceil(cssContentSize.height), scrolled: pageX !== 0 || pageY !== 0 };
}

/** Height of the picture of a document: all of it, at least the window, at most what the limits allow. */
export function pictureHeight(
  contentHeight: number,
  { width, height }: Viewport,
  { maxHeight, maxPixels }: ExtentLimits,
): number {
  return Math.min(
    Math.max(contentHeight, height),
    maxHeight,
    Math.max(height, Math.floor(maxPixels / width)),
  );
}
