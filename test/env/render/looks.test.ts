import { expect } from "chai";
import type { PageView, RenderedPage, RenderRequest } from "../../../env/contract/rendered-page.js";
import { createRenderer, decodePng, type Renderer } from "../../../env/render/index.js";
import { textOf, VIEWPORT } from "./support.js";

describe("further looks at one document", function () {
  this.timeout(60_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1, deadline: 15_000 });
  });
  after(() => renderer.close());

  async function look(html: string, options: Partial<RenderRequest>): Promise<RenderedPage> {
    const outcome = await renderer.render({
      artifact: { kind: "html", html },
      viewport: VIEWPORT,
      ...options,
    });
    if (outcome.status !== "rendered") throw new Error(JSON.stringify(outcome));
    return outcome.page;
  }
  const colour = async (view: PageView | undefined, x: number, y: number) => {
    if (!view) throw new Error("The look is missing.");
    const { width, data } = await decodePng(view.png);
    const at = (y * width + x) * 4;
    return [...data.subarray(at, at + 3)];
  };
  const RED = [255, 0, 0];
  const GREEN = [0, 128, 0];
  const plainCss = "div { background: green !important }";
  const box = "body { margin: 0 } div { height: 100px; background: red }";

  describe("in plain CSS", () => {
    const stubborn: Record<string, string> = {
      "a plain rule": `<style>${box}</style><div></div>`,
      "an important rule of higher specificity": `<style>${box} #a.b.c { background: red !important }</style><div id=a class="b c"></div>`,
      "an important rule in a layer": `<style>@layer mine { div { background: red !important } } ${box}</style><div></div>`,
      "an important inline style": `<style>${box}</style><div style="background: red !important"></div>`,
      "an adopted sheet of its own": `<style>${box}</style><div id=a></div><script>const s = new CSSStyleSheet();
        s.replaceSync("@layer x { #a { background: red !important } }"); document.adoptedStyleSheets = [s]</script>`,
      "an animation": `<style>${box} @keyframes k { to { background: red } } div { animation: k 1s forwards }</style><div></div>`,
      "a transition": `<style>${box} div { transition: background 1000s } div.on { background: #f00000 }</style><div></div>
        <script>document.body.offsetHeight; document.querySelector("div").className = "on"</script>`,
      "a policy against styles": `<meta http-equiv="Content-Security-Policy" content="style-src 'nonce-a'"><style nonce=a>${box}</style><div></div>`,
      "an open shadow root": `<style>body { margin: 0 }</style><section></section><script>
        document.querySelector("section").attachShadow({ mode: "open" }).innerHTML = "<style>${box} div { background: red !important }</style><div></div>"</script>`,
      "a closed shadow root": `<style>body { margin: 0 }</style><section></section><script>
        document.querySelector("section").attachShadow({ mode: "closed" }).innerHTML = "<style>${box} div { background: red !important }</style><div></div>"</script>`,
      "a frame": `<style>body { margin: 0 } iframe { border: 0; display: block }</style><iframe srcdoc="<style>${box} div { background: red !important }</style><div></div>"></iframe>`,
    };
    for (const [what, html] of Object.entries(stubborn))
      it(`outweighs ${what}, and leaves the page as it was`, async () => {
        const alone = await look(html, {});
        const page = await look(html, { plainCss, viewports: [VIEWPORT] });
        expect(await colour(page, 50, 50), "before").to.not.deep.equal(GREEN);
        expect(await colour(page.plain, 50, 50)).to.deep.equal(GREEN);
        expect(await page.hash()).to.equal(await alone.hash());
        // A transition that would have taken a quarter of an hour is over then.
        const after = what === "a transition" ? await look(html.replace("1000s", "1s"), {}) : alone;
        expect(await page.views?.[0]?.hash(), "after").to.equal(await after.hash());
        expect(alone.plain).to.equal(undefined);
      });

    it("is laid out by it, while the page's scripts do not notice", async () => {
      const html = `<style>body { margin: 0 } p { height: 100px; margin: 0 }</style><p>low</p><p id=seen></p><script>
        let calls = 0;
        const tell = () => { seen.textContent = "told " + ++calls };
        new ResizeObserver(tell).observe(document.querySelector("p"));
        new MutationObserver(tell).observe(document.documentElement, { subtree: true, attributes: true });
        </script>`;
      const page = await look(html, {
        plainCss: "p { height: 700px !important }",
        viewports: [VIEWPORT],
        probes: [{ kind: "exists", query: { text: "told 1" } }],
      });
      expect([page.height, page.plain?.height]).to.deep.equal([600, 1400]);
      const [low, told] = page.plain?.snapshot.texts ?? [];
      expect([low?.text, told?.box.y]).to.deep.equal(["low", 700]);
      expect(page.views?.map(({ snapshot }) => snapshot.texts.at(-1)?.text)).to.deep.equal(["told 1"]);
      expect(page.probes[0]?.score).to.equal(1);
    });
  });

  describe("later", () => {
    const strobe = `<style>body { margin: 0 } @keyframes k { 0%, 50% { background: red } 50.1%, to { background: green } }
      div { height: 100px; animation: k 1s infinite steps(1) } </style><div></div><p></p>
      <script>let n = 0; setInterval(() => { document.querySelector("p").textContent = ++n }, 100)</script>`;

    it("finds what is animated for ever, and timers, so much further", async () => {
      const page = await look(strobe, { later: 730 });
      expect(await colour(page, 50, 50)).to.deep.equal(RED);
      expect(await colour(page.later, 50, 50)).to.deep.equal(GREEN);
      expect([textOf(page), page.later?.snapshot.texts[0]?.text]).to.deep.equal(["10", "17"]);
      const alone = await look(strobe, {});
      expect([await alone.hash(), alone.later]).to.deep.equal([await page.hash(), undefined]);
      expect(await (await look(strobe, { later: 730 })).later?.hash()).to.equal(await page.later?.hash());
    });

    it("is refused for what is no time", async () => {
      for (const later of [0, Number.NaN, 60_001, -1]) {
        const error = await look("<p>", { later }).catch(String);
        expect(error).to.match(/The later look is asked for after .+ from 1 to 60000\./);
      }
    });
  });
});
