import { expect } from "chai";
import fc from "fast-check";
import { domLcsRatio } from "../../../rewards/metrics/dom-lcs.js";
import { domSequence, MAX_DOM_NODES } from "../../../rewards/metrics/dom-sequence.js";
import { landmarkSimilarity } from "../../../rewards/metrics/landmarks.js";

const page = (body: string) => domSequence(`<html><head><title>t</title></head><body>${body}</body></html>`);

describe("domSequence", () => {
  it("lists elements and comments in pre-order with sorted attributes", () => {
    const nodes = page(
      '<!-- n --><DIV id="a" CLASS="B c"><svg viewBox="0 0 1 1"><linearGradient/></svg></DIV><p>x</p>',
    );
    expect(nodes.map(({ tag }) => tag).join(" ")).to.equal(
      "html head title body #comment div svg lineargradient p",
    );
    expect(nodes[5]!.attributes).to.deep.equal([
      ["class", "B c"],
      ["id", "a"],
    ]);
    expect(nodes[6]!.attributes).to.deep.equal([["viewbox", "0 0 1 1"]]);
  });

  it("goes into templates", () => {
    expect(page("<template><b>x</b></template>").map(({ tag }) => tag)).to.include("b");
  });

  it("survives depth and stops at its limit", () => {
    expect(domSequence("<div>".repeat(50_000))).to.have.length(MAX_DOM_NODES);
  });
});

describe("domLcsRatio", () => {
  it("counts nodes whose tag and attributes agree, in order", () => {
    expect(domLcsRatio(page("<p>a</p><p>b</p>"), page("<p>a</p>"))).to.be.closeTo(5 / 6, 1e-12);
    expect(domLcsRatio(page('<div class="a">'), page('<div class="b">'))).to.equal(0.8);
    expect(domLcsRatio([], [])).to.equal(1);
  });

  it("keeps apart attributes that only look alike when joined", () => {
    expect(domLcsRatio(page('<p a="1" b="2">'), page("<p a=\"1', 'b': '2\">"))).to.equal(0.8);
  });
});

describe("landmarkSimilarity", () => {
  it("by substring takes loading for an ad, by token does not", () => {
    const [loading, plain] = [page('<p class="loading">'), page("<p>")];
    expect(landmarkSimilarity(loading, plain).score).to.be.closeTo(17 / 18, 1e-12);
    expect(landmarkSimilarity(loading, plain, "token").score).to.equal(1);
  });

  it("by token knows aside, roles, and words inside names", () => {
    const { roles } = landmarkSimilarity(
      page('<aside></aside><div role="navigation"></div><div class="siteFooter">'),
      page('<div id="side-bar sidebar"></div><nav></nav>'),
      "token",
    );
    expect(roles).to.include({ footer: 0, header: 1, main: 1, nav: 0, sidebar: 0 });
  });

  it("reads neither comments nor the names of attributes, and a valueless attribute as empty", () => {
    expect(landmarkSimilarity(page("<!-- nav header -->"), page("")).score).to.equal(1);
    expect(landmarkSimilarity(page("<p nav>"), page("<p>")).score).to.equal(1);
    expect(page("<input disabled>").at(-1)?.attributes).to.deep.equal([["disabled", ""]]);
  });

  it("scores a missing landmark by its role alone", () => {
    expect(landmarkSimilarity(page("<nav>"), page("<p>")).roles.nav).to.equal(0);
  });
});

describe("DOM metrics on any text", () => {
  it("stay in 0..1 and give 1 to a page and itself", () => {
    const html = fc
      .array(
        fc.constantFrom(
          "<nav>",
          "</nav>",
          "<p class=main>",
          "x",
          "<table><tr>",
          "<!--",
          "-->",
          "<svg>",
          "</div>",
          "<a href='",
        ),
      )
      .map((tokens) => tokens.join(""));
    fc.assert(
      fc.property(html, html, (a, b) => {
        const [left, right] = [domSequence(a), domSequence(b)];
        for (const score of [domLcsRatio(left, right), landmarkSimilarity(left, right).score])
          expect(score).to.be.within(0, 1);
        expect(domLcsRatio(left, right)).to.equal(domLcsRatio(right, left));
        expect(domLcsRatio(left, left)).to.equal(1);
        expect(landmarkSimilarity(left, left).score).to.equal(1);
      }),
    );
  });
});
