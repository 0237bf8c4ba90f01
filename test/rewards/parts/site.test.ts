import { readFileSync } from "node:fs";
import { expect } from "chai";
import { DEFAULT_VIEWPORT } from "../../../env/contract/task.js";
import { createEvaluator, createRenderer, type Renderer, type Task } from "../../../env/index.js";
import { composeReward, functional, integrity } from "../../../rewards/index.js";
import { webgenR1Reward } from "../../../rewards/systems/webgen-r1/index.js";
import { contextOf } from "../support.js";

const BAKERY = readFileSync("test/fixtures/site/five-pages.txt", "utf8");
const STATIC = BAKERY.replace(/onClick=\{.*\}/g, "");

const task: Task = {
  id: "bakery",
  kind: "site",
  prompt: "A bakery.",
  viewport: DEFAULT_VIEWPORT,
  meta: {},
  siteProbes: [
    {
      id: "counter",
      requirement: "A button adds a loaf to the basket.",
      given: "/",
      steps: [{ do: "click", target: { role: "button", name: "One loaf more" } }],
      expect: [{ kind: "text", includes: "basket: 1" }],
      weight: 3,
    },
    {
      id: "moon",
      requirement: "There is a page about the moon.",
      given: "/",
      steps: [{ do: "click", target: { role: "link", name: "The moon" } }],
      expect: [{ kind: "url", equals: "/moon" }],
    },
  ],
};

describe("rewards of sites", () => {
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer();
  });
  after(() => renderer.close());

  const both = composeReward({
    name: "site",
    formula: "functional + integrity",
    parts: { functional: functional(), integrity: integrity() },
    onNull: "fail",
  });

  it("pay what a visitor can do, and what works", async () => {
    const evaluator = createEvaluator({ renderer, scorer: both });
    const answers = [BAKERY, STATIC, "no site at all"].map((text) => ({ text }));
    const [whole, dead, none] = await evaluator.evaluate(task, answers);
    const { functional: works, integrity: sound } = whole!.scorecard.parts;
    expect(works!.value).to.equal(0.75);
    const { failed } = works!.evidence as { failed: { requirement: string }[] };
    expect(failed.map(({ requirement }) => requirement)).to.deep.equal(["There is a page about the moon."]);
    expect(sound!.value).to.equal(1);
    expect(dead!.scorecard.parts.functional!.value).to.equal(0);
    expect(dead!.scorecard.parts.integrity!.value).to.be.within(0.5, 0.99);
    expect(none!.scorecard.total.value).to.equal(0);
  }).timeout(30_000);

  it("bring probes and errors into WebGen-R1's functional term", async () => {
    const evaluator = createEvaluator({ renderer, scorer: webgenR1Reward() });
    const [whole] = await evaluator.evaluate(task, [{ text: BAKERY }]);
    expect(whole!.scorecard.parts.functional!.value).to.equal(0.75);
  }).timeout(30_000);

  it("are skipped where there is nothing to measure", () => {
    expect(functional().score(contextOf("<p>x</p>"))).to.have.property("status", "skipped");
    expect(integrity().score(contextOf("<p>x</p>"))).to.have.property("status", "skipped");
    const unrun = functional().score(contextOf("<p>x</p>", { siteProbes: task.siteProbes! }));
    expect(unrun).to.include({ status: "failed", value: null });
  });
});
