import { expect } from "chai";
import { createRemotePolicy, policyAgent, remoteAgent } from "../../agents/index.js";
import { DEFAULT_VIEWPORT } from "../../env/contract/task.js";
import type { Observation } from "../../env/index.js";
import { type ChatAnswer, type ChatBody, type ChatServer, serveChat } from "../support/chat-server.js";

const observation: Observation = {
  taskId: "t",
  episodeId: "e",
  kind: "html",
  prompt: "A page for a bakery.",
  image: new Uint8Array([1, 2, 3]),
  viewport: DEFAULT_VIEWPORT,
  turn: 0,
  turnsLeft: 1,
};
const user = (content: string) => [{ role: "user" as const, content }];

describe("a policy behind a server", () => {
  let server: ChatServer;
  afterEach(() => server.close());
  const serve = async (answer: (body: ChatBody, count: number) => ChatAnswer) => {
    server = await serveChat(answer);
    return { model: "m", baseURL: server.baseURL };
  };

  it("samples every conversation from a seed of its own, under the sampling it is given", async () => {
    const policy = createRemotePolicy(await serve(() => ({ text: "<p>hi</p>" })));
    const group = Array.from({ length: 4 }, () => user("page"));
    const completions = await policy.generate(group, { seed: 2 ** 31 - 2, topP: 0.9, maxTokens: 7 });
    expect(completions).to.deep.equal(
      Array(4).fill({ text: "<p>hi</p>", tokenCount: 5, finishReason: "stop" }),
    );
    expect(server.seen.map(({ seed }) => seed)).to.have.members([2 ** 31 - 2, 2 ** 31 - 1, 0, 1]);
    for (const body of server.seen)
      expect(body).to.include({ model: "m", temperature: 1, top_p: 0.9, max_tokens: 7 });
    await policy.generate([user("page")], { seed: 5, temperature: 0 });
    expect(server.seen.at(-1)).to.deep.include({ temperature: 0, seed: 5 });
    expect(server.seen.at(-1)).not.to.have.any.keys("top_p", "max_tokens");
    await policy.close();
  });

  it("is named after its model unless it has a name", async () => {
    const options = await serve(() => ({}));
    expect(createRemotePolicy(options).name).to.equal("m");
    expect(createRemotePolicy({ ...options, name: "big" }).name).to.equal("big");
  });

  it("says what became of an answer that was refused, and gives the others", async () => {
    const policy = createRemotePolicy(
      await serve((body) =>
        body.messages[0]?.content === "bad"
          ? { status: 400, error: { message: "Too long." } }
          : { text: "ok" },
      ),
    );
    const [good, bad] = await policy.generate([user("good"), user("bad")], { seed: 1 });
    expect(good).to.deep.equal({ text: "ok", tokenCount: 5, finishReason: "stop" });
    expect(bad).to.include({ text: "", tokenCount: 0 });
    expect(bad?.failure).to.match(/refused the request for model "m": 400 Too long/);
    expect(bad).not.to.have.property("finishReason");
    const agent = policyAgent({ name: "a", policy });
    const [action] = await agent.act([{ ...observation, prompt: "bad" }], { seed: 1 });
    expect(action).to.deep.equal({ text: "", tokenCount: 0, tokensSpent: 0, failure: bad?.failure });
  });

  it("as an agent gets instructions, the task and its picture", async () => {
    const agent = remoteAgent({ ...(await serve(() => ({ text: "x" }))), sampling: { temperature: 0.25 } });
    expect(agent.name).to.equal("m");
    const [action] = await agent.act([observation], { seed: 3 });
    expect(action).to.deep.equal({ text: "x", tokenCount: 5, tokensSpent: 5, finishReason: "stop" });
    const [body] = server.seen as [ChatBody];
    expect(body).to.include({ temperature: 0.25, seed: 3 });
    const [system, task] = body.messages;
    expect(system?.role).to.equal("system");
    expect(system?.content).to.match(/^You write web pages/);
    expect(task?.content).to.deep.equal([
      { type: "text", text: "A page for a bakery." },
      { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
    ]);
  });
});
