import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { createRemotePolicy } from "../../../agents/remote.js";
import { createChatClient } from "../../../infra/chat/client.js";
import { rejection } from "../../support/rejection.js";

interface Seen {
  readonly messages: { role: string; content: unknown }[];
  readonly model: string;
  readonly temperature?: number;
}

/** A server that speaks chat completions and answers what `reply` says. */
async function serve(reply: (body: Seen, count: number) => { status?: number; text?: string }) {
  const seen: Seen[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push(JSON.parse(body) as Seen);
    const { status = 200, text = "" } = reply(seen.at(-1) as Seen, seen.length);
    response.writeHead(status, { "content-type": "application/json" });
    const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }];
    const usage = { prompt_tokens: 3, completion_tokens: 5 };
    response.end(
      JSON.stringify(status === 200 ? { choices, usage } : { error: { message: "no such model" } }),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return { seen, baseURL, close: () => server.close() };
}

describe("the chat client", () => {
  it("sends text and picture, and reads text and token counts", async () => {
    const server = await serve(() => ({ text: "<p>hi</p>" }));
    const policy = createRemotePolicy({ model: "m", baseURL: server.baseURL });
    const image = new Uint8Array([1, 2, 3]);
    const [completion] = await policy.generate([[{ role: "user", content: "page", image }]], {
      seed: 1,
      temperature: 0.5,
    });
    expect(completion).to.deep.equal({ text: "<p>hi</p>", tokenCount: 5, finishReason: "stop" });
    expect(server.seen[0]).to.include({ model: "m", temperature: 0.5 });
    expect(server.seen[0]?.messages[0]?.content).to.deep.equal([
      { type: "text", text: "page" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
    ]);
    server.close();
  });

  it("keeps the order of many requests", async () => {
    const server = await serve(({ messages }) => ({ text: String(messages[0]?.content) }));
    const client = createChatClient({ model: "m", baseURL: server.baseURL, concurrency: 3 });
    const requests = Array.from({ length: 10 }, (_, i) => ({
      messages: [{ role: "user" as const, content: `${i}` }],
    }));
    expect((await client.completeAll(requests)).map(({ text }) => text)).to.deep.equal(
      requests.map((_, i) => `${i}`),
    );
    server.close();
  });

  it("tries again after a passing fault", async () => {
    const server = await serve((_, count) => (count === 1 ? { status: 503 } : { text: "ok" }));
    const client = createChatClient({ model: "m", baseURL: server.baseURL });
    expect((await client.complete({ messages: [{ role: "user", content: "x" }] })).text).to.equal("ok");
    server.close();
  });

  it("says in a sentence what is wrong with a server", async () => {
    const server = await serve(() => ({ status: 404 }));
    const refused = createChatClient({ model: "m", baseURL: server.baseURL });
    const message = { messages: [{ role: "user" as const, content: "x" }] };
    expect((await rejection(refused.complete(message))).message).to.match(
      /refused the request for model "m"/,
    );
    server.close();
    const away = createChatClient({ model: "m", baseURL: "http://127.0.0.1:9/v1", retries: 0 });
    expect((await rejection(away.complete(message))).message).to.match(/Is the server running/);
  });
});
