import { expect } from "chai";
import { type Scorer, scored } from "../../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type TaskSource } from "../../../env/contract/task.js";
import { createEvaluator } from "../../../env/evaluate.js";
import { VectorWebGenEnv } from "../../../env/vector-env.js";
import { UsageError } from "../../../infra/errors.js";
import { markupRenderer } from "../../support/markup-renderer.js";
import { rejection } from "../../support/rejection.js";

const tasks: TaskSource = {
  name: "test/Vector-v0",
  size: () => 1000,
  at: (split, index) => ({
    id: `${split}/${index}`,
    kind: "html",
    prompt: "A page.",
    viewport: DEFAULT_VIEWPORT,
    meta: {},
  }),
  byId: (id) => tasks.at("train", Number(id.split("/")[1])),
};
const page = (n: number) => `<!DOCTYPE html><html><body><p>${n}</p></body></html>`;

/** Pays each answer the number that it holds, and keeps the groups it was asked about. */
function open({ count = 1, maxTurns = 1 } = {}) {
  const groups: string[][] = [];
  const scorer: Scorer = {
    name: "numbers",
    needs: new Set(["page"]),
    score: async (contexts) => {
      groups.push(contexts.map(({ task }) => task.id));
      return contexts.map(({ completion }) => ({
        total: scored(Number(/<p>(\d+)/.exec(completion.text)?.[1] ?? -1)),
        parts: {},
      }));
    },
  };
  let closed = 0;
  const evaluator = createEvaluator({ renderer: markupRenderer(), scorer });
  const env = new VectorWebGenEnv(
    {
      id: "test/Vector-v0",
      tasks,
      evaluator,
      maxTurns,
      onClose: async () => {
        closed++;
      },
    },
    count,
  );
  return { env, groups, closed: () => closed };
}

describe("many environments at once", () => {
  it("give results in the order of the actions, each task scored as one group", async () => {
    const { env, groups } = open();
    await env.reset({ taskIds: ["train/5", "train/7", "train/5", "train/5"] });
    expect(env.count).to.equal(4);
    const results = await env.step([1, 2, 3, 4].map(page));
    expect(results.map(({ reward }) => reward)).to.deep.equal([1, 2, 3, 4]);
    expect(results.map(({ info }) => info.task.id)).to.deep.equal([
      "train/5",
      "train/7",
      "train/5",
      "train/5",
    ]);
    expect(groups.sort()).to.deep.equal([["train/5", "train/5", "train/5"], ["train/7"]]);
  });

  it("step only those that are named", async () => {
    const { env } = open({ maxTurns: 2 });
    await env.reset({ taskIds: ["train/0", "train/1", "train/2"] });
    const some = await env.step([page(8), page(9)], [2, 0]);
    expect(some.map(({ info, reward }) => [info.task.id, reward])).to.deep.equal([
      ["train/2", 8],
      ["train/0", 9],
    ]);
    const all = await env.step([0, 1, 2].map(page));
    expect(all.map(({ observation }) => observation.turn)).to.deep.equal([2, 1, 2]);
    expect(all.map(({ truncated }) => truncated)).to.deep.equal([true, false, true]);
  });

  it("are as many as there are ids, and stay so", async () => {
    const { env } = open({ count: 3 });
    expect(env.count).to.equal(3);
    const before = await env.reset({ taskIds: ["train/1", "train/2", "train/3"] });
    expect(before.map(({ observation }) => observation.taskId)).to.deep.equal([
      "train/1",
      "train/2",
      "train/3",
    ]);
    await env.reset({ taskIds: ["train/9"] });
    expect(env.count).to.equal(1);
    expect(await env.reset()).to.have.length(1);
  });

  it("deal by one seed what each would not deal alone", async () => {
    const deal = async (count: number, seed: number) =>
      (await open({ count }).env.reset({ seed })).map(({ observation }) => observation.taskId);
    const six = await deal(6, 3);
    expect(new Set(six).size).to.equal(6);
    expect(await deal(6, 3)).to.deep.equal(six);
    expect(await deal(4, 3)).to.deep.equal(six.slice(0, 4));
    expect(await deal(6, 4)).to.not.deep.equal(six);
    const { env } = open({ count: 2 });
    const seeded = await env.reset({ seed: 1 });
    const further = await env.reset();
    expect(further.map(({ observation }) => observation.taskId)).to.not.deep.equal(
      seeded.map(({ observation }) => observation.taskId),
    );
  });

  it("show the pictures of their last answers", async () => {
    const { env } = open({ maxTurns: 2 });
    await env.reset({ taskIds: ["train/0", "train/1"] });
    await env.step([page(5)], [1]);
    expect(env.render().map((png) => png && Buffer.from(png).toString())).to.deep.equal([
      null,
      `picture of ${page(5)}`,
    ]);
  });

  it("refuse what cannot be, in whole sentences", async () => {
    const { env, closed } = open();
    for (const count of [0, -1, 1.5])
      expect(() => open({ count })).to.throw(
        UsageError,
        `count must be a whole number of at least 1, but it is ${count}.`,
      );
    await env.reset({ taskIds: ["train/0", "train/1"] });
    expect((await rejection(env.step(["x"]))).message).to.equal(
      "step() takes one action per environment: 2 expected, 1 came.",
    );
    expect((await rejection(env.step(["x"], [2]))).message).to.equal(
      "There is no environment 2; there are 2.",
    );
    await env.close();
    await env.close();
    expect(closed()).to.equal(1);
    expect((await rejection(env.reset())).message).to.equal(
      "reset() was called on a closed environment. Make a new one.",
    );
  });
});
