import { expect } from "chai";
import type { RenderOutcome } from "../../../env/contract/rendered-page.js";
import { type Scorer, scored, unscored } from "../../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type Task, type TaskSource } from "../../../env/contract/task.js";
import { createEvaluator } from "../../../env/evaluate.js";
import type { WebGenEnvOptions } from "../../../env/web-gen-env.js";
import { type EndReason, WebGenEnv } from "../../../env/web-gen-env.js";
import { InfrastructureError, UsageError } from "../../../infra/errors.js";
import { markupRenderer } from "../../support/markup-renderer.js";
import { rejection } from "../../support/rejection.js";

const SIZES = { train: 40, validation: 3, test: 0 };
const html = (text: string) => `<!DOCTYPE html><html><body><h1>${text}</h1></body></html>`;
const image = Buffer.from("picture");
const taskOf = (id: string): Task => ({
  id,
  kind: "html",
  prompt: `A page called ${id}.`,
  viewport: DEFAULT_VIEWPORT,
  meta: { level: 2 },
  ...(id.endsWith("/1") ? { image } : {}),
});
const tasks: TaskSource = {
  name: "test/Logic-v0",
  size: (split) => SIZES[split],
  at: (split, index) => taskOf(`${split}/${index}`),
  byId: (id) => (/^(train|validation)\/\d+$/.test(id) ? taskOf(id) : undefined),
};
/** 1 for "good", null for "odd", 0 for the rest. */
const scorer: Scorer = {
  name: "words",
  needs: new Set(["page"]),
  score: async (contexts) =>
    contexts.map(({ completion }) => {
      const total = completion.text.includes("odd")
        ? unscored("failed", "It was odd.")
        : scored(completion.text.includes("good") ? 1 : 0);
      return { total, parts: { words: total, other: unscored("skipped", "No.") } };
    }),
};

function open(options: Partial<WebGenEnvOptions> = {}) {
  const renderer = markupRenderer((markup): RenderOutcome | undefined => {
    if (markup.includes("gone")) throw new InfrastructureError("The browser is gone.");
    return markup.includes("crash")
      ? { status: "failed", reason: "crash", message: "It crashed.", milliseconds: 1 }
      : undefined;
  });
  const evaluator = createEvaluator({ renderer, scorer });
  return new WebGenEnv({ id: "test/Logic-v0", tasks, evaluator, ...options });
}

