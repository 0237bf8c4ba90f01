import { expect } from "chai";
import type { RenderedPage, Renderer } from "../../../env/contract/rendered-page.js";
import type { Scorer, ScoringContext } from "../../../env/contract/scoring.js";
import { createSandbox, type Sandbox } from "../../../env/sandbox/index.js";
import { UsageError } from "../../../infra/errors.js";
import { measureApart, measuringIn } from "../../../rewards/apart/measure-apart.js";
import { isComposed } from "../../../rewards/compose.js";
import "../../../rewards/index.js";
import { getPreset, listPresets } from "../../../rewards/preset.js";
import { type AnyReward, getReward } from "../../../rewards/reward.js";
import { sharedRenderer } from "../../support/browser.js";
import { longestStretch } from "../../support/longest-stretch.js";
import "./slow-rewards.js";

const VIEWPORT = { width: 800, height: 600 };
const REFERENCE = `<body><header><h1>Fern</h1><nav><a href="#a">Home</a></nav></header><main>${"<section><h2>Title</h2><p>Some words</p></section>".repeat(6)}</main></body>`;
const many = (count: number, write: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => write(i)).join("");
const shade = (i: number) => `#${((i * 719) % 4096).toString(16).padStart(3, "0")}`;
const noise = (
  height: number,
) => `<canvas id="c" width="800" height="${height}" style="display: block"></canvas><script>
const x = c.getContext("2d"), d = x.createImageData(800, ${height}), u = new Uint32Array(d.data.buffer);
for (let i = 0, s = 1; i < u.length; i++) { s = s * 1664525 + 1013904223 | 0; u[i] = s | 0xff000000; }
x.putImageData(d, 0, 0);</script>`;

/** Pages of which there is much to measure, each in a way of its own. */
const LAYOUTS: Readonly<Record<string, string>> = {
  "3,000 lines in as many colours": `<body>${many(3000, (i) => `<p style="color: ${shade(i)}">words ${i} and more</p>`)}`,
  "10,000 boxes": `<body>${many(10_000, (i) => `<b style="display: inline-block; width: 9px; height: 9px; background: ${shade(i)}">x</b>`)}`,
  "nests 500 deep": `<body>${many(15, () => `${"<div>".repeat(480)}x${"</div>".repeat(480)}`)}`,
  "16 million pixels of noise": noise(20_000),
  "4 million pixels of noise": noise(5000),
  "60,000 paragraphs of source": `<body>${"<p class='a b'>x &amp; y</p>".repeat(60_000)}`.replaceAll(
    "<p ",
    "<i ",
  ),
  "two megabytes of hidden text": `<body hidden>${"lorem ipsum ".repeat(160_000)}`,
  "a text of seven million characters": `<body><div hidden id="a"></div><script>a.append("<>&x".repeat(400_000))</script>`,
  "29,000 elements made by script": `<body><script>document.body.innerHTML = "<i title=a></i>".repeat(29_000)</script>`,
  "giant letters": `<body style="font-size: 9000px; line-height: 1">${"Wide ".repeat(30)}`,
};

/** The one on which all presets are tried: most of what a picture can be takes longest on it. */
const MEASURED_WHOLE = new Set(["4 million pixels of noise"]);

/** All presets that can be had without a model. */
function presets(): Scorer[] {
  return listPresets().flatMap(({ name }) => {
    try {
      return getPreset(name);
    } catch (error) {
      if (error instanceof UsageError) return [];
      throw error;
    }
  });
}

