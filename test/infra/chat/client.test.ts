import { expect } from "chai";
import { SpendLimitError } from "../../../infra/chat/budget.js";
import { type ChatOptions, type ChatRequest, createChatClient } from "../../../infra/chat/client.js";
import { ChatError, UnusableAnswerError } from "../../../infra/chat/error.js";
import { InfrastructureError, UsageError } from "../../../infra/errors.js";
import { type ChatAnswer, type ChatBody, type ChatServer, serveChat } from "../../support/chat-server.js";
import { rejection } from "../../support/rejection.js";

const ask = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: "user", content }],
  ...more,
});
const contentOf = ({ messages }: ChatBody) => String(messages[0]?.content);

describe("the chat client", () => {
  let server: ChatServer | undefined;
  afterEach(() => server?.close());

  async function connect(
    answer: (body: ChatBody, count: number) => ChatAnswer | Promise<ChatAnswer>,
    options: Partial<ChatOptions> = {},
  ) {
    server = await serveChat(answer);
    return createChatClient({ model: "m", baseURL: server.baseURL, ...options });
  }

  it("sends what it is given and nothing else, and reads text, tokens and why it ended", async () => {
    const client = await connect((_, count) =>
      count === 1 ? { text: "<p>hi</p>" } : { text: "<p", finish: "length" },
    );
    expect(await client.complete(ask("page"))).to.deep.equal({
      text: "<p>hi</p>",
      promptTokens: 3,
      completionTokens: 5,
      finishReason: "stop",
    });
    expect(server?.seen[0]).to.deep.equal({ model: "m", messages: [{ role: "user", content: "page" }] });
    const schema = { name: "verdict", schema: { type: "object" } };
    const sampling = { temperature: 0.5, topP: 0.9, maxTokens: 7, seed: 11, schema };
    expect((await client.complete(ask("page", sampling))).finishReason).to.equal("length");
    expect(server?.seen[1]).to.deep.include({
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 7,
      seed: 11,
      response_format: { type: "json_schema", json_schema: { ...schema, strict: true } },
    });
  });

  it("shows pictures after the text, to the user's messages alone", async () => {
    const client = await connect(() => ({ text: "" }));
    const [one, two] = [new Uint8Array([1, 2, 3]), new Uint8Array([4])];
    await client.complete({
      messages: [
        { role: "user", content: "page", image: one, images: [two] },
        { role: "assistant", content: "no", image: one },
        { role: "user", content: "more", images: [] },
      ],
    });
    const url = (data: string) => ({
      type: "image_url",
      image_url: { url: `data:image/png;base64,${data}` },
    });
    expect(server?.seen[0]?.messages).to.deep.equal([
      { role: "user", content: [{ type: "text", text: "page" }, url("AQID"), url("BA==")] },
      { role: "assistant", content: "no" },
      { role: "user", content: "more" },
    ]);
  });

  it("keeps the order of many requests, with no more under way than it may", async () => {
    let [now, most] = [0, 0];
    const client = await connect(
      async (body) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, Number(contentOf(body)) % 3));
        now--;
        return { text: contentOf(body) };
      },
      { concurrency: 3 },
    );
    const numbers = Array.from({ length: 10 }, (_, i) => `${i}`);
    const replies = await client.completeAll(numbers.map((number) => ask(number)));
    expect(replies.map((reply) => reply instanceof ChatError || reply.text)).to.deep.equal(numbers);
    expect(most).to.be.within(2, 3);
  });

  it("tries again after a passing fault, as often as it may", async () => {
    const client = await connect((_, count) => (count < 3 ? { status: 503 } : { text: "ok" }), {
      retries: 2,
    });
    expect((await client.complete(ask("x"))).text).to.equal("ok");
    server?.close();
    const impatient = await connect(() => ({ status: 503 }), { retries: 0 });
    expect(await rejection(impatient.complete(ask("x")))).to.include({ status: 503 });
    expect(server?.seen).to.have.length(1);
  });

  describe("when requests fail", () => {
    it("lets the others stand", async () => {
      const client = await connect((body) =>
        contentOf(body) === "bad"
          ? { status: 400, error: { message: "The prompt is too long.", code: "context_length" } }
          : { text: "ok" },
      );
      const [first, bad, last] = await client.completeAll([ask("a"), ask("bad"), ask("b")]);
      expect(first).to.include({ text: "ok" });
      expect(last).to.include({ text: "ok" });
      expect(bad).to.be.instanceOf(ChatError).and.include({ status: 400, code: "context_length" });
      expect((bad as ChatError).message).to.match(/refused the request for model "m": .*too long/);
    });

    it("does not reject even when each was refused for what is in it", async () => {
      for (const status of [400, 413, 422]) {
        const client = await connect(() => ({ status }));
        const replies = await client.completeAll([ask("a"), ask("b")]);
        expect(replies.map((reply) => reply instanceof ChatError && reply.status)).to.deep.equal([
          status,
          status,
        ]);
        server?.close();
      }
    });

    it("rejects when none was answered for a fault of the server's", async () => {
      for (const status of [401, 403, 404, 408, 429, 500, 503]) {
        const client = await connect(() => ({ status }), { retries: 0 });
        const error = await rejection(client.completeAll([ask("a"), ask("b")]));
        expect(error).to.be.instanceOf(InfrastructureError).and.include({ status });
        server?.close();
      }
      const mixed = await connect((body) => ({ status: contentOf(body) === "bad" ? 400 : 500 }), {
        retries: 0,
      });
      expect(await rejection(mixed.completeAll([ask("bad"), ask("b")]))).to.include({ status: 500 });
      const away = createChatClient({ model: "m", baseURL: "http://127.0.0.1:9/v1", retries: 0 });
      expect((await rejection(away.completeAll([ask("a")]))).message).to.match(/Is the server running/);
    });

    it("keeps the replies there are when a server breaks on the way", async () => {
      const client = await connect((body) => (contentOf(body) === "b" ? { status: 500 } : { text: "ok" }), {
        retries: 0,
      });
      const [first, second] = await client.completeAll([ask("a"), ask("b")]);
      expect(first).to.include({ text: "ok" });
      expect(second).to.be.instanceOf(ChatError).and.include({ status: 500 });
    });

    it("has nothing to say of no requests", async () => {
      const client = await connect(() => ({ status: 500 }));
      expect(await client.completeAll([])).to.deep.equal([]);
    });
  });

  describe("limits tokens", () => {
    /** As OpenAI's own models answer. */
    const modern = (body: ChatBody): ChatAnswer =>
      body.max_tokens === undefined
        ? { text: `${body.max_completion_tokens}` }
        : {
            status: 400,
            error: {
              message:
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
              type: "invalid_request_error",
              param: "max_tokens",
              code: "unsupported_parameter",
            },
          };

    it("under the newer name once a server asks for it, and from then on", async () => {
      const client = await connect(modern);
      expect((await client.complete(ask("x", { maxTokens: 9 }))).text).to.equal("9");
      expect((await client.complete(ask("x", { maxTokens: 8 }))).text).to.equal("8");
      expect(server?.seen.map((body) => [body.max_tokens, body.max_completion_tokens])).to.deep.equal([
        [9, undefined],
        [undefined, 9],
        [undefined, 8],
      ]);
    });

    it("also when many learn of it at once, each client for itself", async () => {
      const client = await connect(modern);
      const replies = await client.completeAll([1, 2, 3, 4].map((maxTokens) => ask("x", { maxTokens })));
      expect(replies.map((reply) => reply instanceof ChatError || reply.text)).to.deep.equal([
        "1",
        "2",
        "3",
        "4",
      ]);
      const other = createChatClient({ model: "m", baseURL: server?.baseURL as string });
      await other.complete(ask("x", { maxTokens: 5 }));
      expect(server?.seen.at(-2)?.max_tokens).to.equal(5);
    });

    it("and gives up when neither name is taken, or something else is wrong", async () => {
      const message = "Use 'max_completion_tokens' or not at all.";
      const client = await connect(() => ({ status: 400, error: { message } }));
      expect((await rejection(client.complete(ask("x", { maxTokens: 9 })))).message).to.include(message);
      expect(server?.seen).to.have.length(2);
      expect((await rejection(client.complete(ask("x", { maxTokens: 9 })))).message).to.include(message);
      expect(server?.seen).to.have.length(3);
      server?.close();
      const strict = await connect(() => ({ status: 400, error: { message: "max_tokens is too large." } }));
      await rejection(strict.complete(ask("x", { maxTokens: 9 })));
      expect(server?.seen).to.have.length(1);
    });
  });

  it("says in a sentence what is wrong with a server", async () => {
    const client = await connect(() => ({ status: 404 }));
    const refused = await rejection(client.complete(ask("x")));
    expect(refused).to.be.instanceOf(ChatError);
    expect(refused.message).to.match(
      /^The server at http.* refused the request for model "m": 404 no such model/,
    );
    server?.close();
    const away = createChatClient({ model: "m", baseURL: "http://127.0.0.1:9/v1", retries: 0 });
    const absent = await rejection(away.complete(ask("x")));
    expect(absent.message).to.match(/^No answer from http:\/\/127.0.0.1:9\/v1: .* Is the server running/);
    expect((absent as ChatError).status).to.equal(undefined);
    const empty = await connect(() => ({ body: { choices: [] } }));
    expect((await rejection(empty.complete(ask("x")))).message).to.match(/answered without a choice/);
    server?.close();
    server?.close();
    const bare = await connect(() => ({ body: {} }), { retries: 0 });
    expect((await rejection(bare.complete(ask("x")))).message).to.equal(
      `The server at ${server?.baseURL} answered without a choice.`,
    );
    server?.close();
    const garbled = await connect(() => ({ body: "not a reply", headers: { "content-type": "text/html" } }));
    expect(await rejection(garbled.complete(ask("x")))).to.be.instanceOf(ChatError);
  });

  it("takes a reply without text or counts for an empty one, and estimates its tokens", async () => {
    const choices = [{ index: 0, message: { role: "assistant", content: null } }];
    const client = await connect(() => ({ body: { choices } }));
    expect(await client.complete(ask("12345"))).to.deep.equal({
      ...{ text: "", promptTokens: 0, completionTokens: 0, finishReason: "stop" },
    });
    expect(client.spent()).to.include({ requests: 1, promptTokens: 2, completionTokens: 0 });
  });

  it("passes on when a server wants to be asked again", async () => {
    const waits: (number | undefined)[] = [];
    for (const headers of [
      { "retry-after-ms": "250" },
      { "retry-after": "2" },
      { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" },
      { "retry-after": "soon" },
      { "retry-after-ms": "-5" },
      { "retry-after-ms": "0", "retry-after": "9" },
      {},
    ]) {
      const client = await connect(() => ({ status: 429, headers }), { retries: 0 });
      waits.push(((await rejection(client.complete(ask("x")))) as ChatError).retryAfter);
      server?.close();
    }
    expect(waits).to.deep.equal([250, 2000, 0, undefined, undefined, 0, undefined]);
  });

  it("stops when it is told to, and gives up on a server that takes too long", async () => {
    const client = await connect(() => new Promise<ChatAnswer>(() => {}));
    const abort = new AbortController();
    const request = client.complete(ask("x", { signal: abort.signal }));
    abort.abort();
    expect((await rejection(request)).name).to.equal("AbortError");
    const hasty = createChatClient({
      ...{ model: "m", baseURL: server?.baseURL as string },
      ...{ timeout: 20, retries: 0 },
    });
    expect((await rejection(hasty.complete(ask("x")))).message).to.match(/did not answer within 20 ms/);
  });

  describe("reads", () => {
    const fault = (reply: string) => (reply === "fit" ? null : `it says ${reply}`);

    it("a reply that can be used, asking again with what is wrong, and once alone", async () => {
      const client = await connect((_, count) => ({ text: count < 3 ? `no ${count}` : "fit" }));
      const both = await Promise.all([client.read(ask("x"), { fault }), client.read(ask("x"), { fault })]);
      expect(both).to.deep.equal(["fit", "fit"]);
      expect(await client.read(ask("x"), { fault })).to.equal("fit");
      expect(server?.seen.map(({ messages }) => messages.map(({ content }) => content))).to.deep.equal([
        ["x"],
        ["x", "no 1", "Your answer cannot be used: it says no 1. Answer again, in the form asked for."],
        ["x", "no 2", "Your answer cannot be used: it says no 2. Answer again, in the form asked for."],
      ]);
      expect(server?.seen[2]?.messages.map(({ role }) => role)).to.deep.equal(["user", "assistant", "user"]);
      expect(client.spent()).to.deep.equal({
        requests: 3,
        promptTokens: 9,
        completionTokens: 15,
        money: null,
        cached: 2,
      });
    });

    it("nothing when no reply is fit, and says how the last one ended", async () => {
      const client = await connect(() => ({ text: "no", finish: "length" }), { reasks: 1 });
      const error = await rejection(client.read(ask("x", { maxTokens: 7 }), { fault }));
      expect(error).to.be.instanceOf(UnusableAnswerError).and.include({ reply: "no" });
      expect(error.message).to.equal(
        'The model "m" gave no usable answer in 2 attempts: it says no (it was cut off at 7 tokens).',
      );
      expect(server?.seen).to.have.length(2);
    });

    it("what another client kept, but not another request", async () => {
      const cache = new Map<string, string>();
      const client = await connect(() => ({ text: "fit" }), { cache });
      await client.read(ask("x"), { fault });
      const other = createChatClient({ model: "m", baseURL: server?.baseURL as string, cache });
      expect(await other.read(ask("x"), { fault })).to.equal("fit");
      expect(server?.seen).to.have.length(1);
      await other.read(ask("x", { temperature: 0.1 }), { fault });
      await other.read(
        { messages: [{ role: "user", content: "x", images: [new Uint8Array(1)] }] },
        { fault },
      );
      expect(server?.seen).to.have.length(3);
    });
  });

  it("spends no more than it may, whoever asks", async () => {
    const client = await connect(() => ({ text: "ok" }), { limit: { tokens: 16 }, concurrency: 1 });
    await client.complete(ask("a"));
    await client.complete(ask("b"));
    const error = await rejection(client.completeAll([ask("c")]));
    expect(error).to.be.instanceOf(SpendLimitError);
    expect(error.message).to.equal(
      "The spend limit of 16 tokens does not allow another request: 16 are spent in 2 requests. Raise the limit, or go on without this model.",
    );
    expect(server?.seen).to.have.length(2);
  });

  it("refuses options that cannot be", () => {
    const open = (options: Partial<ChatOptions>) => () => createChatClient({ model: "m", ...options });
    expect(open({ concurrency: 0.5 })).to.throw(
      UsageError,
      '"concurrency" of the chat client of model "m" should be a whole number of at least 1 (requests under way at once), but is 0.5.',
    );
    expect(open({ timeout: 0 })).to.throw(UsageError, "should be a number above 0 (milliseconds), but is 0.");
    expect(open({ retries: -1 })).to.throw(UsageError, "at least 0 (further attempts), but is -1.");
    expect(open({ backoff: -1 })).to.throw(UsageError, "at least 0 (milliseconds), but is -1.");
    expect(open({ longestWait: -1 })).to.throw(UsageError, "at least 0 (milliseconds), but is -1.");
    expect(open({ reasks: -1 })).to.throw(UsageError, "at least 0 (further questions), but is -1.");
    expect(open({ requestsPerMinute: 0 })).to.throw(UsageError, '"requestsPerMinute"');
    expect(open({ limit: { money: 1 } })).to.throw(UsageError, "A limit in money needs prices");
  });

  it("needs a model", () => {
    expect(() => createChatClient({ model: "" })).to.throw(UsageError, /needs a model name/);
  });
});
