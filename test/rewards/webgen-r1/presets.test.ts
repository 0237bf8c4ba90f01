import { expect } from "chai";
import type { Scorecard, Scorer } from "../../../env/contract/scoring.js";
import type { ChecklistItem } from "../../../env/contract/task.js";
import { scorePages } from "../../../rewards/index.js";
import { webgenR1Reward } from "../../../rewards/systems/webgen-r1/index.js";
import { sharedRenderer } from "../../support/browser.js";

const page = (body: string) =>
  `<!DOCTYPE html><html><head><style>body{font:16px sans-serif}</style></head><body>${body}</body></html>`;
const GOOD = page("<h1>Shop</h1><p>Fresh bread every day</p><button>Order</button>");
const NOISY = page(
  "<h1>Shop</h1><p>Fresh bread every day</p><button>Order</button><script>throw new Error('x')</script>",
);
const checklist: ChecklistItem[] = [
  {
    id: 1,
    title: "Button",
    description: "There is a button",
    maxScore: 5,
    probe: { kind: "exists", css: "button" },
  },
  {
    id: 2,
    title: "Form",
    description: "There is a form",
    maxScore: 5,
    probe: { kind: "exists", css: "form" },
  },
];

const graded = (answer: string) => async () => answer;

async function cards(scorer: Scorer, pages: readonly string[]): Promise<Scorecard[]> {
  return scorePages(scorer, pages, { task: { checklist }, renderer: await sharedRenderer() });
}

describe("WebGen-R1 presets", function () {
  this.timeout(60_000);

  it("cascade: looks, function by probes, reasoning", async () => {
    const [good, noisy] = await cards(webgenR1Reward({ judge: graded("Fine.\nGrade: 4") }), [GOOD, NOISY]);
    expect(good?.parts.functional?.value).to.equal(0.5);
    expect(good?.total.value).to.be.closeTo(4 + 0.05, 1e-9);
    expect(noisy?.parts.functional?.value).to.equal(0);
    expect(noisy?.total.value).to.be.closeTo(4, 1e-9);
  });

  it("give no score when the judge cannot be read, and 0 to a blank page without asking", async () => {
    const [silent] = await cards(webgenR1Reward({ judge: graded("An upgrade would be 5 times better") }), [
      GOOD,
    ]);
    expect(silent?.total.value).to.equal(null);
    let asked = 0;
    const judge = async () => {
      asked++;
      return "Grade: 5";
    };
    const [blank] = await cards(webgenR1Reward({ judge }), [page("")]);
    expect([blank?.total.value, asked]).to.deep.equal([0, 0]);
  });

  it("dense: no more credit for looks than a quarter beyond what works", async () => {
    const scorer = webgenR1Reward({ profile: "dense", judge: graded("Grade: 5") });
    const [good, noisy] = await cards(scorer, [GOOD, NOISY]);
    expect(good?.total.value).to.be.closeTo(0.3 + 0.7 * (0.6 * 0.5 + 0.25 * 0.75 + 0.15), 1e-9);
    expect(noisy?.total.value).to.be.below(0.5);
  });

  it("compat: the first digit after any grade, and an outage is a grade of 0", async () => {
    const site = { task: { kind: "html" as const, checklist }, renderer: await sharedRenderer() };
    const [card] = await scorePages(
      webgenR1Reward({ profile: "compat", judge: graded("Grade (0-5): 4") }),
      [GOOD],
      site,
    );
    expect(card?.parts.appearance?.evidence).to.deep.include({ reason: "The static format check failed." });
    expect(card?.total.value).to.equal(0);
  });
});
