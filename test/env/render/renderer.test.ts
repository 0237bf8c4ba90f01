import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createRenderer, findBrowser, pngSize, type Renderer } from "../../../env/render/index.js";
import { rejection } from "../../support/rejection.js";
import { colourAt, outcomeOf, pageOf, textOf } from "./support.js";

const shows = (script: string) => `<p id=o>-</p><script>${script}</script>`;

describe("rendering a page", () => {
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 2 });
  });
  after(() => renderer.close());

  it("gives pixels, layout, markup and timing", async () => {
    const page = await pageOf(
      renderer,
      "<title>t</title><h1 class=big style='color:red'>Hello &amp; you</h1>",
    );
    expect(pngSize(page.png)).to.deep.equal({ width: 800, height: 600 });
    expect([page.width, page.height]).to.deep.equal([800, 600]);
    expect((await page.pixels()).data).to.have.length(800 * 600 * 4);
    const heading = page.snapshot.elements.find(({ tag }) => tag === "h1");
    expect(heading?.attributes.class).to.equal("big");
    expect(heading?.styles.color).to.equal("rgb(255, 0, 0)");
    expect(heading?.box.width).to.equal(784);
    expect(page.snapshot.elements[heading?.parent ?? -1]?.tag).to.equal("body");
    expect(textOf(page)).to.equal("Hello & you");
    expect(page.html).to.contain('<h1 class="big" style="color:red">Hello &amp; you</h1>');
    expect(page.timing.total).to.be.above(0);
    expect(page.findings).to.deep.equal([]);
    expect(await page.hash()).to.match(/^[0-9a-f]{64}$/);
  });

  it("shows the whole page, with the window's own height for 100vh and fixed elements", async () => {
    const page = await pageOf(
      renderer,
      `<style>body { margin: 0 } #a { height: 100vh; background: #f00 } #b { height: 1000px; background: #0f0 }
      #c { position: fixed; bottom: 0; width: 100%; height: 50px; background: #00f }</style><div id=a></div><div id=b></div><div id=c></div>`,
    );
    expect(page.height).to.equal(1600);
    expect(await colourAt(page, 400, 300)).to.deep.equal([255, 0, 0]);
    expect(await colourAt(page, 400, 575)).to.deep.equal([0, 0, 255]);
    expect(await colourAt(page, 400, 1590)).to.deep.equal([0, 255, 0]);
  });

  it("cuts a very tall page and says so", async () => {
    const page = await pageOf(renderer, "<div style='height:60000px'>tall</div>");
    expect(page.height).to.equal(20_971);
    expect(page.findings.map(({ kind }) => kind)).to.deep.equal(["truncated_height"]);
  });

  it("takes each viewport as it comes", async () => {
    const html = "<style>@media (max-width: 500px) { body { background: #0f0 } }</style><p>x";
    const widths = await Promise.all(
      [375, 1280, 375, 800].map(async (width) => {
        const page = await pageOf(renderer, html, { viewport: { width, height: 700 } });
        return [page.width, page.height, (await colourAt(page, 300, 600))[0]];
      }),
    );
    expect(widths).to.deep.equal([
      [375, 700, 0],
      [1280, 700, 255],
      [375, 700, 0],
      [800, 700, 255],
    ]);
  });

  it("tells a page that its screen is as large as its window, at the corner, and that it is seen", async () => {
    const html = shows(
      "o.textContent = [screenX, screenY, screen.width, screen.height, innerWidth, document.visibilityState].join()",
    );
    for (const [width, height] of [
      [1280, 1024],
      [375, 812],
    ] as const)
      expect(textOf(await pageOf(renderer, html, { viewport: { width, height } }))).to.equal(
        `0,0,${width},${height},${width},visible`,
      );
  });

  it("lets timers and animation frames run, and ends animations and transitions", async () => {
    const timers = await pageOf(
      renderer,
      shows(
        "let n = 0; requestAnimationFrame(function f() { n++; requestAnimationFrame(f) }); setTimeout(() => { o.textContent = 'late ' + n }, 900)",
      ),
    );
    expect(textOf(timers)).to.equal("late 56");
    const animated = await pageOf(
      renderer,
      `<style>body { margin: 0 } @keyframes grow { from { width: 0 } to { width: 700px } }
      #a { height: 100px; background: #f00; animation: grow 3s 1s both } #b { height: 100px; background: #00f; width: 0; transition: width 2s }
      .in { width: 700px !important }</style><div id=a></div><div id=b></div><script>setTimeout(() => b.classList.add('in'), 100)</script>`,
    );
    expect(await colourAt(animated, 690, 50)).to.deep.equal([255, 0, 0]);
    expect(await colourAt(animated, 690, 150)).to.deep.equal([0, 0, 255]);
  });

  it("shows what appears only once it is in view", async () => {
    const page = await pageOf(
      renderer,
      `<style>#a { height: 100px; background: #f00; opacity: 0; transition: opacity 1s }</style><div id=a></div>
      <script>new IntersectionObserver(([e]) => { if (e.isIntersecting) a.style.opacity = 1 }).observe(a)</script>`,
    );
    expect(await colourAt(page, 400, 50)).to.deep.equal([255, 0, 0]);
  });

  it("has a fixed clock and seeded chance", async () => {
    const html = shows(
      "o.textContent = [Date.now(), new Date().getFullYear(), performance.now(), Math.random(), crypto.randomUUID(), Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language, typeof Date()].join()",
    );
    const [first, second] = await Promise.all([pageOf(renderer, html), pageOf(renderer, html)]);
    expect(textOf(first)).to.match(/^1744711200000,2025,0,0\.\d+,[0-9a-f-]{36},UTC,en-US,string$/);
    expect(textOf(second)).to.equal(textOf(first));
  });

  it("writes down console, errors and rejections", async () => {
    const page = await pageOf(
      renderer,
      "<p>x<script>console.log('one', 2, { a: 3 }); console.warn('careful'); Promise.reject(new Error('nope')); setTimeout(() => { throw new TypeError('later') }, 10); missing()</script>",
    );
    expect(page.console).to.deep.include({ level: "info", text: "one 2 Object" });
    expect(page.console).to.deep.include({ level: "warning", text: "careful" });
    expect(page.errors.join()).to.match(/ReferenceError: missing is not defined/);
    expect(page.errors.join())
      .to.match(/Error: nope/)
      .and.match(/TypeError: later/);
    expect(page.findings.filter(({ kind }) => kind === "script_error")).to.have.length(3);
  });

  it("finds blank pages, sideways scrolling and blocked requests", async () => {
    const kinds = async (html: string) => (await pageOf(renderer, html)).findings.map(({ kind }) => kind);
    expect(await kinds("")).to.deep.equal(["blank"]);
    expect(await kinds("<body style='background:#123'>")).to.deep.equal(["blank"]);
    expect(await kinds("<p style='color:white;background:white'>hidden")).to.deep.equal(["blank"]);
    expect(await kinds("<p>.")).to.deep.equal([]);
    expect(await kinds("<div style='width:2000px'>wide")).to.deep.equal(["overflow"]);
    expect(await kinds("<p>x<img src='https://example.com/a.png'>")).to.deep.equal(["blocked_request"]);
  });

  it("has storage, but none that another page left", async () => {
    const html = shows(
      "o.textContent = [localStorage.length, sessionStorage.length, document.cookie, window.name, history.length].join(); localStorage.a = sessionStorage.a = 'x'; document.cookie = 'a=b'; document.cookie = 'c=d; domain=webgen.invalid'; window.name = 'me'; window.leak = 1; o.textContent += ' ' + localStorage.a",
    );
    for (let i = 0; i < 6; i++) expect(textOf(await pageOf(renderer, html))).to.match(/^0,0,,,\d x$/);
  });

  it("scrolls back to the top", async () => {
    const page = await pageOf(
      renderer,
      "<body style='margin:0'><div style='height:100px;background:#f00'></div><div style='height:2000px'></div><script>onscroll = () => scrollTo(0, 900); onload = () => scrollTo(0, 500)</script>",
    );
    expect(await colourAt(page, 10, 50)).to.deep.equal([255, 0, 0]);
  });

  it("has no way back to the page before, and is not harmed by trying", async () => {
    const html =
      "<script>history.back(); history.go(-5); onload = () => history.back()</script><h1>Here</h1>";
    for (let turn = 0; turn < 40; turn++) {
      await pageOf(renderer, "<h1>Before</h1>");
      expect(textOf(await pageOf(renderer, html))).to.equal("Here");
    }
  });

  it("says when a page left or is too large", async () => {
    const away = await outcomeOf(renderer, "<p>x<script>location = 'about:blank'</script>");
    expect(away).to.deep.include({ status: "failed", reason: "navigated_away" });
    const large = await outcomeOf(renderer, `<p>${"x".repeat(2_000_001)}`);
    expect(large).to.deep.include({ status: "failed", reason: "too_large" });
  });

  it("refuses an impossible viewport or concurrency with a sentence", async () => {
    const error = await rejection(outcomeOf(renderer, "x", { viewport: { width: 0, height: 600 } }));
    expect(error.message).to.match(/viewport is 0x600/);
    expect((await rejection(createRenderer({ concurrency: 0 }))).message).to.match(/concurrency is 0/);
  });

  it("ends twice without harm, and not before it is asked", async () => {
    const other = await createRenderer({ concurrency: 1 });
    await other.close();
    await other.close();
    expect((await rejection(outcomeOf(other, "x"))).message).to.match(/was closed/);
  });

  it("works in a browser whose frames cannot be stepped", async function () {
    if (process.platform === "win32") this.skip();
    const folder = mkdtempSync(join(tmpdir(), "webgen-plain-"));
    const starter = join(folder, "chromium");
    writeFileSync(starter, `#!/bin/sh\nexec "${findBrowser()?.path}" "$@"\n`, { mode: 0o755 });
    const plain = await createRenderer({ concurrency: 2, browserPath: starter });
    try {
      expect(plain.browserVersion).to.match(/^chromium \d+/);
      const html = `<style>body { margin: 0 } @keyframes grow { from { width: 0 } } div { width: 700px; height: 1500px; background: #f00; animation: grow 5s }</style><div></div>`;
      const pages = await Promise.all([1, 2, 3, 4].map(() => pageOf(plain, html)));
      expect(pages.map(({ height }) => height)).to.deep.equal([1500, 1500, 1500, 1500]);
      expect(await colourAt(pages[0]!, 690, 1490)).to.deep.equal([255, 0, 0]);
      expect(new Set(await Promise.all(pages.map((page) => page.hash()))).size).to.equal(1);
    } finally {
      await plain.close();
    }
  });
});
