import { expect } from "chai";
import {
  type Agent,
  bestOfN,
  type Message,
  type Policy,
  policyAgent,
  polish,
  remoteAgent,
} from "../../../agents/index.js";
import { referenceAgent } from "../../../agents/reference.js";
import type { Evaluator } from "../../../env/evaluate.js";
import {
  type AgentAction,
  createEvaluator,
  type Scorer,
  scored,
  type TaskSource,
  VectorWebGenEnv,
} from "../../../env/index.js";
import { runEpisodes } from "../../../experiments/episodes.js";
import { sharedRenderer } from "../../support/browser.js";
import { serveChat } from "../../support/chat-server.js";
import { headingPage, headingScorer, headingTasks } from "../../support/headings.js";

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

describe("best of n, rendered", () => {
  const bestOf3 = (evaluator: Evaluator) =>
    bestOfN({ name: "best", policy: scripted(pages), n: 3, evaluator, tasks: headingTasks });
  const open = (evaluator: Evaluator) => new VectorWebGenEnv({ id: "test", tasks: headingTasks, evaluator });
  const playBest = (agent: Agent, evaluator: Evaluator) =>
    runEpisodes({ agent, env: open(evaluator), taskIds: ["train/0"], seed: 1 });

  /** Counts what is rendered and what is scored. */
  async function counting(scorer: Scorer) {
    const renderer = await sharedRenderer();
    const counts = { rendered: 0, scored: 0 };
    const evaluator = createEvaluator({
      renderer: {
        ...renderer,
        render(request) {
          counts.rendered++;
          return renderer.render(request);
        },
      },
      scorer: {
        ...scorer,
        score(contexts) {
          counts.scored += contexts.length;
          return scorer.score(contexts);
        },
      },
    });
    return { counts, evaluator };
  }
  const pages = [headingPage("x"), headingPage("amber 0"), headingPage("y")];

  it("renders and scores each candidate once, the winner too", async () => {
    const { counts, evaluator } = await counting(headingScorer);
    const [episode] = await playBest(bestOf3(evaluator), evaluator);
    expect(episode).to.include({ completion: pages[1], reward: 1 });
    expect(counts).to.deep.equal({ rendered: 3, scored: 3 });
  });

  it("has the winner scored alone where scores compare answers with one another", async () => {
    const rank: Scorer = {
      name: "rank",
      needs: new Set(),
      comparesAnswers: true,
      score: async (contexts) => contexts.map((_, i) => ({ total: scored(i / contexts.length), parts: {} })),
    };
    const { counts, evaluator } = await counting(rank);
    const [episode] = await playBest(bestOf3(evaluator), evaluator);
    expect(episode).to.include({ completion: pages[2], reward: 0 });
    expect(counts).to.deep.equal({ rendered: 4, scored: 4 });
  });

  it("does not pass off the verdict of another evaluator as the environment's", async () => {
    const kind = await counting({
      name: "kind",
      needs: new Set(),
      score: async (contexts) => contexts.map(() => ({ total: scored(1), parts: {} })),
    });
    const { counts, evaluator } = await counting(headingScorer);
    const [episode] = await playBest(bestOf3(kind.evaluator), evaluator);
    expect(episode).to.include({ completion: pages[0], reward: 0.25 });
    expect(counts).to.deep.equal({ rendered: 1, scored: 1 });
  });

  it("does not pass off the verdict of another answer or task either", async () => {
    const { evaluator } = await counting(headingScorer);
    const task = headingTasks.at("train", 0);
    const [evaluation] = await evaluator.evaluate(task, [{ text: headingPage("amber 0") }]);
    expect(evaluation?.scorecard.total.value).to.equal(1);
    const env = open(evaluator);
    for (const [taskId, text] of [
      ["train/0", headingPage("x")],
      ["train/1", headingPage("amber 0")],
    ] as const) {
      await env.reset({ taskIds: [taskId] });
      const [result] = await env.step([{ text, ...(evaluation ? { evaluation } : {}) }]);
      expect(result?.reward).to.equal(0.25);
    }
  });
});

describe("answers that there are not, in an environment", () => {
  const run = async (agent: Agent, tasks: TaskSource, taskIds: readonly string[]) => {
    const evaluator = createEvaluator({ renderer: await sharedRenderer(), scorer: headingScorer });
    const episodes = await runEpisodes({
      agent,
      env: new VectorWebGenEnv({ id: "test", tasks, evaluator }),
      taskIds,
      seed: 1,
    });
    return episodes.map(({ reward, endReason }) => [reward, endReason]);
  };

  it("leave unmeasured what a server refused, and the others as they are", async () => {
    const server = await serveChat((body) =>
      String(body.messages[1]?.content).includes("birch") ? { status: 400 } : { text: headingPage("x") },
    );
    const agent = remoteAgent({ model: "m", baseURL: server.baseURL });
    expect(await run(agent, headingTasks, ["train/0", "train/1", "train/2"])).to.deep.equal([
      [0.25, "completed"],
      [null, "infrastructure_error"],
      [0.25, "completed"],
    ]);
    server.close();
  });

  it("leave unmeasured a task without a reference to hand in", async () => {
    const bare: TaskSource = {
      ...headingTasks,
      byId(id) {
        const found = headingTasks.byId(id);
        if (id !== "train/1" || !found) return found;
        const { reference: _, ...rest } = found;
        return rest;
      },
    };
    const agent = referenceAgent(bare);
    expect(agent.name).to.equal("reference");
    expect(await run(agent, bare, ["train/0", "train/1"])).to.deep.equal([
      [1, "completed"],
      [null, "infrastructure_error"],
    ]);
  });
});
