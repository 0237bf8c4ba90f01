import { expect } from "chai";
import { checkEnv, createEvaluator, type Renderer, scored, WebGenEnv } from "../../env/index.js";
import { InfrastructureError, UsageError } from "../../infra/errors.js";
import { sharedRenderer } from "../support/browser.js";
import { headingPage, headingScorer, headingTasks } from "../support/headings.js";
import { rejection } from "../support/rejection.js";

async function open(options: { maxTurns?: number; renderer?: Renderer } = {}): Promise<WebGenEnv> {
  const renderer = options.renderer ?? (await sharedRenderer());
  const evaluator = createEvaluator({ renderer, scorer: headingScorer });
  const { maxTurns = 1 } = options;
  return new WebGenEnv({ id: "test/Headings-v0", tasks: headingTasks, evaluator, maxTurns });
}

describe("WebGenEnv", () => {
  it("deals a task, renders the answer and scores it", async () => {
    const env = await open();
    const { observation } = await env.reset({ taskId: "train/3" });
    expect(observation.prompt).to.equal('A page whose heading reads "delta 3".');
    const { reward, terminated, truncated, info } = await env.step(headingPage("delta 3"));
    expect([reward, terminated, truncated, info.endReason]).to.deep.equal([1, true, false, "completed"]);
    expect(info.parts).to.deep.equal({ heading: 1, extra: null });
    expect(info.evaluation.page?.png.length).to.be.greaterThan(100);
  });

  it("keeps every rule of the checker", async () => {
    const checks = await checkEnv(open);
    expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
    expect(checks.length).to.be.greaterThan(8);
  });

  it("is caught by the checker when its reward pays for nothing", async () => {
    const evaluator = createEvaluator({
      renderer: await sharedRenderer(),
      scorer: {
        ...headingScorer,
        score: async (contexts) => contexts.map(() => ({ total: scored(0.9), parts: {} })),
      },
    });
    const checks = await checkEnv(
      async () => new WebGenEnv({ id: "test/Generous-v0", tasks: headingTasks, evaluator }),
    );
    const broken = checks.filter(({ ok }) => !ok);
    expect(broken.map(({ rule }) => rule)).to.deep.equal([
      "the reference scores far above a blank page and the echoed prompt",
    ]);
    expect(broken[0]?.message).to.match(/pays for something other than the task/);
  });

  it("makes polishing an episode: feedback after each turn, an end at the turn limit", async () => {
    const env = await open({ maxTurns: 2 });
    await env.reset({ taskId: "train/0" });
    const first = await env.step(headingPage("wrong"));
    expect([first.reward, first.terminated, first.truncated]).to.deep.equal([0.25, false, false]);
    expect(first.observation.turnsLeft).to.equal(1);
    expect(first.observation.feedback?.answer).to.contain("wrong");
    expect(first.observation.feedback?.screenshot?.length).to.be.greaterThan(100);
    const second = await env.step(headingPage("amber 0"));
    expect([second.reward, second.truncated, second.info.endReason]).to.deep.equal([1, true, "turn_limit"]);
  });

  it("names why an episode ended", async () => {
    const env = await open();
    await env.reset({ taskId: "train/0" });
    const empty = await env.step("");
    expect([empty.reward, empty.info.endReason, empty.terminated]).to.deep.equal([
      0,
      "invalid_artifact",
      true,
    ]);
    await env.reset({ taskId: "train/0" });
    const cut = await env.step({ text: headingPage("amber 0"), finishReason: "length" });
    expect([cut.info.endReason, cut.truncated]).to.deep.equal(["token_limit", true]);
  });

  it("gives null, never 0, when the machine fails", async () => {
    const broken: Renderer = {
      browserVersion: "none",
      concurrency: 1,
      render: () => Promise.reject(new InfrastructureError("The browser is gone.")),
      close: async () => {},
    };
    const env = await open({ renderer: broken });
    await env.reset({ taskId: "train/0" });
    const { reward, truncated, info } = await env.step(headingPage("amber 0"));
    expect([reward, truncated, info.endReason]).to.deep.equal([null, true, "infrastructure_error"]);
    expect(info.evaluation.infrastructureError).to.equal("The browser is gone.");
  });

  it("refuses misuse in whole sentences", async () => {
    const env = await open();
    const unknown = await rejection(env.reset({ taskId: "train/x" }));
    expect(unknown).to.be.instanceOf(UsageError);
    expect(unknown.message).to.match(/has no task "train\/x"\. Its ids look like "train\/0"/);
    expect((await rejection(env.reset({ seed: -1 }))).message).to.match(/A seed is a whole number/);
    await env.reset();
    expect((await rejection(env.step(7 as unknown as string))).message).to.match(
      /An action is a string or an object/,
    );
    await env.close();
    await env.close();
    expect((await rejection(env.step("x"))).message).to.match(/closed environment/);
  });
});
