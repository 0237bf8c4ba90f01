import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { onePage } from "./site-support.js";
import { outcomeOf, pageOf, VIEWPORT } from "./support.js";

describe("whose fault it is", function () {
  this.timeout(120_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1, deadline: 3000 });
  });
  after(() => renderer.close());
  const scoresOf = async (html: string, probes: Probe[]) =>
    (await pageOf(renderer, html, { probes })).probes.map(({ score }) => score);

  it("a page whose markup outgrows all bounds is too large", async () => {
    const html = `<body><script>const text = "x".repeat(100_000); for (let i = 0; i < 6000; i++) {
      const p = document.createElement("p"); p.setAttribute("title", text); document.body.append(p); }</script>`;
    const outcome = await outcomeOf(renderer, html);
    expect(outcome).to.deep.include({ status: "failed", reason: "too_large" });
    const fine = html.replace("100_000", "1000");
    expect((await pageOf(renderer, fine)).html.length).to.be.above(6_000_000);
  });

  const heading: Probe = { kind: "exists", query: { role: "heading" } };

  it("a page that hangs under its probes fails the ones that are left", async () => {
    const narrow: Probe = { kind: "exists", query: { role: "heading" }, width: 400 };
    const spins = `<h1>A</h1><script>let n = 0; new ResizeObserver(() => { if (++n === 2) for (;;); }).observe(document.body)</script>`;
    expect(await scoresOf(spins, [heading, narrow])).to.deep.equal([0, 0]);
    const click: Probe = { kind: "click", query: { role: "button" }, expect: [heading] };
    const after = `<h1>A</h1><button onclick="for (;;);">Go</button>`;
    expect(await scoresOf(after, [heading, click, heading])).to.deep.equal([1, 0, 0]);
    expect(await scoresOf("<h1>A</h1>", [heading])).to.deep.equal([1]);
  });

  it("a page too large for its audit has no part in accessibility", async () => {
    const html = `<body><h1>A</h1><script>for (let i = 0; i < 5100; i++) document.body.append(document.createElement("i"))</script>`;
    const [audit] = (await pageOf(renderer, html, { probes: [{ kind: "axe" }] })).probes;
    expect(audit?.score).to.equal(0);
    expect(audit?.detail).to.match(/elements; at most 5000 are audited/);
  });

  it("a component that forges the report of its failure has failed", async () => {
    for (const thrown of [
      "webgen:component-failed:",
      "webgen:component-failed:{",
      'webgen:component-failed:{"message":{"toString":1},"line":"x"}',
      'webgen:component-failed:{"message":"m","line":1e999,"column":null}',
      "webgen:component-failed:null}",
    ]) {
      const source = `export default function App() { reportError(${JSON.stringify(thrown)}); throw ${JSON.stringify(thrown)}; }`;
      const outcome = await renderer.render({ artifact: { kind: "tsx", source }, viewport: VIEWPORT });
      expect(outcome, thrown).to.deep.include({ status: "failed", reason: "script_error" });
    }
  });

  it("a site whose routes are out of all measure has rendered or failed", async () => {
    const long = `/:id${"x".repeat(1_500_000)}`;
    const artifact = onePage(
      `<Routes><Route path="/" element={<p>Home</p>} /><Route path="${long}" element={<p>Long</p>} /></Routes>`,
      `import { Routes, Route } from "react-router-dom";`,
    );
    const outcome = await renderer.render({ artifact, viewport: VIEWPORT });
    // The router itself may not stand such a route; a score it has in any case.
    if (outcome.status === "failed") expect(outcome.reason).to.equal("script_error");
    else
      expect(
        outcome.status === "rendered" && outcome.page.site?.routes.map(({ path }) => path),
      ).to.deep.equal(["/"]);
  });

  it("a page that makes the browser say too much is too large", async () => {
    const html = `<script>console.log("x".repeat(2 ** 28)); console.log("x".repeat(2 ** 29 - 100))</script>`;
    const outcome = await outcomeOf(renderer, html);
    expect(
      outcome.status === "rendered" ? "rendered" : outcome.status === "failed" && outcome.reason,
    ).to.be.oneOf(["too_large", "rendered", "timeout"]);
    expect((await outcomeOf(renderer, "<p>after")).status).to.equal("rendered");
  });
});

describe("a render that is not wanted any more", function () {
  this.timeout(60_000);

  it("ends with the signal's reason, waiting or under way, and the others go on", async () => {
    const renderer = await createRenderer({ concurrency: 1, deadline: 30_000 });
    try {
      const spin = "<script>for (;;);</script>";
      const [running, waiting] = [new AbortController(), new AbortController()];
      const render = (html: string, signal?: AbortSignal) =>
        renderer
          .render({ artifact: { kind: "html", html }, viewport: VIEWPORT, ...(signal ? { signal } : {}) })
          .then(
            ({ status }) => status,
            (error: unknown) => error,
          );
      const first = render(spin, running.signal);
      const second = render("<p>", waiting.signal);
      const third = render("<p>third");
      waiting.abort(new Error("second"));
      expect(String(await second)).to.equal("Error: second");
      running.abort(new Error("first"));
      expect(String(await first)).to.equal("Error: first");
      expect(await third).to.equal("rendered");
      expect(String(await render("<p>", AbortSignal.abort(new Error("before"))))).to.equal("Error: before");
    } finally {
      await renderer.close();
    }
  });

  it("is refused when it waits as the renderer closes, which resolves when all has ended", async () => {
    const renderer = await createRenderer({ concurrency: 1, queueLimit: 3, deadline: 30_000 });
    const ends: string[] = [];
    const render = (html: string) =>
      renderer.render({ artifact: { kind: "html", html }, viewport: VIEWPORT }).then(
        ({ status }) => ends.push(status),
        (error: unknown) => ends.push(String(error)),
      );
    const all = [render("<script>for (;;);</script>"), render("<p>"), render("<p>"), render("<p>")];
    const refused = await renderer
      .render({ artifact: { kind: "html", html: "<p>" }, viewport: VIEWPORT })
      .catch((error: unknown) => error);
    expect(String(refused)).to.match(/^InfrastructureError: 3 renders wait already/);
    await renderer.close();
    expect(ends).to.have.lengthOf(4);
    for (const end of ends) expect(end).to.match(/The renderer was closed/);
    await Promise.all(all);
    await renderer.close();
  });

  it("is not begun for a deadline that is none", async () => {
    for (const deadline of [Number.NaN, 0, -1, Number.POSITIVE_INFINITY]) {
      const error: unknown = await createRenderer({ concurrency: 1, deadline }).catch(
        (reason: unknown) => reason,
      );
      expect(String(error)).to.match(
        /^UsageError: The deadline is \S+; it must be a number of milliseconds above 0/,
      );
    }
  });
});
