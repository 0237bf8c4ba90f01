import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import type { PageView } from "../../../env/contract/rendered-page.js";
import { createRenderer, decodePng, pngSize, type Renderer } from "../../../env/render/index.js";
import { outcomeOf, pageOf, VIEWPORT } from "./support.js";

const PHONE = { width: 375, height: 667 };
const DESKTOP = { width: 1280, height: 800 };

async function colour(png: Uint8Array, x: number, y: number): Promise<number[]> {
  const { width, data } = await decodePng(png);
  const at = (y * width + x) * 4;
  return [...data.subarray(at, at + 3)];
}

describe("one document in several windows", function () {
  this.timeout(30_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1 });
  });
  after(() => renderer.close());

  const html = `<style>body { margin: 0; background: #00f; height: 1500px } h1 { font: 20px sans-serif; margin: 0 }
    @media (max-width: 500px) { body { background: #0f0; transition: background 3s } h1 { width: 600px } }</style><h1>-</h1>
    <script>onresize = () => setTimeout(() => { document.querySelector('h1').textContent = innerWidth }, 50)</script>`;
  const title = (view: PageView) => view.snapshot.texts[0]?.text;

  it("is drawn, laid out and found wanting in each, and as if alone in the first", async () => {
    const outcome = await renderer.render({
      artifact: { kind: "html", html },
      viewport: VIEWPORT,
      viewports: [DESKTOP, PHONE],
      probes: [{ kind: "exists", query: { role: "heading" } }],
    });
    if (outcome.status !== "rendered") throw new Error(outcome.message);
    const { page } = outcome;
    const [desktop, phone] = page.views ?? [];
    if (!desktop || !phone) throw new Error("A view is missing.");
    expect(pngSize(desktop.png)).to.deep.equal({ width: 1280, height: 1500 });
    expect([phone.width, phone.height, phone.viewport]).to.deep.equal([375, 1500, PHONE]);
    expect(await colour(desktop.png, 600, 700)).to.deep.equal([0, 0, 255]);
    expect(await colour(phone.png, 300, 700)).to.deep.equal([0, 255, 0]);
    expect([title(desktop), title(phone)]).to.deep.equal(["1280", "375"]);
    expect(phone.findings.map(({ kind }) => kind)).to.deep.equal(["overflow"]);
    expect(desktop.findings).to.deep.equal([]);
    expect(page.probes[0]?.score).to.equal(1);
    const alone = await pageOf(renderer, html);
    expect(await page.hash()).to.equal(await alone.hash());
    expect(alone.views).to.equal(undefined);
    expect(await phone.hash()).to.match(/^[0-9a-f]{64}$/);
  });

  it("may be pictured before and after each click of a probe", async () => {
    const probes: Probe[] = [
      { kind: "exists", query: { role: "button" } },
      { kind: "click", query: { role: "button" }, expect: [{ kind: "exists", query: { text: "Red" } }] },
    ];
    const page = `<body style="margin:0"><div style="height:3000px"></div><button style="height:50px" onclick="document.body.style.background = '#f00'; this.textContent = 'Red'">Go</button>`;
    const plain = await pageOf(renderer, page, { probes });
    expect(plain.clicks).to.equal(undefined);
    const outcome = await renderer.render({
      artifact: { kind: "html", html: page },
      viewport: VIEWPORT,
      probes,
      clickStates: true,
    });
    if (outcome.status !== "rendered") throw new Error(outcome.message);
    expect(outcome.page.probes).to.deep.equal(plain.probes);
    expect(outcome.page.probes[1]?.score).to.equal(1);
    const [state, ...others] = outcome.page.clicks ?? [];
    if (!state) throw new Error("No click was pictured.");
    expect(others).to.deep.equal([]);
    expect([state.probe, state.query]).to.deep.equal([1, { role: "button" }]);
    expect(pngSize(state.before)).to.deep.equal(VIEWPORT);
    expect(await colour(state.before, 700, 100)).to.deep.equal([255, 255, 255]);
    expect(await colour(state.after, 700, 100)).to.deep.equal([255, 0, 0]);
  });
});

describe("a page of unusual size", function () {
  this.timeout(60_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1, deadline: 15_000 });
  });
  after(() => renderer.close());

  it("is drawn whole at 20,000 px: nothing repeated, nothing left out", async () => {
    const marks = Array.from({ length: 200 }, (_, i) => [(i * 37) % 256, 255 - i, i]);
    const html = `<style>body { margin: 0 } div { height: 100px }</style>${marks.map((rgb) => `<div style="background:rgb(${rgb})"></div>`).join("")}`;
    const page = await pageOf(renderer, html);
    const { width, height, data } = await page.pixels();
    expect([width, height]).to.deep.equal([800, 20_000]);
    const wrong = marks.filter(([r, g, b], i) =>
      [i * 100, i * 100 + 50, i * 100 + 99].some((y) => {
        const at = (y * width + 400) * 4;
        return data[at] !== r || data[at + 1] !== g || data[at + 2] !== b;
      }),
    );
    expect(wrong).to.deep.equal([]);
    expect(page.findings).to.deep.equal([]);
  });

  it("is cut where its picture would have too many pixels, and says so", async () => {
    const page = await pageOf(renderer, "<div style='height:60000px'>tall</div>", {
      viewport: { width: 1000, height: 500 },
    });
    expect(page.height).to.equal(16_777);
    expect(page.findings).to.deep.equal([
      {
        kind: "truncated_height",
        message: "The page is 60016 px tall; only the first 16777 px were rendered.",
      },
    ]);
    const narrow = await pageOf(renderer, "<div style='height:60000px'>tall</div>", {
      viewport: { width: 100, height: 500 },
    });
    expect(narrow.height).to.equal(32_768);
  });

  it("is refused when it has too many nodes, elements or others", async () => {
    const small = await createRenderer({ concurrency: 1, maxNodes: 1000 });
    try {
      const count = (n: number, make: string) =>
        outcomeOf(small, `<p>x<script>for (let i = 0; i < ${n}; i++) document.body.append(${make})</script>`);
      expect((await count(900, "document.createElement('i')")).status).to.equal("rendered");
      const elements = await count(1100, "document.createElement('i')");
      expect(elements).to.deep.include({ status: "failed", reason: "too_large" });
      expect(elements)
        .to.have.property("message")
        .that.matches(/^The document has 110\d nodes or more; at most 1000/);
      const others = await count(1100, "new Comment('x')");
      expect(others).to.deep.include({ status: "failed", reason: "too_large" });
      expect((await pageOf(small, "<p>after")).findings).to.deep.equal([]);
    } finally {
      await small.close();
    }
  });
});
