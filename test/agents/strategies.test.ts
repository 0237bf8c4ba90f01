import { expect } from "chai";
import { type Agent, bestOfN, type Message, type Policy, policyAgent, polish } from "../../agents/index.js";
import { referenceAgent } from "../../agents/reference.js";
import type { Evaluator } from "../../env/evaluate.js";
import {
  type Observation,
  readArtifact,
  type Task,
  type TaskSource,
  VectorWebGenEnv,
} from "../../env/index.js";
import { runEpisodes } from "../../experiments/episodes.js";
import { UsageError } from "../../infra/errors.js";
import { headingTasks } from "../support/headings.js";
import { rejection } from "../support/rejection.js";
import { textEvaluator } from "../support/text-evaluator.js";

/** A policy that writes the texts of a list, one after another. */
function scripted(texts: readonly string[]): Policy & { shown: (readonly Message[])[]; seeds: number[] } {
  const shown: (readonly Message[])[] = [];
  const seeds: number[] = [];
  return {
    name: "scripted",
    shown,
    seeds,
    async generate(conversations, { seed }) {
      seeds.push(seed);
      return conversations.map((messages) => {
        const text = texts[shown.length % texts.length] as string;
        shown.push(messages);
        return { text, tokenCount: 10, finishReason: "stop" as const };
      });
    },
    async close() {},
  };
}

/** A number as an answer is worth itself; "?" cannot be measured. */
const worth = (text: string) => (text === "?" ? null : Number(text));

const open = (evaluator: Evaluator, maxTurns = 1, tasks: TaskSource = headingTasks) =>
  new VectorWebGenEnv({ id: "test/Headings-v0", tasks, evaluator, maxTurns });

describe("best of n", () => {
  const agentOf = (texts: readonly string[], evaluator: Evaluator, n = 3) => {
    const policy = scripted(texts);
    return { policy, agent: bestOfN({ name: "best", policy, n, evaluator, tasks: headingTasks }) };
  };
  const play = (agent: Agent, evaluator: Evaluator, taskIds = ["train/0"]) =>
    runEpisodes({ agent, env: open(evaluator), taskIds, seed: 1 });

  it("answers each task with the best of its own samples, and counts the tokens of all", async () => {
    const evaluator = textEvaluator(worth);
    const { agent, policy } = agentOf(["0.1", "0.4", "0.2", "0.9", "0.3", "0.5"], evaluator);
    const episodes = await play(agent, evaluator, ["train/0", "train/1"]);
    expect(episodes.map(({ completion, tokens }) => [completion, tokens])).to.deep.equal([
      ["0.4", 30],
      ["0.9", 30],
    ]);
    expect(policy.shown.map(([message]) => message?.content)).to.deep.equal(
      [0, 0, 0, 1, 1, 1].map((i) => headingTasks.at("train", i).prompt),
    );
  });

  it("never prefers a candidate that could not be measured", async () => {
    const evaluator = textEvaluator(worth);
    const [episode] = await play(agentOf(["?", "-2", "?"], evaluator).agent, evaluator);
    expect(episode).to.include({ completion: "-2", reward: -2 });
    const [none] = await play(agentOf(["?", "?", "?"], evaluator).agent, evaluator);
    expect(none).to.include({ completion: "?", reward: null });
  });

  it("takes the first of equals", async () => {
    const evaluator = textEvaluator((text) => text.length);
    const [episode] = await play(agentOf(["aa", "bb", "c"], evaluator).agent, evaluator);
    expect(episode?.completion).to.equal("aa");
  });

  it("passes on what its evaluator made of the winner", async () => {
    const evaluator = textEvaluator(worth);
    const observation = { ...headingTasks.at("train", 0), taskId: "train/0" } as unknown as Observation;
    const [action] = await agentOf(["0.1", "0.4", "0.2"], evaluator).agent.act([observation], { seed: 1 });
    expect(action?.evaluation?.completion.text).to.equal("0.4");
    expect(action?.evaluation?.scorecard.total.value).to.equal(0.4);
    expect(action).to.include({ text: "0.4", tokenCount: 10, tokensSpent: 30, finishReason: "stop" });
  });

  it("needs at least one sample, and tasks it can look up", async () => {
    const evaluator = textEvaluator(worth);
    for (const n of [0, 1.5, -1])
      expect(() => agentOf(["1"], evaluator, n)).to.throw(
        UsageError,
        `n must be a whole number of at least 1, but it is ${n}.`,
      );
    const observation = { ...headingTasks.at("train", 0), taskId: "train/999" } as unknown as Observation;
    const error = await rejection(agentOf(["1"], evaluator, 1).agent.act([observation], { seed: 1 }));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(/test\/Headings-v0 has no task "train\/999"/);
  });
});

