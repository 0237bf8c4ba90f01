import type { Viewport } from "../../contract/task.js";
import type { Session } from "../browser/connection.js";

/** What a photograph needs of a page. */
interface Subject {
  readonly session: Session;
  readonly viewport: Viewport;
  evaluate(expression: string): Promise<unknown>;
}

/**
 * The whole page as a PNG, for browsers whose frames cannot be stepped: full Chromium and Chrome. Animations are ended by
 * script instead of by leaping, and the picture waits for two frames of the display's clock (33 ms).
 */
export async function photograph(page: Subject, height: number): Promise<Uint8Array> {
  await page.evaluate(FINISH_ANIMATIONS);
  const { data } = await page.session.send("Page.captureScreenshot", {
    format: "png",
    optimizeForSpeed: true,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width: page.viewport.width, height, scale: 1 },
  });
  return Buffer.from(data, "base64");
}

const FINISH_ANIMATIONS = `for (const animation of document.getAnimations()) {
  const end = animation.effect?.getComputedTiming().endTime;
  if (Number.isFinite(end)) animation.finish();
}`;
