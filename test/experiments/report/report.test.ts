import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { ensureBrowser } from "../../../env/render/browser/ensure.js";
import { headlineOf, writeReport } from "../../../experiments/report/index.js";
import { HOSTILE, reportInput } from "./fixture.js";

describe("the report in a browser", function () {
  this.timeout(60_000);
  let folder: string;
  let url: string;
  let text: string;
  let claim: string;
  let browser: Browser;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "webgen-report-"));
    const input = await reportInput();
    text = await writeReport(input);
    claim = headlineOf(input.summary, input.events).claim;
    const file = join(folder, "report.html");
    writeFileSync(file, text);
    url = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath: (await ensureBrowser()).path });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the report and lets `look` look at it; whatever the page complained about or asked for fails the test. */
  async function visit(
    look: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== url && !request.url().startsWith("data:"))
        complaints.push(`asked for ${request.url()}`);
    });
    page.on("dialog", (dialog) => complaints.push(`said ${dialog.message()}`));
    await page.goto(url);
    await look(page);
    expect(complaints).to.deep.equal([]);
    await context.close();
  }

  it("opens from a file with one headline, all sections, and nothing else to load", async () => {
    await visit(async (page) => {
      expect(await page.locator("h1").allTextContents()).to.deep.equal([claim]);
      expect(await page.locator("h2").allTextContents()).to.deep.equal([
        "Facts right",
        "Training",
        "Gallery",
        "Agents",
        "Differences",
        "Health of training",
        "Throughput",
        "Do it again",
      ]);
      expect(
        await page
          .locator("img")
          .evaluateAll((images) => images.every((image) => (image as HTMLImageElement).naturalWidth > 0)),
      ).to.equal(true);
      expect(await page.locator(".chart").count()).to.equal(7);
      expect(await page.locator("tbody tr").count()).to.equal(10);
    });
    expect(text.length).to.be.below(6_000_000);
  });

  it("enlarges an answer by a click, beside its target, with prompt, failed checks and source as text", async () => {
    await visit(async (page) => {
      await page.locator('.open[data-row="1"][data-shot="2"]').click();
      const part = (name: string) => page.locator(`dialog [data-part="${name}"]`);
      expect(await part("title").textContent()).to.equal("pages/test/1");
      expect(await part("prompt").textContent()).to.equal(`A page for task 1. ${HOSTILE}`);
      expect(await part("source").textContent()).to.equal(`<p>grpo 1</p>${HOSTILE}`);
      expect(await part("target-source").textContent()).to.equal("<p>target 1</p>");
      expect(await part("failed").locator("li").allTextContents()).to.deep.equal([
        `Contrast ${HOSTILE}`,
        "One main landmark",
      ]);
      expect(await part("parts").locator("li").count()).to.equal(3);
      const [target, answer] = await Promise.all([
        part("target").locator("img").boundingBox(),
        part("answer").locator("img").boundingBox(),
      ]);
      expect(answer?.x).to.be.above((target?.x ?? 0) + (target?.width ?? 0));
      expect(answer?.y).to.equal(target?.y);
      await part("close").click();
      expect(await page.locator("dialog").isVisible()).to.equal(false);
    });
  });

  it("is walked through by keyboard, and gives the focus back", async () => {
    await visit(async (page) => {
      await page.locator('.open[data-row="0"][data-shot="1"]').focus();
      await page.keyboard.press("Enter");
      const agent = page.locator('dialog [data-part="agent"]');
      expect(await agent.textContent()).to.match(/^SFT 0\.\d\d$/);
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-pressed"))).to.equal(
        "true",
      );
      await page.keyboard.press("ArrowRight");
      expect(await agent.textContent()).to.match(/^GRPO/);
      for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowLeft");
      expect(await agent.textContent()).to.match(/^untrained/);
      expect(await page.locator('dialog [data-part="answer"]').textContent()).to.equal("invalid artifact");
      await page.locator('dialog [data-part="next"]').press("Enter");
      expect(await page.locator('dialog [data-part="title"]').textContent()).to.equal("pages/test/1");
      await page.keyboard.press("Escape");
      expect(await page.locator("dialog").isVisible()).to.equal(false);
      // A dialog tells of its closing in a task of its own.
      await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset.row === "1");
    });
  });

  it("reads all plots of a phase out at one step, under the pointer and by the arrow keys", async () => {
    await visit(async (page) => {
      const plot = page.locator(".main .plot");
      const readouts = page.locator(".readout");
      const atRest = await readouts.allTextContents();
      await plot.hover({ position: { x: 500, y: 90 } });
      const read = await readouts.allTextContents();
      const step = /^step (\d+): /.exec(read[0] ?? "")?.[1];
      expect(read.filter((line) => line.replace("step ", "").startsWith(`${step}: `))).to.have.length(5);
      await page.mouse.move(5, 5);
      expect(await readouts.allTextContents()).to.deep.equal(atRest);
      await page.locator(".plot").nth(1).focus();
      for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
      expect((await readouts.allTextContents())[0]).to.match(/^step 3: /);
      await page.keyboard.press("ArrowLeft");
      expect((await readouts.allTextContents())[0]).to.match(/^step 2: /);
    });
  });

  it("keeps hostile text inert", async () => {
    await visit(async (page) => {
      for (const button of await page.locator(".open").all()) {
        await button.click();
        await page.keyboard.press("Escape");
      }
      expect(await page.evaluate(() => "hacked" in window)).to.equal(false);
      expect(await page.locator("body").isVisible()).to.equal(true);
      expect(await page.locator("script").count()).to.equal(2);
      expect(await page.locator("b", { hasText: "bold" }).allTextContents()).to.deep.equal([
        "rewards/<b>bold</b>/mean",
      ]);
    });
  });

  it("lets no other script run, even where markup gets in", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(() => {
      const box = document.createElement("div");
      box.innerHTML = '<img src="data:," onerror="window.hacked=1"><img src="http://evil.test/a.png">';
      const script = document.createElement("script");
      script.textContent = "window.hacked=2";
      document.body.append(box, script);
    });
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => "hacked" in window)).to.equal(false);
    await context.close();
  });

  it("fits 375 px, in light and dark, with the dialog open too", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await visit(
        async (page) => {
          const overflow = () =>
            page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(await overflow()).to.equal(0);
          await page.locator(".open").nth(2).click();
          expect(await overflow()).to.equal(0);
          expect(
            await page.locator("dialog").evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth),
          ).to.equal(0);
        },
        { viewport: { width: 375, height: 812 }, colorScheme },
      );
    }
  });

  it("can be read and heard: contrast, alternative texts, heading order, names", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await visit(
        async (page) => {
          expect(await page.evaluate(lowContrast)).to.deep.equal([]);
          expect(await page.locator("img:not([alt])").count()).to.equal(0);
          const levels = await page
            .locator("main h2, main h3, header h1")
            .evaluateAll((list) => list.map(({ tagName }) => Number(tagName[1])));
          levels.forEach((level, i) => void expect(level - (levels[i - 1] ?? 0)).to.be.at.most(1));
          expect(await page.locator(".plot").first().getAttribute("aria-label")).to.match(
            /^reward\. GRPO steps 1 to 20: from 0\.\d+ to 0\.\d+\.$/,
          );
        },
        { colorScheme },
      );
    }
  });

  it("is equal for equal input", async () => {
    expect(await writeReport(await reportInput())).to.equal(text);
  });

  it("shows what there is when nothing was trained or shown", async () => {
    const input = await reportInput();
    const bare = { ...input, events: [], comparison: { ...input.comparison, gallery: [] } };
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.setContent(await writeReport(bare));
    expect(await page.locator("h2").allTextContents()).to.deep.equal([
      "Facts right",
      "Agents",
      "Differences",
      "Throughput",
      "Do it again",
    ]);
    expect(errors).to.deep.equal([]);
    await page.close();
  });
});

/** Texts whose contrast against what lies behind them is below 4.5 to 1 (WCAG 2.2, 1.4.3). Runs in the page. */
function lowContrast(): string[] {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): string => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255,255,255)";
  };
  return [...document.querySelectorAll("body *")].flatMap((element) => {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!own || !element.checkVisibility() || element.closest("dialog,script")) return [];
    const style = getComputedStyle(element);
    const text = element instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [luminance(text), luminance(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return ratio < 4.5
      ? [`${element.className}: ${element.textContent?.trim().slice(0, 30)} ${ratio.toFixed(2)}`]
      : [];
  });
}
