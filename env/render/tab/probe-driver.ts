import type { JsonValue } from "../../../infra/json.js";
import type { Viewport } from "../../contract/task.js";
import type { ProbePage } from "../probe-page.js";
import { keyEvent } from "./keys.js";
import type { PageSource } from "./navigation.js";
import type { WebPage } from "./web-page.js";

/** What probes see of a page, and a way to leave it as the next document should find it. */
export function probePage(
  page: WebPage,
  source: PageSource,
  capture?: Uint8Array,
): ProbePage & { rest(): Promise<void> } {
  const { session } = page;
  const original = page.viewport;
  let mouseMoved = false;
  const mouse = (type: "mouseMoved" | "mousePressed" | "mouseReleased", x: number, y: number) =>
    withFrames(
      page,
      session.send("Input.dispatchMouseEvent", {
        type,
        x,
        y,
        ...(type === "mouseMoved" ? {} : { button: "left" as const, clickCount: 1 }),
      }),
    );
  return {
    ...(capture ? { capture } : {}),
    get viewport() {
      return page.viewport;
    },
    evaluate: (source) => page.evaluate<JsonValue>(source),
    install: (source) => page.install(source),
    async setViewport(viewport: Viewport) {
      await page.setViewport(viewport);
      await page.frame();
    },
    async hover(x, y) {
      mouseMoved = true;
      await mouse("mouseMoved", x, y);
    },
    async click(x, y) {
      mouseMoved = true;
      await mouse("mouseMoved", x, y);
      await mouse("mousePressed", x, y);
      await mouse("mouseReleased", x, y);
    },
    picture: () => page.windowPicture(),
    async type(text) {
      await session.send("Input.insertText", { text });
    },
    async press(key) {
      const event = keyEvent(key);
      await withFrames(page, session.send("Input.dispatchKeyEvent", { type: "keyDown", ...event }));
      await withFrames(page, session.send("Input.dispatchKeyEvent", { type: "keyUp", ...event }));
    },
    async settle(milliseconds = 100) {
      await page.advance(milliseconds);
      await page.frame();
    },
    async reload() {
      await page.load(source, original);
      await page.settle();
    },
    /** Takes the mouse off the page, so that nothing of the next document lies under it. */
    async rest() {
      if (mouseMoved) await mouse("mouseMoved", -1, -1);
    },
  };
}

/** Mouse events wait for a frame, and frames are drawn only when asked for. */
async function withFrames(page: WebPage, input: Promise<unknown>): Promise<void> {
  let done = false;
  const finished = input.finally(() => {
    done = true;
  });
  await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 5))]);
  while (!done) {
    await page.frame();
    await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
  await finished;
}
