import { expect } from "chai";
import { findBrowser } from "../../../env/render/browser/find.js";
import { type BrowserProcess, launchBrowser } from "../../../env/render/browser/launch.js";
import type { ProbePage } from "../../../env/render/index.js";
import { probePage } from "../../../env/render/tab/probe-driver.js";
import { WebPage } from "../../../env/render/tab/web-page.js";
import { rejection } from "../../support/rejection.js";
import { VIEWPORT } from "./support.js";

const OPTIONS = {
  seed: 1,
  stepped: true,
  maxHeight: 8192,
  maxPixels: 2 ** 24,
  maxNodes: 10_000,
  settleTime: 1000,
  heapMegabytes: 512,
};

describe("what a probe may do", () => {
  let browser: BrowserProcess;
  let page: WebPage;
  before(async function () {
    const path = findBrowser()?.path ?? "";
    if (!path.includes("headless")) this.skip();
    browser = await launchBrowser({ path, ...OPTIONS });
    page = await WebPage.open(browser, OPTIONS);
  });
  after(() => browser?.kill());

  const open = async (html: string): Promise<ProbePage> => {
    await page.load({ html }, VIEWPORT);
    await page.settle();
    await page.capture();
    return probePage(page, { html });
  };

  it("sees the document, not the page's script world", async () => {
    const probe = await open(
      "<h1>x</h1><script>window.secret = 1; document.querySelector = () => null; Array.prototype.map = null</script>",
    );
    expect(await probe.evaluate("document.querySelector('h1').textContent")).to.equal("x");
    expect(await probe.evaluate("[typeof secret, [1].map((n) => n + 1)[0]]")).to.deep.equal(["undefined", 2]);
    await probe.evaluate("globalThis.kept = 5");
    expect(await probe.evaluate("kept")).to.equal(5);
    expect(await probe.evaluate("Promise.resolve(7)")).to.equal(7);
    expect((await rejection(probe.evaluate("throw new Error('mine')"))).message).to.equal("Error: mine");
  });

  it("resizes the window and media queries follow", async () => {
    const probe = await open("<style>@media (max-width: 400px) { h1 { color: red } }</style><h1>x</h1>");
    const colour = "getComputedStyle(document.querySelector('h1')).color";
    expect(await probe.evaluate(colour)).to.equal("rgb(0, 0, 0)");
    await probe.setViewport({ width: 375, height: 700 });
    expect(await probe.evaluate(`[${colour}, innerWidth, innerHeight]`)).to.deep.equal([
      "rgb(255, 0, 0)",
      375,
      700,
    ]);
    expect(probe.viewport).to.deep.equal({ width: 375, height: 700 });
  });

  it("clicks, hovers, types and presses as a person would", async () => {
    const probe = await open(
      `<style>body { margin: 0 } button, input { display: block; height: 50px; width: 200px } button:hover { color: red }</style>
      <button onclick="this.textContent = event.isTrusted ? 'clicked' : 'faked'">a</button><input id=i onkeydown="this.dataset.key = event.key">`,
    );
    await probe.hover(100, 25);
    await probe.settle();
    expect(await probe.evaluate("getComputedStyle(document.querySelector('button')).color")).to.equal(
      "rgb(255, 0, 0)",
    );
    await probe.click(100, 25);
    expect(await probe.evaluate("document.querySelector('button').textContent")).to.equal("clicked");
    await probe.click(100, 75);
    await probe.type("hello");
    await probe.press("!");
    await probe.press("Backspace");
    expect(await probe.evaluate("[i.value, i.dataset.key, document.activeElement.id]")).to.deep.equal([
      "hello",
      "Backspace",
      "i",
    ]);
    expect((await rejection(probe.press("Nonsense"))).message).to.match(/no key "Nonsense"/);
  });

  it("moves the focus with Tab", async () => {
    const probe = await open("<a href=#1 id=a>a</a><a href=#2 id=b>b</a><button id=c>c</button>");
    const order: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      await probe.press("Tab");
      order.push(await probe.evaluate("document.activeElement.id"));
    }
    expect(order).to.deep.equal(["a", "b", "c"]);
  });

  it("lets time pass only when asked, and loads again", async () => {
    const probe = await open("<p id=o>0</p><script>setInterval(() => { o.textContent++ }, 100)</script>");
    const count = () => probe.evaluate("+document.querySelector('p').textContent");
    expect(await count()).to.equal(10);
    expect(await count()).to.equal(10);
    await probe.settle(500);
    expect(await count()).to.equal(15);
    await probe.reload();
    expect(await count()).to.equal(10);
  });
});
