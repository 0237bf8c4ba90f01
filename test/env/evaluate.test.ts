import { readFileSync } from "node:fs";
import { expect } from "chai";
import { DEFAULT_VIEWPORT } from "../../env/contract/task.js";
import { createEvaluator, type Need, type Scorer, scored, type Task } from "../../env/index.js";
import { sharedRenderer } from "../support/browser.js";

/** Pays the share of a site's functional probes that hold. */
const functional = (needs: readonly Need[]): Scorer => ({
  name: "functional",
  needs: new Set(needs),
  score: async (contexts) =>
    contexts.map(({ page }) => {
      const probes = page?.site?.probes ?? [];
      const total = scored(probes.filter(({ verdict }) => verdict === "pass").length / (probes.length || 1));
      return { total, parts: {} };
    }),
});

const task: Task = {
  id: "test/bakery",
  kind: "site",
  prompt: "A site for a bakery.",
  viewport: DEFAULT_VIEWPORT,
  siteProbes: [
    {
      id: "order",
      requirement: "There is an order form.",
      given: "/order",
      steps: [],
      expect: [{ kind: "visible", target: { role: "heading", name: "Place an order" } }],
    },
    {
      id: "absent",
      requirement: "Submarines are sold.",
      given: "/order",
      steps: [],
      expect: [{ kind: "visible", target: { role: "heading", name: "Submarines" } }],
    },
  ],
  meta: {},
};

describe("createEvaluator", function () {
  this.timeout(60_000);
  const answer = { text: readFileSync("test/fixtures/site/five-pages.txt", "utf8") };

  it("runs the functional probes of a site's task for a reward that needs probes", async () => {
    const evaluator = createEvaluator({
      renderer: await sharedRenderer(),
      scorer: functional(["page", "probes"]),
    });
    const [evaluation] = await evaluator.evaluate(task, [answer]);
    expect(evaluation?.page?.site?.probes.map(({ verdict }) => verdict)).to.deep.equal(["pass", "fail"]);
    expect(evaluation?.scorecard.total.value).to.equal(0.5);
  });

  it("leaves them out for one that does not", async () => {
    const evaluator = createEvaluator({ renderer: await sharedRenderer(), scorer: functional(["page"]) });
    const [evaluation] = await evaluator.evaluate(task, [answer]);
    expect(evaluation?.page?.site?.probes).to.deep.equal([]);
  });
});
