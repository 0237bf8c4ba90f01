import { type CDPSession, chromium } from "playwright";
import type { Viewport } from "../../env/contract/task.js";
import type { Contender } from "./render-service.js";

/**
 * The least that rendering can be: warm pages of one browser, and for each document nothing but setting it and capturing
 * it whole over CDP. No waiting for scripts, no state cleared, no layout read.
 */
export async function openBareLoop(path: string, viewport: Viewport, pages: number): Promise<Contender> {
  const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-gpu"] });
  const idle: { session: CDPSession; frameId: string }[] = [];
  for (let i = 0; i < pages; i++) {
    const page = await browser.newPage({ viewport });
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    idle.push({ session, frameId: frameTree.frame.id });
  }
  const waiting: (() => void)[] = [];
  return {
    async render(html) {
      while (idle.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      const tab = idle.pop()!;
      const { session, frameId } = tab;
      await session.send("Page.setDocumentContent", { frameId, html });
      const { cssContentSize } = await session.send("Page.getLayoutMetrics");
      const { width } = viewport;
      const height = Math.max(viewport.height, Math.ceil(cssContentSize.height));
      const { data } = await session.send("Page.captureScreenshot", {
        format: "png",
        optimizeForSpeed: true,
        captureBeyondViewport: height > viewport.height,
        clip: { x: 0, y: 0, width, height, scale: 1 },
      });
      idle.push(tab);
      waiting.shift()?.();
      return Buffer.from(data, "base64");
    },
    close: () => browser.close(),
  };
}
