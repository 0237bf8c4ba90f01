import { expect } from "chai";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { MOST_STOPS, stopsOf } from "../../../env/render/tab/scroll-tour.js";
import { onePage, sitePageOf } from "./site-support.js";
import { colourAt, pageOf, textOf } from "./support.js";

describe("a tour", () => {
  it("stops at three quarters of a window each, and at the end", () => {
    expect(stopsOf(600, 600)).to.deep.equal([]);
    expect(stopsOf(601, 600)).to.deep.equal([1]);
    expect(stopsOf(1050, 600)).to.deep.equal([450]);
    expect(stopsOf(1500, 600)).to.deep.equal([450, 900]);
    expect(stopsOf(1501, 600)).to.deep.equal([450, 900, 901]);
  });

  it("has an end on pages without one", () => {
    const stops = stopsOf(10_000_000, 600);
    expect([stops.length, stops.at(-1)]).to.deep.equal([MOST_STOPS - 1, 450 * (MOST_STOPS - 1)]);
    expect(stopsOf(5000, 1)).to.have.lengthOf(MOST_STOPS - 1);
  });
});

describe("pages that show themselves on scrolling", function () {
  this.timeout(60_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1, deadline: 15_000 });
  });
  after(() => renderer.close());

  const sections = Array.from({ length: 8 }, (_, i) => `<section>Part ${i}</section>`).join("");
  const sheet = `<style>body { margin: 0 } section { height: 500px; background: #00f; opacity: 0; transition: opacity 1s }
    section.in { opacity: 1 }</style>`;
  const GREATEST = [...Array(8).keys()];
  const shown = async (html: string) => {
    const page = await pageOf(renderer, `${sheet}${sections}${html}`);
    const seen: number[] = [];
    for (const i of GREATEST) if ((await colourAt(page, 400, i * 500 + 250))[0]! < 10) seen.push(i);
    return seen;
  };
  const observing = (then: string, options = "{}") =>
    `<script>const seen = new IntersectionObserver((entries, observer) => { for (const e of entries) { ${then} } }, ${options});
     document.querySelectorAll("section").forEach((s) => seen.observe(s))</script>`;

  it("are whole in the picture: each part that waits to come into view", async () => {
    const add = observing(
      "if (e.isIntersecting) { e.target.classList.add('in'); observer.unobserve(e.target) }",
    );
    expect(await shown(add)).to.deep.equal(GREATEST);
    expect(
      await shown(observing("if (e.isIntersecting) e.target.classList.add('in')", "{ threshold: 0.6 }")),
    ).to.deep.equal(GREATEST);
  });

  it("are whole where a part hides again as it leaves", async () => {
    expect(await shown(observing("e.target.classList.toggle('in', e.isIntersecting)"))).to.deep.equal(
      GREATEST,
    );
  });

  it("are whole where a listener does it, of whatever kind", async () => {
    const reveal = `const reveal = () => document.querySelectorAll("section").forEach((s) =>
      s.getBoundingClientRect().top < innerHeight && s.classList.add("in"));`;
    for (const listen of [
      'addEventListener("scroll", reveal)',
      'document.addEventListener("scroll", reveal, { passive: true })',
      "onscroll = reveal",
      'addEventListener("scroll", () => requestAnimationFrame(reveal))',
    ])
      expect(await shown(`<script>${reveal} ${listen}; reveal()</script>`), listen).to.deep.equal(GREATEST);
    expect(await shown(`<script>${reveal} reveal()</script>`), "nothing listens").to.deep.equal([0, 1]);
  });

  it("are whole where their animation is bound to the window", async () => {
    const bound = `<style>@keyframes in { from { opacity: 0 } to { opacity: 1 } }
      section { animation: in linear both; animation-timeline: view(); animation-range: entry 0% cover 40% }</style>`;
    expect(await shown(bound)).to.deep.equal(GREATEST);
  });

  it("are whole where the browser leaves parts out of layout until they are near", async () => {
    const auto =
      "section { opacity: 1; content-visibility: auto; contain-intrinsic-size: auto 500px; height: auto } section div { height: 500px; background: #00f }";
    const page = await pageOf(
      renderer,
      `${sheet}<style>${auto}</style>${"<section><div>a</div></section>".repeat(8)}<p style="content-visibility: hidden">hidden</p>`,
    );
    expect(await colourAt(page, 400, 3750)).to.deep.equal([0, 0, 255]);
    expect(page.snapshot.texts).to.have.lengthOf(8);
    const late = `<script>document.adoptedStyleSheets = [new CSSStyleSheet()]; document.adoptedStyleSheets[0].replaceSync("${auto}")</script>`;
    expect((await pageOf(renderer, `${sheet}${sections}${late}`)).snapshot.texts).to.have.lengthOf(8);
  });

  it("are whole where a site's pictures are loaded late", async () => {
    const artifact = onePage(
      `<>{[...Array(8).keys()].map((i) => <img key={i} loading="lazy" src={"/a.svg?" + i} style={{ display: "block", width: 500, height: 1000 }} />)}</>`,
    );
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 2"><rect width="1" height="2" fill="#00f"/></svg>';
    const page = await sitePageOf(renderer, {
      ...artifact,
      files: { ...artifact.files, "public/a.svg": svg },
    });
    expect(await colourAt(page, 250, 7500)).to.deep.equal([0, 0, 255]);
  });

  it("stand at the top again, with all that counts or follows at its end", async () => {
    const page = await pageOf(
      renderer,
      `<style>header { position: sticky; top: 0 } div { height: 700px }</style><header>top</header><div></div><p>0</p><div></div><b></b>
      <script>
      onscroll = () => { document.querySelector("header").textContent = scrollY > 50 ? "away" : "top" };
      new IntersectionObserver(([e], o) => {
        if (!e.isIntersecting) return;
        o.disconnect();
        const begin = performance.now();
        requestAnimationFrame(function step(now) {
          const t = Math.min(1, (now - begin) / 1500);
          document.querySelector("p").textContent = Math.round(t * 1280);
          if (t < 1) requestAnimationFrame(step);
        });
      }).observe(document.querySelector("p"));
      </script>`,
    );
    expect(textOf(page)).to.equal("top 1280");
  });

  it("grow by what one visit loads, not without end", async () => {
    const page = await pageOf(
      renderer,
      `<style>body { margin: 0 } div { height: 1000px }</style><main><div></div></main><b>end</b><script>
      new IntersectionObserver((entries) => { if (entries.some((e) => e.isIntersecting)) document.querySelector("main").append(document.createElement("div")) })
        .observe(document.querySelector("b"))</script>`,
    );
    expect(page.height).to.be.within(2000, 3100);
  });

  it("have one picture each time, and the observers of an ordinary browser", async () => {
    const html = `${sheet}${sections}${observing("e.target.classList.toggle('in', e.isIntersecting)")}<script>
      document.title = [IntersectionObserver.name, seen instanceof IntersectionObserver, seen.constructor === IntersectionObserver,
        seen.thresholds.length, addEventListener.name].join()</script>`;
    const first = await pageOf(renderer, html);
    expect(await (await pageOf(renderer, html)).hash()).to.equal(await first.hash());
    expect(first.html).to.include("<title>IntersectionObserver,true,true,1,addEventListener</title>");
  });
});
