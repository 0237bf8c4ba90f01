import { expect } from "chai";
import type { Violation } from "../../../env/contract/probe.js";
import { auditScore } from "../../../env/render/probes/index.js";
import { checklist, composeReward } from "../../../rewards/index.js";
import { accessibility } from "../../../rewards/parts/accessibility.js";
import { scoreGroup, scorePages } from "../../../rewards/testing.js";
import { sharedRenderer } from "../../support/browser.js";

const page = (body: string, head = '<html lang="en"><head><title>Apples</title></head>') =>
  `<!DOCTYPE html>${head}<body><main>${body}</main></body></html>`;
const GOOD = page(
  '<h1>Apples</h1><p>All about apples.</p><img alt="An apple" src="data:,"><a href="/pears">Pears</a>',
);
const rules = (evidence: unknown) =>
  (evidence as { violations: Violation[] }).violations.map(({ rule }) => rule);

describe("accessibility", () => {
  it("is 1 for a page that breaks no rule, and less the more and the worse it breaks", async () => {
    const gray = GOOD.replace("<p>", '<p style="color:#999">');
    const silent = GOOD.replace('alt="An apple" ', "");
    const both = gray.replace('alt="An apple" ', "");
    const scores = await scoreGroup(accessibility(), [GOOD, gray, silent, both], {
      renderer: await sharedRenderer(),
    });
    const values = scores.map(({ value }) => value ?? -1);
    expect(values[0]).to.equal(1);
    expect(values[1]).to.be.closeTo(1 / 1.4, 1e-12);
    expect(values[2]).to.be.closeTo(1 / 1.8, 1e-12);
    expect(values[3]).to.be.closeTo(1 / 2.2, 1e-12);
    expect(rules(scores[3]?.evidence)).to.deep.equal(["color-contrast", "image-alt"]);
    const [contrast] = (scores[1]?.evidence as unknown as { violations: Violation[] }).violations;
    expect(contrast).to.deep.include({ impact: "serious", count: 1, selectors: ["p"] });
  });

  it("is 0 for a blank page and for an answer that is no page", async () => {
    const [blank, none] = await scoreGroup(accessibility(), [page(""), "Sorry."], {
      renderer: await sharedRenderer(),
    });
    expect(blank).to.deep.include({ value: 0, status: "ok" });
    expect(none).to.deep.include({ value: 0, status: "ok" });
  });

  it("stands beside a checklist, before its clicks, and cannot be fooled by the page", async () => {
    const fooling = page(
      "<h1>Apples</h1><img src='data:,'><button onclick=\"document.querySelector('img').alt='x'\">More</button>" +
        "<script>window.axe = { run: async () => ({ passes: [], violations: [] }) };" +
        "Array.prototype.map = () => []; document.querySelectorAll = () => [];</script>",
    );
    const scorer = composeReward({
      formula: "0.5 * list + 0.5 * access",
      parts: { list: checklist(), access: accessibility() },
      onNull: "fail",
    });
    const [card] = await scorePages(scorer, [fooling], {
      task: {
        checklist: [
          {
            id: 0,
            title: "More",
            description: "",
            maxScore: 5,
            probe: {
              kind: "click",
              query: { text: "More" },
              expect: [{ kind: "exists", css: "img[alt=x]" }],
            },
          },
        ],
      },
      renderer: await sharedRenderer(),
    });
    expect(card?.parts.list?.value).to.equal(1);
    expect(rules(card?.parts.access?.evidence)).to.deep.equal(["image-alt"]);
  });

  it("is null for a page that is too large to audit", async () => {
    const [score] = await scoreGroup(accessibility(), [page(`<h1>Many</h1>${"<p>x</p>".repeat(5200)}`)], {
      renderer: await sharedRenderer(),
    });
    expect(score).to.include({ value: null, status: "failed" });
    expect(score?.message).to.match(/has 52\d\d elements; at most 5000 are audited/);
  });

  it("can be an item of a checklist", async () => {
    const item = {
      id: 0,
      title: "Accessible",
      description: "",
      maxScore: 5,
      probe: { kind: "axe" as const },
    };
    const [score] = await scoreGroup(checklist(), [GOOD.replace(' alt="An apple"', "")], {
      task: { checklist: [item] },
      renderer: await sharedRenderer(),
    });
    expect(score?.value).to.be.closeTo(1 / 1.8, 1e-12);
    expect(JSON.stringify(score?.evidence)).to.include("image-alt (critical, 1 element, e.g. img)");
  });

  it("costs less for one element more than for one rule more", () => {
    const broken = (rule: string, count: number): Violation => ({
      rule,
      impact: "serious",
      help: "",
      count,
      selectors: [],
    });
    const score = (...violations: Violation[]) => auditScore({ violations });
    expect(score()).to.equal(1);
    expect(score(broken("a", 1))).to.be.above(score(broken("a", 2)));
    expect(score(broken("a", 3))).to.be.above(score(broken("a", 2), broken("b", 1)));
  });
});
