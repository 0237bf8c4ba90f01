import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright";
import type { Viewport } from "../../env/contract/task.js";

/** Something whose speed is measured: renders one document after another, many at the same time. */
export interface Contender {
  /** Whether equal documents must give equal pictures. */
  readonly isExact?: boolean;
  /** The picture of the whole page as a PNG. */
  render(html: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The way of the published FrontCoder render service (`training/rl/render_service/html_render_service.py`), with its
 * browser flags: the document lies in a file; a new context and page for each; wait for the network to be idle; a full-page
 * PNG into a file. Its HTTP layer is left out, which only helps it.
 */
export async function openService(browserPath: string, viewport: Viewport): Promise<Contender> {
  const folder = await mkdtemp(join(tmpdir(), "webgen-bench-"));
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--disable-dev-shm-usage", "--no-sandbox", "--disable-setuid-sandbox", "--disable-gpu"],
  });
  let count = 0;
  return {
    async render(html) {
      const file = join(folder, `${count++}.html`);
      await writeFile(file, html);
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href, { waitUntil: "domcontentloaded", timeout: 25_000 });
      await page.waitForLoadState("networkidle", { timeout: 25_000 }).catch(() => {});
      const path = file.replace(/html$/, "png");
      const picture = await page.screenshot({ path, fullPage: true, timeout: 25_000 });
      await page.close();
      await context.close();
      return picture;
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
