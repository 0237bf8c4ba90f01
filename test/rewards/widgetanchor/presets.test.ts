import { expect } from "chai";
import type { Scorer } from "../../../env/contract/scoring.js";
import { asReward, composeReward } from "../../../rewards/compose.js";
import { scorePages } from "../../../rewards/index.js";
import {
  absoluteJudge,
  widget2codeReward,
  widgetanchorHybrid,
  widgetanchorReward,
  widgetanchorTournament,
} from "../../../rewards/systems/widgetanchor/index.js";
import { sharedRenderer } from "../../support/browser.js";

const page = (body: string, style = "") =>
  `<!DOCTYPE html><html><head><style>body{margin:0;font:16px sans-serif;background:#fff}${style}</style></head><body>${body}</body></html>`;

const CARD =
  "section{margin:24px;padding:16px;background:#1e293b;color:#f8fafc;border-radius:8px;width:320px}button{background:#3b82f6;color:#fff}";
const BODY = "<section><h1>Revenue</h1><p>Up 12 % this week</p><button>Details</button></section>";
const REFERENCE = page(BODY, CARD);
const NEAR = page(BODY, CARD.replace("#1e293b", "#22304a").replace("24px", "30px"));
const FAR = page("<h1>Something else altogether</h1><p>No card here</p>");
const BLANK = page("");

async function totals(scorer: Scorer, pages: readonly string[]): Promise<number[]> {
  const cards = await scorePages(scorer, pages, { reference: REFERENCE, renderer: await sharedRenderer() });
  return cards.map(({ total }) => {
    if (total.value === null) throw new Error(total.message);
    return total.value;
  });
}

/** A judge that prefers the longer picture file; it never sees which candidate is which. */
const answering = (answer: string) => async () => answer;

describe("WidgetAnchor presets", function () {
  this.timeout(60_000);

  for (const [name, scorer] of [
    ["widgetanchor/paper", widgetanchorReward()],
    ["widgetanchor/widget2code", widget2codeReward()],
  ] as const) {
    it(`${name}: the reference scores 1, worse pages less, a blank page 0`, async () => {
      const [same, near, far, blank] = await totals(scorer, [REFERENCE, NEAR, FAR, BLANK]);
      expect(same).to.be.closeTo(1, 1e-6);
      expect(near).to.be.below(same!).and.above(far!);
      expect(far).to.be.above(0);
      expect(blank).to.equal(0);
    });
  }

  it("adds LPIPS and the benchmark where they are wanted", async () => {
    const scorer = widgetanchorReward({ lpips: async () => 0, benchmark: {} });
    const [same, far] = await totals(scorer, [REFERENCE, FAR]);
    expect(same).to.be.closeTo(1, 1e-6);
    expect(far).to.be.below(same!);
  });

  it("blends a judge in, and gives no score when it cannot be understood", async () => {
    const programmatic = asReward(widgetanchorReward(), "programmatic");
    const boxed = answering("\\boxed{layout: 50, color: 50, typo: 50, overall: 50}");
    const [total] = await totals(widgetanchorHybrid(programmatic, boxed), [REFERENCE]);
    expect(total).to.be.closeTo(0.4 + 0.3, 1e-6);
    const deaf = composeReward({
      formula: "judge",
      parts: { judge: absoluteJudge(answering("I cannot")) },
      onNull: "fail",
    });
    const [card] = await scorePages(deaf, [REFERENCE], {
      reference: REFERENCE,
      renderer: await sharedRenderer(),
    });
    expect(card?.total).to.deep.include({ value: null, status: "failed" });
  });

  it("lets a group meet in a tournament", async () => {
    const asked: number[] = [];
    const judge = async (request: { messages: readonly [{ content: readonly unknown[] }] }) => {
      asked.push(request.messages[0].content.length);
      return "\\boxed{Tie}";
    };
    const rewards = await totals(widgetanchorTournament(judge), [REFERENCE, NEAR, BLANK]);
    expect(asked).to.deep.equal([4, 4]);
    expect(rewards[0]).to.be.closeTo(1, 1e-6);
    expect(rewards[0]).to.be.above(rewards[1]!);
    expect(rewards[2]).to.equal(0);
  });

  it("follows the released code in compat: bytes for fractions, blank pages pay, outages cost nothing", async () => {
    const neural = { lpips: async () => 0, lpipsVgg: async () => 0, readText: async () => [] };
    const [same, blank] = await totals(widgetanchorReward({ profile: "compat", ...neural }), [
      REFERENCE,
      BLANK,
    ]);
    expect(same).to.be.within(0.8, 1);
    expect(blank).to.be.above(0.1);
    const broken = { ...neural, lpipsVgg: () => Promise.reject(new Error("no weights")) };
    const [simple] = await totals(widgetanchorReward({ profile: "compat", ...broken }), [REFERENCE]);
    expect(simple).to.be.closeTo(1, 1e-6);
  });

  it("takes the texts of the layout in compat where no reader of pictures is given", async () => {
    const lpips = async () => 0;
    const options = { reference: REFERENCE, renderer: await sharedRenderer() };
    const benchmark = async (scorer: Scorer, html: string) => {
      const [card] = await scorePages(scorer, [html], options);
      return (card?.parts.reward?.evidence as { benchmark: number }).benchmark;
    };
    const compat = { profile: "compat", lpips, lpipsVgg: lpips } as const;
    const silent = widgetanchorReward({ ...compat, readText: async () => [] });
    // Upstream weighs equal words with 0.15 (TextJaccard).
    const withText = await benchmark(widgetanchorReward(compat), REFERENCE);
    expect(withText).to.be.above(await benchmark(silent, REFERENCE));
    const reworded = REFERENCE.replace("Revenue", "Turnover").replace("Details", "Settled");
    expect(await benchmark(widgetanchorReward(compat), reworded)).to.be.below(withText);
  });
});
