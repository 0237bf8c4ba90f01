import { expect } from "chai";
import { type Agent, bestOfN, type Message, type Policy, policyAgent, polish } from "../../agents/index.js";
import { type AgentAction, createEvaluator, VectorWebGenEnv } from "../../env/index.js";
import { runEpisodes } from "../../experiments/episodes.js";
import { sharedRenderer } from "../support/browser.js";
import { headingPage, headingScorer, headingTasks } from "../support/headings.js";

/** A policy that writes the pages of a list, one after another, and remembers what it was shown. */
function scripted(pages: readonly string[]): Policy & { shown: (readonly Message[])[] } {
  const shown: (readonly Message[])[] = [];
  let next = 0;
  return {
    name: "scripted",
    shown,
    async generate(conversations) {
      shown.push(...conversations);
      return conversations.map(() => {
        const text = pages[next++ % pages.length] as string;
        return { text, tokenCount: 10, finishReason: "stop" as const };
      });
    },
    async close() {},
  };
}

async function play(agentOf: (env: VectorWebGenEnv) => Agent, taskIds: readonly string[], maxTurns = 1) {
  const evaluator = createEvaluator({ renderer: await sharedRenderer(), scorer: headingScorer });
  const env = new VectorWebGenEnv({ id: "test/Headings-v0", tasks: headingTasks, evaluator, maxTurns });
  return runEpisodes({ agent: agentOf(env), env, taskIds, seed: 1 });
}

describe("agents", () => {
  it("policyAgent gives one sample per task", async () => {
    const policy = scripted([headingPage("amber 0"), headingPage("x")]);
    const episodes = await play(() => policyAgent({ name: "one", policy }), ["train/0", "train/1"]);
    expect(episodes.map(({ reward, tokens }) => [reward, tokens])).to.deep.equal([
      [1, 10],
      [0.25, 10],
    ]);
  });

  it("bestOfN hands in the best of its candidates and counts the tokens of all", async () => {
    const policy = scripted(["", headingPage("x"), headingPage("amber 0"), headingPage("y")]);
    const episodes = await play(
      (env) =>
        bestOfN({
          name: "best-of-4",
          policy,
          n: 4,
          evaluator: env.options.evaluator,
          tasks: env.options.tasks,
        }),
      ["train/0"],
    );
    expect(episodes[0]).to.include({ reward: 1, tokens: 40, completion: headingPage("amber 0") });
  });

  it("polish shows the policy what went wrong and keeps the best draft", async () => {
    const policy = scripted([headingPage("x"), headingPage("amber 0"), headingPage("amber 0")]);
    const episodes = await play(() => polish({ name: "polish", policy }), ["train/0"], 4);
    expect(episodes[0]).to.include({ reward: 1, turns: 3, tokens: 20, endReason: "completed" });
    expect(policy.shown[1]?.[0]?.content).to.match(/Fix: /);
  });

  it("polish never hands in a draft worse than one it had", async () => {
    const policy = scripted([headingPage("x"), "", "<p>nothing</p>"]);
    const episodes = await play(() => polish({ name: "polish", policy }), ["train/0"], 4);
    expect(episodes[0]).to.include({ reward: 0.25, completion: headingPage("x") });
  });

  it("an agent may end an episode early", async () => {
    const content: Agent = {
      name: "content",
      act: async (all) => all.map((): AgentAction => ({ text: "<p>x</p>", done: true })),
    };
    const episodes = await play(() => content, ["train/0"], 5);
    expect(episodes[0]?.turns).to.equal(1);
  });
});
