import type { Viewport } from "../../contract/task.js";
import { findingsOf } from "../findings.js";
import type { RawSnapshot } from "../snapshot.js";
import { plainLook } from "../tab/plain-look.js";
import type { RenderedParts, ViewParts } from "../tab/rendered.js";
import type { Capture, WebPage } from "../tab/web-page.js";

/** The window of a document, and what else of it is to be seen. */
export interface LooksAskedFor {
  readonly viewport: Viewport;
  /** More windows to show the document in. */
  readonly viewports?: readonly Viewport[];
  /** CSS to show it in once more. */
  readonly plainCss?: string;
  /** Milliseconds of its own time after which it is shown once more. */
  readonly later?: number;
}

const NOTHING_SAID = { console: [], errors: [], blocked: [] };

/**
 * The looks of a document besides the first, of which a snapshot was taken: in other CSS, in other windows, and later. Leaves it
 * in its own window, and as it is later.
 */
export async function furtherLooks(
  page: WebPage,
  { viewport, viewports = [], plainCss, later }: LooksAskedFor,
  first: RawSnapshot,
): Promise<Pick<RenderedParts, "views" | "plain" | "later">> {
  let plain: ViewParts | undefined;
  if (plainCss !== undefined) {
    const { shot, snapshot } = await plainLook(page, plainCss, first);
    plain = await partsOf(viewport, shot, snapshot);
  }
  const views: ViewParts[] = [];
  for (const each of viewports)
    views.push(await partsOf(each, await page.captureAt(each), await page.snapshot()));
  if (views.length > 0) {
    await page.setViewport(viewport);
    await page.frame();
  }
  const shot = later === undefined ? undefined : await page.captureLater(later);
  return {
    ...(plain ? { plain } : {}),
    ...(views.length > 0 ? { views } : {}),
    ...(shot ? { later: await partsOf(viewport, shot, await page.snapshot()) } : {}),
  };
}

async function partsOf(viewport: Viewport, shot: Capture, snapshot: RawSnapshot): Promise<ViewParts> {
  const { png, height, contentHeight } = shot;
  const contentWidth = snapshot.documents[0]?.contentWidth ?? 0;
  const size = { png, viewportWidth: viewport.width, contentWidth, contentHeight, height };
  const findings = await findingsOf({ navigation: NOTHING_SAID, ...size });
  return { viewport, height, png, snapshot, findings };
}