describe("measuring in another process", function () {
  this.timeout(900_000);
  let renderer: Renderer;
  let reference: RenderedPage;
  const slow: Sandbox = createSandbox({
    module: new URL("../../../rewards/apart/jobs.js", import.meta.url),
    before: [new URL("./slow-rewards.js", import.meta.url)],
    limit: 1000,
    patience: 300,
    heapMegabytes: 128,
    memoryMegabytes: 2048,
  });
  before(async () => {
    renderer = await sharedRenderer();
    reference = (await contextOf(REFERENCE)).page as RenderedPage;
  });
  after(() => slow.close());

  async function contextOf(html: string): Promise<ScoringContext> {
    const artifact = { kind: "html", html } as const;
    const render = await renderer.render({ artifact, viewport: VIEWPORT, deadline: 60_000 });
    const page = render.status === "rendered" ? render.page : null;
    return {
      task: {
        id: "t",
        kind: "html",
        prompt: "A page.",
        viewport: VIEWPORT,
        reference: { html: REFERENCE },
        meta: {},
      },
      completion: { text: html, tokenCount: 10, finishReason: "stop" },
      artifact: { status: "ok", artifact },
      render,
      page,
      reference: reference ?? null,
      referencePicture: reference ?? null,
    };
  }

  it("gives what measuring here gives, of every part of every preset", async () => {
    let compared = 0;
    for (const html of [
      REFERENCE.replace("Fern", "Moss").replace("<main>", "<main style='color: teal'>"),
      LAYOUTS["nests 500 deep"]!,
    ]) {
      const context = await contextOf(html);
      const compare = async (name: string, reward: AnyReward) => {
        if (!("score" in reward)) return;
        const apart = await measureApart(reward, context);
        const here = await reward.score({ ...context, signal: new AbortController().signal });
        expect(apart, name).to.deep.equal(JSON.parse(JSON.stringify(here)));
        compared++;
      };
      const parts = presets().flatMap((scorer) =>
        isComposed(scorer)
          ? Object.entries(scorer.composition.parts).map(
              ([part, reward]) => [`${scorer.name} ${part}`, reward] as const,
            )
          : [],
      );
      await Promise.all(parts.map(([name, reward]) => compare(name, reward)));
    }
    expect(compared).to.be.at.least(60);
  });

  // 80 ms was the most in four runs of the suite, two of them with both cores held by others; the bound leaves room for slower machines.
  it("holds the event loop for a moment at most, whatever the page, rendering it included", async () => {
    const all = presets();
    const measured: { longest: number; what: string }[] = [];
    for (const [name, html] of Object.entries(LAYOUTS)) {
      const rendering = await longestStretch(() => contextOf(html));
      const context = rendering.value;
      const figures = [{ longest: rendering.longest, what: `rendering ${name}` }];
      if (MEASURED_WHOLE.has(name)) {
        const scoring = await longestStretch(() => Promise.all(all.map((scorer) => scorer.score([context]))));
        figures.push({ longest: scoring.longest, what: `all presets on ${name}` });
      }
      const { page } = context;
      if (page) {
        figures.push({
          longest: (await longestStretch(async () => page.snapshot)).longest,
          what: `snapshot of ${name}`,
        });
        figures.push({
          longest: (await longestStretch(async () => page.html)).longest,
          what: `markup of ${name}`,
        });
        figures.push({ longest: (await longestStretch(() => page.hash())).longest, what: `hash of ${name}` });
      }
      measured.push(...figures);
    }
    const [worst, ...others] = measured.toSorted((one, other) => other.longest - one.longest);
    for (const { longest, what } of [worst!, ...others.slice(0, 4)])
      console.log(`      ${longest.toFixed(0)} ms of this process's own time at a stretch: ${what}`);
    expect(worst!.longest, worst!.what).to.be.below(150);
  });

  it("pays 0 for a page that a reward cannot measure within its limits, and the other rewards as ever", async () => {
    const measure = measuringIn(() => slow);
    const context = await contextOf("<p>endless");
    const [endless, hungry, broken] = ["endless", "hungry", "broken"].map((name) =>
      getReward(`test/${name}`),
    );
    const scores = await Promise.all([endless!, hungry!, broken!].map((reward) => measure(reward, context)));
    expect(scores.map((score) => score?.value)).to.deep.equal([0, 1, 1]);
    expect(JSON.stringify(scores[0])).to.match(/more processor time than it may have/);
    const eater = await measure(hungry!, await contextOf("<p>hungry"));
    expect(eater?.value).to.equal(0);
    expect(await measure(broken!, await contextOf("<p>broken"))).to.deep.include({
      value: null,
      status: "failed",
    });
  });

  it("leaves to this process what another cannot make", async () => {
    const context = await contextOf("<p>plain");
    const own = { name: "own", needs: [], heavy: true, score: () => ({ value: 1, status: "ok" as const }) };
    expect(await measureApart(own, context)).to.equal(undefined);
    expect(await measureApart(getReward("test/endless"), context)).to.equal(undefined);
    const told = { ...context, task: { ...context.task, meta: { say: () => 1 } as never } };
    expect(await measureApart(getReward("visual"), told)).to.equal(undefined);
  });
});
