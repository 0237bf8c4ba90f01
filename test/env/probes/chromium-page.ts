import { type Browser, type BrowserContext, chromium } from "playwright";
import type { ProbePage } from "../../../env/render/probe-page.js";
import type { Viewport } from "../../../env/task.js";
import { DEFAULT_VIEWPORT } from "../../../env/task.js";
import type { JsonValue } from "../../../infra/json.js";

/** A page in a real browser that can be filled with HTML and probed, for tests of probes alone. */
export interface TestPage extends ProbePage {
  load(html: string): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** Evaluates in the page's own world, where its scripts live. */
  evaluateInPage(source: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens a browser with one page in it; closing the page closes the browser. */
export async function openTestPage(): Promise<TestPage> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env.WEBGEN_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  });
  const context: BrowserContext = await browser.newContext({ viewport: DEFAULT_VIEWPORT });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  let viewport: Viewport = DEFAULT_VIEWPORT;
  let world: Promise<number> | undefined;
  const openWorld = async () => {
    const { frameTree } = await protocol.send("Page.getFrameTree");
    const frameId = frameTree.frame.id;
    return (await protocol.send("Page.createIsolatedWorld", { frameId })).executionContextId;
  };
  const setViewport = async (next: Viewport) => {
    viewport = next;
    await page.setViewportSize(next);
  };
  return {
    get viewport() {
      return viewport;
    },
    async load(html) {
      if (viewport.width !== DEFAULT_VIEWPORT.width) await setViewport(DEFAULT_VIEWPORT);
      await page.setContent(html);
      world = undefined;
    },
    async evaluate(expression) {
      world ??= openWorld();
      const contextId = await world;
      const answer = await protocol.send("Runtime.evaluate", {
        expression,
        contextId,
        returnByValue: true,
        awaitPromise: true,
      });
      if (answer.exceptionDetails !== undefined) {
        throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
      }
      return answer.result.value as JsonValue;
    },
    setViewport,
    click: (x, y) => page.mouse.click(x, y),
    hover: (x, y) => page.mouse.move(x, y),
    type: (text) => page.keyboard.insertText(text),
    press: (key) => page.keyboard.press(key),
    settle: async (milliseconds = 100) => void (await page.waitForTimeout(milliseconds)),
    reload: async () => void (await page.reload()),
    evaluateInPage: (source) => page.evaluate(source),
    screenshot: async (path) => void (await page.screenshot({ path, fullPage: true })),
    close: () => browser.close(),
  };
}
