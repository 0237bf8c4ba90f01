import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { train } from "../../experiments/training-run.js";
import { readEvents } from "../../infra/event-log.js";

/** Everything of a recipe but its algorithm, made small enough for a test. */
const SMALL = {
  ...{ dataset: { levels: [1] }, vocabSize: 400, maxTokens: 12 },
  model: { hiddenSize: 16, intermediateSize: 16, layers: 1, heads: 2, kvHeads: 1, maxPositions: 256 },
  sft: { demonstrations: 8, steps: 2, batchSize: 2 },
  grpo: { steps: 2, tasksPerStep: 2, tasksPerChunk: 2 },
};

describe("two steps of each stage", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-recipes-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (recipe: string, changes: object) => {
    const out = join(folder, recipe);
    await train({ recipe, out, tensorboard: false, changes: { ...SMALL, ...changes } });
    return readEvents(join(out, "events.jsonl")).map(({ phase, step, metrics = {} }) => ({
      at: `${phase} ${step}`,
      metrics,
    }));
  };

  for (const recipe of ["frontcoder", "vcoder", "webgen-r1", "widgetanchor"])
    it(`by the recipe ${recipe}`, async () => {
      const events = await run(recipe, {});
      expect(events.map(({ at }) => at)).to.deep.equal(["sft 1", "sft 2", "grpo 1", "grpo 2"]);
      for (const { metrics } of events) expect(metrics.loss).to.satisfy(Number.isFinite);
    });

  it("by expert iteration and DPO", async () => {
    const events = await run("quickstart", {
      stages: ["sft", "expert-iteration", "dpo"],
      learners: { "expert-iteration": { steps: 2 }, dpo: { steps: 2, beta: 0.2 } },
    });
    expect(events.map(({ at }) => at)).to.deep.equal([
      ...["sft 1", "sft 2", "expert-iteration 1", "expert-iteration 2", "dpo 1", "dpo 2"],
    ]);
    for (const { metrics } of events.slice(2)) expect(metrics).to.include.keys("reward", "num_tokens");
  });
});
