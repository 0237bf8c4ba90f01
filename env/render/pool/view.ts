import type { Viewport } from "../../contract/task.js";
import { findingsOf } from "../findings.js";
import type { ViewParts } from "../tab/rendered.js";
import type { WebPage } from "../tab/web-page.js";

const NOTHING_SAID = { console: [], errors: [], blocked: [] };

/** The document in one more window. */
export async function viewOf(page: WebPage, viewport: Viewport): Promise<ViewParts> {
  const { png, height, contentHeight } = await page.captureAt(viewport);
  const snapshot = await page.snapshot();
  const contentWidth = snapshot.documents[0]?.contentWidth ?? 0;
  const size = { png, viewportWidth: viewport.width, contentWidth, contentHeight, height };
  const findings = await findingsOf({ visit: NOTHING_SAID, ...size });
  return { viewport, height, png, snapshot, findings };
}
