import { expect } from "chai";
import type { ChatRequest } from "../../../infra/chat/messages.js";
import { type ReplyCache, repliesOnDisk, replyKey } from "../../../infra/chat/reply-cache.js";
import { createMemory } from "../../../infra/chat/reply-memory.js";
import { InfrastructureError } from "../../../infra/errors.js";
import { rejection } from "../../support/rejection.js";

describe("the key of a chat request", () => {
  const png = (...bytes: number[]) => new Uint8Array(bytes);
  const request: ChatRequest = { messages: [{ role: "user", content: "page" }], temperature: 0.5 };
  const key = (changes: Partial<ChatRequest> = {}, model = "m", baseURL?: string) =>
    replyKey(model, baseURL, { ...request, ...changes });

  it("differs with whatever bears on the reply", () => {
    const user = (more: object) => [{ role: "user" as const, content: "page", ...more }];
    const keys = [
      key(),
      key({}, "n"),
      key({}, "m", "http://localhost/v1"),
      key({ temperature: 0.6 }),
      key({ topP: 0.9 }),
      key({ maxTokens: 7 }),
      key({ seed: 1 }),
      key({ schema: { name: "verdict", schema: { type: "object" } } }),
      key({ messages: [{ role: "system", content: "page" }] }),
      key({ messages: [{ role: "user", content: "site" }] }),
      key({ messages: [...request.messages, ...request.messages] }),
      key({ messages: user({ image: png(1) }) }),
      key({ messages: user({ image: png(2) }) }),
      key({ messages: user({ image: png(1), images: [png(2)] }) }),
      key({ messages: user({ images: [png(2), png(1)] }) }),
    ];
    expect(new Set(keys).size).to.equal(keys.length);
    for (const each of keys) expect(each).to.match(/^[0-9a-f]{64}$/);
  });

  it("is the same for a picture alone or in a list of one, and whatever the signal", () => {
    const user = (more: object) => ({ messages: [{ role: "user" as const, content: "page", ...more }] });
    expect(key(user({ images: [png(1)] }))).to.equal(key(user({ image: png(1) })));
    expect(key(user({ images: [] }))).to.equal(key());
    expect(key({ signal: new AbortController().signal })).to.equal(key());
  });
});

describe("replies on disk", () => {
  it("are texts in a cache of bytes", async () => {
    const held = new Map<string, Uint8Array>();
    const replies = repliesOnDisk({
      get: async (key: string) => held.get(key),
      put: async (key: string, bytes: Uint8Array) => void held.set(key, bytes),
    } as Parameters<typeof repliesOnDisk>[0]);
    expect(await replies.get("a")).to.equal(undefined);
    await replies.set("a", "grün");
    expect(await replies.get("a")).to.equal("grün");
    expect([...(held.get("a") ?? [])]).to.deep.equal([0x67, 0x72, 0xc3, 0xbc, 0x6e]);
  });
});

describe("the memory of replies", () => {
  const never = new AbortController().signal;
  const fit = () => null;

  function memory(cache: ReplyCache = new Map<string, string>()) {
    let hits = 0;
    let asked = 0;
    const remember = createMemory(cache, () => hits++);
    const read = (ask: () => Promise<string>, more: Partial<Parameters<typeof remember>[0]> = {}) =>
      remember({
        ...{ key: "k", fault: fit, signal: never },
        ask: () => {
          asked++;
          return ask();
        },
        ...more,
      });
    return { read, counts: () => ({ hits, asked }) };
  }

  it("asks once for what many want at once, and each under its own key", async () => {
    const { read, counts } = memory();
    const replies = await Promise.all([
      read(async () => "one"),
      read(async () => "two"),
      read(async () => "other", { key: "l" }),
    ]);
    expect(replies).to.deep.equal(["one", "one", "other"]);
    expect(await read(async () => "three")).to.equal("one");
    expect(counts()).to.deep.equal({ hits: 2, asked: 2 });
  });

  it("asks again for what it knows but cannot be used", async () => {
    const cache = new Map([["k", "stale"]]);
    const { read, counts } = memory(cache);
    const fault = (reply: string) => (reply === "stale" ? "it is stale" : null);
    expect(await read(async () => "fresh", { fault })).to.equal("fresh");
    expect(cache.get("k")).to.equal("fresh");
    expect(counts()).to.deep.equal({ hits: 0, asked: 1 });
  });

  it("remembers no outage, which is everyone's who waits", async () => {
    const { read, counts } = memory();
    const outage = async (): Promise<string> => {
      throw new InfrastructureError("The server is away.");
    };
    const [first, second] = await Promise.all([rejection(read(outage)), rejection(read(async () => "late"))]);
    expect([first.message, second.message]).to.deep.equal(["The server is away.", "The server is away."]);
    expect(await read(async () => "back")).to.equal("back");
    expect(counts()).to.deep.equal({ hits: 0, asked: 2 });
  });

  it("asks for those who still wait when the one who asked first gives up", async () => {
    const { read, counts } = memory();
    const leaving = async (): Promise<string> => {
      throw new DOMException("gone", "AbortError");
    };
    const [first, second] = await Promise.all([rejection(read(leaving)), read(async () => "mine")]);
    expect(first.name).to.equal("AbortError");
    expect(second).to.equal("mine");
    expect(counts()).to.deep.equal({ hits: 0, asked: 2 });
  });

  it("lets go of one who waits when that one's signal aborts", async () => {
    const { read, counts } = memory();
    const abort = new AbortController();
    let answer = (_: string) => {};
    const slow = read(() => new Promise<string>((resolve) => (answer = resolve)));
    const waiting = read(async () => "never", { signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort(new Error("tired"));
    expect((await rejection(waiting)).message).to.equal("tired");
    expect((await rejection(read(async () => "never", { signal: abort.signal }))).message).to.equal("tired");
    answer("done");
    expect(await slow).to.equal("done");
    expect(counts()).to.deep.equal({ hits: 0, asked: 1 });
  });
});