describe("polish", () => {
  const play = (texts: readonly string[], taskIds: readonly string[], maxTurns = 4, goodEnough?: number) => {
    const policy = scripted(texts);
    const agent = polish({ name: "polish", policy, ...(goodEnough ? { goodEnough } : {}) });
    const env = open(textEvaluator(worth), maxTurns);
    return { policy, agent, env, run: () => runEpisodes({ agent, env, taskIds, seed: 1 }) };
  };

  it("keeps the drafts of two episodes of one task apart", async () => {
    // Drafts and revisions of the first and the second episode in turn.
    const { run } = play(["0.1", "0.9", "0.3", "0.5", "0.2", "0.4"], ["train/0", "train/0"]);
    const episodes = await run();
    expect(episodes.map(({ completion, reward }) => [completion, reward])).to.deep.equal([
      ["0.3", 0.3],
      ["0.9", 0.9],
    ]);
  });

  it("hands in nothing of an earlier episode", async () => {
    const { run } = play(["0.9", "0.1", "0.1", "0.2", "0.3", "0.1"], ["train/0"]);
    expect((await run())[0]?.reward).to.equal(0.9);
    expect((await run())[0]?.reward).to.equal(0.3);
  });

  it("hands in the best draft on the last turn, at no cost in tokens", async () => {
    const { run, policy } = play(["0.2", "0.4", "0.1"], ["train/0"]);
    expect((await run())[0]).to.include({ completion: "0.4", reward: 0.4, turns: 4, tokens: 30 });
    expect(policy.shown).to.have.length(3);
  });

  it("stops as soon as a draft is good enough", async () => {
    const { run, policy } = play(["0.2", "0.6", "0.9"], ["train/0"], 5, 0.6);
    expect((await run())[0]).to.include({ completion: "0.6", turns: 3 });
    expect(policy.shown).to.have.length(2);
    const demanding = play(["0.99", "0.995", "1"], ["train/0"], 5);
    expect((await demanding.run())[0]).to.include({ completion: "0.995", turns: 3 });
  });

  it("prefers any draft with a reward to one that could not be measured, and that to none", async () => {
    expect((await play(["?", "-1", "?"], ["train/0"]).run())[0]).to.include({ completion: "-1", reward: -1 });
    expect((await play(["?"], ["train/0"], 3).run())[0]).to.include({ completion: "?", reward: null });
  });

  it("keeps the earlier of equal drafts, and forgets an episode that it ended", async () => {
    const { agent, env } = play(["0.5"], [], 3);
    const [reset] = await env.reset({ taskIds: ["train/0"] });
    const observation = reset?.observation as Observation;
    const feedback = { reward: 0.5, parts: {}, failedChecks: [], findings: [], errors: [] };
    const turn = (answer: string, turnsLeft: number) => ({
      ...observation,
      turnsLeft,
      feedback: { ...feedback, answer },
    });
    await agent.act([turn("first", 2)], { seed: 1 });
    const [handedIn] = await agent.act([turn("second", 1)], { seed: 1 });
    expect(handedIn).to.deep.equal({ text: "first", tokensSpent: 0, done: true });
    const [again] = await agent.act([{ ...observation, turnsLeft: 1 }], { seed: 1 });
    expect(again?.text).to.equal("0.5");
  });

  it("shows the policy its conversation, under its sampling", async () => {
    const sampled: unknown[] = [];
    const policy = scripted(["0.1"]);
    const watched: Policy = {
      ...policy,
      generate(conversations, sampling) {
        sampled.push(sampling);
        return policy.generate(conversations, sampling);
      },
    };
    const env = open(textEvaluator(worth), 3);
    const observation = (await env.reset({ taskIds: ["train/0"] }))[0]?.observation as Observation;
    const options = { name: "a", policy: watched, sampling: { temperature: 0.25 } };
    await polish(options).act([observation], { seed: 7 });
    await bestOfN({
      ...options,
      n: 1,
      evaluator: textEvaluator(worth),
      tasks: headingTasks,
    }).act([observation], { seed: 8 });
    const [action] = await policyAgent(options).act([observation], { seed: 9 });
    expect(sampled).to.deep.equal([7, 8, 9].map((seed) => ({ temperature: 0.25, seed })));
    expect(policy.shown).to.deep.equal(Array(3).fill([{ role: "user", content: observation.prompt }]));
    expect(action).to.deep.equal({ text: "0.1", tokenCount: 10, tokensSpent: 10, finishReason: "stop" });
  });

  it("asks the policy only for what is to be revised", async () => {
    const { run, policy } = play(["1", "0.2", "0.3"], ["train/0", "train/1"], 3);
    expect((await run()).map(({ reward }) => reward)).to.deep.equal([1, 0.3]);
    expect(policy.shown).to.have.length(3);
  });
});

describe("the reference agent", () => {
  const task = headingTasks.at("train", 0);
  const act = async (of: Partial<Task>) => {
    const source: TaskSource = {
      ...headingTasks,
      byId: (id) => (id === "t" ? { ...task, ...of } : undefined),
    };
    const observation = { taskId: "t" } as Observation;
    return (await referenceAgent(source).act([observation], { seed: 1 }))[0];
  };

  it("hands in a document, a component or a site as answers of that kind are written", async () => {
    expect(await act({})).to.deep.equal({ text: task.reference?.html, tokenCount: 0 });
    const tsx = "export default () => <p>x</p>";
    expect((await act({ kind: "tsx", reference: { tsx } }))?.text).to.equal(tsx);
    const files = { "package.json": "{}", "index.html": "<p>home</p>" };
    const site = readArtifact("site", (await act({ kind: "site", reference: { files } }))?.text ?? "");
    expect(site.status === "ok" && site.artifact).to.deep.include({ files });
  });

  it("says of a task with a picture alone, or none at all, that there is nothing to hand in", async () => {
    const nothing = { text: "", tokenCount: 0, failure: "Task t has no reference to hand in." };
    expect(await act({ reference: { screenshot: Uint8Array.of(1) } })).to.deep.equal(nothing);
    expect(await act({ kind: "tsx" })).to.deep.equal(nothing);
    const [unknown] = await referenceAgent(headingTasks, "upper").act([{ taskId: "t" } as Observation], {
      seed: 1,
    });
    expect(unknown).to.deep.equal(nothing);
    expect(referenceAgent(headingTasks, "upper").name).to.equal("upper");
    expect(referenceAgent(headingTasks).name).to.equal("reference");
  });
});
