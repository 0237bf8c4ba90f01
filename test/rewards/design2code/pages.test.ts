import { expect } from "chai";
import { measureAgreement } from "../../../experiments/bench/metrics-agreement.js";
import { pagePairs } from "../../../experiments/bench/metrics-pairs.js";
import {
  compareBlocks,
  DESIGN2CODE_VIEWPORT,
  exactPage,
  meanOfFour,
  mergeByBbox,
  nativeBlocks,
  nativePage,
} from "../../../rewards/metrics/design2code/index.js";
import { design2code } from "../../../rewards/systems/vcoder/index.js";
import { scoreGroup } from "../../../rewards/testing.js";
import { sharedRenderer } from "../../support/browser.js";

const PAGE = `<!DOCTYPE html><html><head><style>body{margin:0;font:18px "Liberation Sans"}p{color:#334455}
.cover{position:absolute;left:0;top:300px;width:500px;height:60px;background:#fff}
.under{position:absolute;left:10px;top:310px}strong{color:#a00}</style></head><body>
<h1 style="color:#102030">Title of it</h1><p>First <i>second</i> <strong>third</strong></p><label>nobody</label>
<section style="color:red">plain <span>inside</span></section><p hidden>gone</p>
<p class="under">covered</p><div class="cover"></div></body></html>`;

async function render(html: string) {
  const renderer = await sharedRenderer();
  const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport: DESIGN2CODE_VIEWPORT });
  if (outcome.status !== "rendered") throw new Error(outcome.message);
  return outcome.page;
}

describe("Design2Code on rendered pages", function () {
  this.timeout(120_000);

  it("finds the texts that upstream finds, in order", async () => {
    const exact = await exactPage(PAGE, { renderer: await sharedRenderer() });
    const texts = mergeByBbox(exact.blocks).map(({ text }) => text);
    expect(texts).to.deep.equal(["title of it", "first second third", "inside", "covered"]);
    const native = await nativePage(await render(PAGE));
    expect(native.blocks.map(({ text }) => text)).to.deep.equal([
      "title of it",
      "first second third",
      "inside",
    ]);
    const seen = exact.blocks.filter(({ text }) => text !== "covered");
    expect(meanOfFour(compareBlocks(native.blocks, seen))).to.be.above(0.99);
  });

  it("keeps covered text in the layout's blocks, and drops it where pixels are looked at", async () => {
    const page = await render(PAGE);
    expect(nativeBlocks(page).some(({ text }) => text === "covered")).to.equal(true);
    expect((await nativePage(page)).blocks.some(({ text }) => text === "covered")).to.equal(false);
  });

  it("finds nothing in a page without a body tag, unless told to write it", async () => {
    const renderer = await sharedRenderer();
    expect((await exactPage("<p>Hello</p>", { renderer })).blocks).to.deep.equal([]);
    const written = await exactPage("<p>Hello</p>", { renderer, impliedBody: "write" });
    expect(written.blocks.map(({ text }) => text)).to.deep.equal(["hello"]);
  });

  it("agrees in both forms on generated pages and worse versions of them", async () => {
    const agreement = await measureAgreement(pagePairs(20), await sharedRenderer());
    expect(agreement.meanAbsolute).to.be.below(0.002);
    expect(agreement.largest).to.be.below(0.01);
  });

  it("scores as a reward: the reference 1, a blank page 0, with the matched blocks as evidence", async () => {
    const pages = [PAGE, "<!DOCTYPE html><html><body></body></html>", PAGE.replace("First", "Other")];
    for (const reward of [design2code(), design2code({ form: "exact", renderer: await sharedRenderer() })]) {
      const [same, blank, close] = await scoreGroup(reward, pages, {
        reference: PAGE,
        renderer: await sharedRenderer(),
      });
      expect(same?.value).to.be.closeTo(1, 1e-9);
      expect(blank?.value).to.equal(0);
      expect(close?.value).to.be.within(0.9, 0.999);
      expect(JSON.stringify(close?.evidence)).to.contain("other");
    }
  });

  it("shows CLIP the pages without their texts", async () => {
    const seen: number[] = [];
    const reward = design2code({
      clip: async (a, b) => {
        seen.push(a.width, a.height, b.width, b.height);
        return 0.5;
      },
    });
    const [score] = await scoreGroup(reward, [PAGE], { reference: PAGE, renderer: await sharedRenderer() });
    expect(score?.value).to.be.closeTo(0.9, 1e-9);
    expect(new Set(seen).size).to.equal(1);
  });

  it("needs a renderer for the exact form", () => {
    expect(() => design2code({ form: "exact" })).to.throw("pass a renderer");
  });
});
