import { expect } from "chai";
import { createEvaluator, type Scorer, scored, VectorWebGenEnv } from "../../env/index.js";
import { sharedRenderer } from "../support/browser.js";
import { headingPage, headingScorer, headingTasks } from "../support/headings.js";
import { rejection } from "../support/rejection.js";

async function open(scorer: Scorer = headingScorer, count = 1): Promise<VectorWebGenEnv> {
  const evaluator = createEvaluator({ renderer: await sharedRenderer(), scorer });
  return new VectorWebGenEnv({ id: "test/Headings-v0", tasks: headingTasks, evaluator }, count);
}

describe("VectorWebGenEnv", () => {
  it("steps many at once and keeps their order", async () => {
    const env = await open();
    const ids = Array.from({ length: 24 }, (_, i) => `train/${i}`);
    const resets = await env.reset({ taskIds: ids });
    const words = resets.map(({ observation }) => /"(.+)"/.exec(observation.prompt)?.[1] as string);
    const results = await env.step(words.map((word, i) => headingPage(i % 3 === 0 ? word : "other")));
    expect(results.map(({ reward }) => reward)).to.deep.equal(ids.map((_, i) => (i % 3 === 0 ? 1 : 0.25)));
  });

  it("scores the answers to one task as a group", async () => {
    const groups: number[] = [];
    const env = await open({
      ...headingScorer,
      score: async (contexts) => {
        groups.push(contexts.length);
        return contexts.map(() => ({ total: scored(0), parts: {} }));
      },
    });
    await env.reset({ taskIds: ["train/0", "train/0", "train/1", "train/0"] });
    await env.step(["a", "b", "c", "d"].map(headingPage));
    expect(groups.sort()).to.deep.equal([1, 3]);
  });

  it("deals the same tasks for the same seed, different ones to its members", async () => {
    const env = await open(headingScorer, 6);
    const deal = async (seed: number) =>
      (await env.reset({ seed })).map(({ observation }) => observation.taskId);
    const first = await deal(3);
    expect(await deal(3)).to.deep.equal(first);
    expect(await deal(4)).to.not.deep.equal(first);
    expect(new Set(first).size).to.be.greaterThan(3);
  });

  it("refuses a wrong number of actions", async () => {
    const env = await open();
    await env.reset({ taskIds: ["train/0", "train/1"] });
    expect((await rejection(env.step(["x"]))).message).to.match(/2 expected, 1 came/);
  });
});