describe("an episode", () => {
  it("begins with the task and no feedback", async () => {
    const env = open({ maxTurns: 3 });
    const { observation, info } = await env.reset({ taskId: "train/1" });
    const { episodeId, ...rest } = observation;
    expect(rest).to.deep.equal({
      taskId: "train/1",
      kind: "html",
      prompt: "A page called train/1.",
      viewport: DEFAULT_VIEWPORT,
      turn: 0,
      turnsLeft: 3,
      image,
    });
    expect(info).to.deep.equal({ task: { id: "train/1", kind: "html", level: 2 } });
    const next = await env.reset({ taskId: "train/2" });
    expect(next.observation).to.not.have.property("image");
    expect(next.observation.episodeId).to.not.equal(episodeId);
    expect([env.id, env.tasks.name, env.maxTurns]).to.deep.equal(["test/Logic-v0", "test/Logic-v0", 3]);
  });

  it("counts its turns and hands each answer's feedback on", async () => {
    const env = open({ maxTurns: 3 });
    await env.reset({ taskId: "train/0" });
    const first = await env.step(html("bad"));
    expect([first.info.turn, first.observation.turn, first.observation.turnsLeft]).to.deep.equal([0, 1, 2]);
    expect(first.observation.feedback).to.include({ answer: html("bad"), reward: 0 });
    expect(first.info).to.not.have.property("endReason");
    const second = await env.step({ text: html("good") });
    expect([second.info.turn, second.reward]).to.deep.equal([1, 1]);
    expect(second.info.parts).to.deep.equal({ words: 1, other: null });
    expect(second.info.task.id).to.equal("train/0");
    const third = await env.step(html("odd"));
    expect([third.reward, third.terminated, third.truncated]).to.deep.equal([null, false, true]);
    expect(third.observation.turnsLeft).to.equal(0);
  });

  const ends: [string, number, Parameters<WebGenEnv["step"]>[0], EndReason | undefined, boolean][] = [
    ["the only answer", 1, html("good"), "completed", true],
    ["the only answer, said to be done", 1, { text: html("good"), done: true }, "completed", true],
    ["one of several answers", 2, html("good"), undefined, false],
    ["an early end", 2, { text: html("good"), done: true }, "completed", true],
    ["an answer cut short", 1, { text: html("good"), finishReason: "length" }, "token_limit", false],
    ["an answer cut short with turns left", 2, { text: html("x"), finishReason: "length" }, undefined, false],
    ["an answer that stopped by itself", 1, { text: html("x"), finishReason: "stop" }, "completed", true],
    ["no page", 1, "", "invalid_artifact", true],
    ["no page with turns left", 2, "", undefined, false],
    ["a page that crashes", 1, html("crash"), "render_failed", true],
    ["a page that crashes with turns left", 2, html("crash"), undefined, false],
    ["a machine that fails", 1, html("gone"), "infrastructure_error", false],
    ["a machine that fails with turns left", 3, html("gone"), "infrastructure_error", false],
  ];
  for (const [what, maxTurns, action, reason, terminated] of ends)
    it(`ends with ${what} as ${reason ?? "nothing yet"}`, async () => {
      const env = open({ maxTurns });
      await env.reset({ taskId: "train/0" });
      const result = await env.step(action);
      expect(result.info.endReason).to.equal(reason);
      expect(result.terminated).to.equal(reason !== undefined && terminated);
      expect(result.truncated).to.equal(reason !== undefined && !terminated);
      if (reason === undefined) await env.step(html("next"));
      else
        expect((await rejection(env.step("x"))).message).to.equal(
          "step() was called after the episode ended (terminated or truncated was true). Call reset() to begin the next one.",
        );
    });

  it("ends at its turn limit as truncated, unless the agent says it is done or the page is none", async () => {
    const last = async (action: Parameters<WebGenEnv["step"]>[0]) => {
      const env = open({ maxTurns: 2 });
      await env.reset({ taskId: "train/0" });
      await env.step(html("first"));
      const { info, terminated, truncated } = await env.step(action);
      return [info.endReason, terminated, truncated];
    };
    expect(await last(html("x"))).to.deep.equal(["turn_limit", false, true]);
    expect(await last({ text: html("x"), done: true })).to.deep.equal(["completed", true, false]);
    expect(await last("")).to.deep.equal(["invalid_artifact", true, false]);
    expect(await last(html("crash"))).to.deep.equal(["render_failed", true, false]);
  });

  it("shows the picture of its last answer", async () => {
    const env = open({ maxTurns: 5 });
    expect(() => env.render()).to.throw(UsageError, "render() was called before reset()");
    await env.reset({ taskId: "train/0" });
    expect(env.render()).to.equal(null);
    const shown = await env.step(html("one"));
    expect(env.render()).to.equal(shown.info.evaluation.page?.png).and.not.equal(null);
    await env.step(html("crash"));
    expect(env.render()).to.equal(null);
    await env.step(html("two"));
    expect(Buffer.from(env.render() ?? []).toString()).to.equal(`picture of ${html("two")}`);
    await env.reset();
    expect(env.render()).to.equal(null);
  });
});

describe("the choice of tasks", () => {
  const deal = async (env: WebGenEnv, count: number, seed?: number) => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++)
      ids.push((await env.reset(i === 0 && seed !== undefined ? { seed } : {})).observation.taskId);
    return ids;
  };

  it("follows the seed, and goes on in its stream", async () => {
    const env = open();
    const first = await deal(env, 6, 3);
    expect(await deal(open(), 6, 3)).to.deep.equal(first);
    expect(await deal(env, 6, 3)).to.deep.equal(first);
    expect(await deal(env, 6, 4)).to.not.deep.equal(first);
    expect(new Set(first).size).to.be.above(2);
    expect(await deal(open(), 3)).to.deep.equal(await deal(open(), 3));
    expect(await deal(open(), 1, 0)).to.have.length(1);
  });

  it("reaches every task of a split and no other", async () => {
    const ids = await deal(open({ split: "validation" }), 60);
    expect([...new Set(ids)].sort()).to.deep.equal(["validation/0", "validation/1", "validation/2"]);
  });

  it("is of the split that reset names, for that episode alone", async () => {
    const env = open();
    const { observation } = await env.reset({ options: { split: "validation" } });
    expect(observation.taskId).to.match(/^validation\//);
    expect((await env.reset()).observation.taskId).to.match(/^train\//);
    expect((await rejection(env.reset({ options: { split: "test" } }))).message).to.equal(
      "test/Logic-v0 has no tasks in its test split.",
    );
  });

  it("draws from a generator without end", async () => {
    const asked: number[] = [];
    const endless: TaskSource = {
      ...tasks,
      size: () => Number.POSITIVE_INFINITY,
      at(_, index) {
        asked.push(index);
        return taskOf(`train/${index}`);
      },
    };
    await deal(open({ tasks: endless }), 20);
    for (const index of asked)
      expect(Number.isInteger(index) && index >= 0 && index < 2 ** 31).to.equal(true);
    expect(asked.some((index) => index > 2 ** 28)).to.equal(true);
  });

  it("refuses seeds, ids and options that cannot be, in whole sentences", async () => {
    const env = open();
    for (const seed of [-1, 1.5, 2 ** 53])
      expect((await rejection(env.reset({ seed }))).message).to.equal(
        `A seed is a whole number of at least 0, but it is ${seed}.`,
      );
    const unknown = await rejection(env.reset({ taskId: "none" }));
    expect(unknown).to.be.instanceOf(UsageError);
    expect(unknown.message).to.equal('test/Logic-v0 has no task "none". Its ids look like "train/0".');
    const split = await rejection(env.reset({ options: { split: "tset" as "test" } }));
    expect(split).to.be.instanceOf(UsageError);
    expect(split.message).to.match(
      /"options\.split" of the options of reset should be one of "train", "validation", "test", but is "tset"/,
    );
    const misspelt = await rejection(env.reset({ taksId: "train/0" } as never));
    expect(misspelt.message).to.match(
      /"taksId" of the options of reset is not known\. Did you mean "taskId"\?/,
    );
  });
});

describe("misuse of an environment", () => {
  it("is refused before reset, after close, and with what is no answer", async () => {
    let closed = 0;
    const env = open({
      onClose: async () => {
        closed++;
      },
    });
    const early = await rejection(env.step("x"));
    expect(early).to.be.instanceOf(UsageError);
    expect(early.message).to.equal(
      "step() was called before reset(). Call reset() first; it returns the task to answer.",
    );
    await env.reset();
    for (const wrong of [7, null, undefined, {}, { text: 5 }])
      expect((await rejection(env.step(wrong as never))).message).to.match(
        /^An action is a string or an object with a string "text", but it is /,
      );
    await env.close();
    await env.close();
    expect(closed).to.equal(1);
    expect((await rejection(env.reset())).message).to.equal(
      "reset() was called on a closed environment. Make a new one.",
    );
    expect((await rejection(env.step("x"))).message).to.equal(
      "step() was called on a closed environment. Make a new one.",
    );
  });

  it("is refused when it is made with turns that cannot be", () => {
    for (const maxTurns of [0, -1, 1.5, Number.NaN])
      expect(() => open({ maxTurns })).to.throw(
        UsageError,
        `maxTurns must be a whole number of at least 1, but it is ${maxTurns}.`,
      );
    expect(open().maxTurns).to.equal(1);
  });
});
