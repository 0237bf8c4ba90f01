import { expect } from "chai";
import { createBudget } from "../../../infra/chat/budget.js";
import { ChatError } from "../../../infra/chat/error.js";
import type { ChatReply, ChatRequest } from "../../../infra/chat/messages.js";
import { createSender, type SenderOptions } from "../../../infra/chat/sender.js";
import { rejection } from "../../support/rejection.js";

const never = new AbortController().signal;
const question: ChatRequest = { messages: [{ role: "user", content: "page" }] };
const withSchema: ChatRequest = { ...question, schema: { name: "verdict", schema: { type: "object" } } };
const reply = (changes: Partial<ChatReply> = {}): ChatReply => ({
  ...{ text: "ok", promptTokens: 3, completionTokens: 5, finishReason: "stop" },
  ...changes,
});

describe("the sender of chat requests", () => {
  /** A sender whose server answers in turn, with what it was asked and how long others were held back. */
  function sender(answers: readonly (ChatReply | ChatError)[], changes: Partial<SenderOptions> = {}) {
    const asked: ChatRequest[] = [];
    const pauses: number[] = [];
    const budget = createBudget({});
    const send = createSender({
      model: "m",
      transport: async () => async (request) => {
        const answer = answers[Math.min(asked.length, answers.length - 1)];
        asked.push(request);
        if (answer instanceof ChatError) throw answer;
        return answer as ChatReply;
      },
      pace: { run: (task) => task(), pause: (milliseconds) => pauses.push(milliseconds) },
      budget,
      random: { next: () => 0.5 } as SenderOptions["random"],
      ...{ timeout: 10_000, retries: 2, backoff: 4, longestWait: 20 },
      ...changes,
    });
    return { send, asked, pauses, budget };
  }
  const failing = (status?: number, more: { retryAfter?: number; code?: string } = {}) =>
    new ChatError("It failed.", { status, ...more });

  it("asks again after a fault that passes, and not after one that does not", async () => {
    for (const status of [undefined, 408, 409, 425, 429, 500, 503]) {
      const { send, asked } = sender([failing(status), reply()]);
      expect((await send(question, never)).text, `${status}`).to.equal("ok");
      expect(asked, `${status}`).to.have.length(2);
    }
    for (const status of [400, 401, 403, 404, 413, 422, 499]) {
      const { send, asked } = sender([failing(status), reply()]);
      expect(await rejection(send(question, never)), `${status}`).to.include({
        status,
        message: "It failed.",
      });
      expect(asked, `${status}`).to.have.length(1);
    }
    const { send, asked } = sender([failing(429, { code: "insufficient_quota" }), reply()]);
    expect(await rejection(send(question, never))).to.include({ code: "insufficient_quota" });
    expect(asked).to.have.length(1);
  });

  it("gives up after its retries, and says how often it asked", async () => {
    const { send, asked } = sender([failing(503, { retryAfter: 1, code: "busy" })]);
    const error = await rejection(send(question, never));
    expect(error.message).to.equal('The model "m" could not be asked after 3 attempts: It failed.');
    expect(error).to.be.instanceOf(ChatError).and.include({ status: 503, retryAfter: 1, code: "busy" });
    expect(asked).to.have.length(3);
  });

  it("waits as long as a server asks for and holds the others back, but not for ever", async () => {
    const patient = sender([failing(429, { retryAfter: 7 }), reply()]);
    await patient.send(question, never);
    expect(patient.pauses).to.deep.equal([7]);
    const exact = sender([failing(429, { retryAfter: 20 }), reply()]);
    expect((await exact.send(question, never)).text).to.equal("ok");
    const asking = sender([failing(429, { retryAfter: 21 }), reply()]);
    expect((await rejection(asking.send(question, never))).message).to.equal(
      'The model "m" could not be asked: It failed. It asks to wait 1 s.',
    );
    const later = sender([failing(503), failing(429, { retryAfter: 90_000 }), reply()]);
    expect((await rejection(later.send(question, never))).message).to.equal(
      'The model "m" could not be asked after 2 attempts: It failed. It asks to wait 90 s.',
    );
    const unsaid = sender([failing(503), reply()]);
    await unsaid.send(question, never);
    expect(unsaid.pauses).to.deep.equal([]);
  });

  it("waits at least half of a step that doubles, no longer than the longest wait", async () => {
    const begin = performance.now();
    await sender([failing(), failing(), reply()], { backoff: 40, longestWait: 1000 }).send(question, never);
    // With a draw of 0.5 three quarters of 40 and of 80 ms.
    expect(performance.now() - begin).to.be.at.least(88);
    const jitter = { next: () => 1 } as SenderOptions["random"];
    const capped = sender([failing(), reply()], { backoff: 1e9, longestWait: 3, random: jitter });
    expect((await capped.send(question, never)).text).to.equal("ok");
  });

  it("stops waiting when it is told to", async () => {
    const abort = new AbortController();
    const { send, asked } = sender([failing()], { backoff: 1e8, longestWait: 1e9 });
    const sent = send(question, abort.signal);
    setTimeout(() => abort.abort(new Error("enough")), 5);
    expect((await rejection(sent)).message).to.equal("enough");
    expect(asked).to.have.length(1);
  });

  it("leaves the schema out from then on for a server that does not take one", async () => {
    for (const [status, message] of [
      [400, "Unknown parameter: response_format"],
      [422, "grammar is not supported"],
      [400, "json_schema: invalid"],
    ] as const) {
      const { send, asked } = sender([new ChatError(message, { status }), reply()], { retries: 0 });
      expect((await send(withSchema, never)).text).to.equal("ok");
      await send(withSchema, never);
      expect(asked.map(({ schema }) => schema !== undefined)).to.deep.equal([true, false, false]);
      expect(asked[1]?.messages).to.deep.equal(question.messages);
    }
    for (const [status, message] of [
      [400, "The prompt is too long."],
      [401, "response_format"],
    ] as const) {
      const { send, asked } = sender([new ChatError(message, { status }), reply()], { retries: 0 });
      expect(await rejection(send(withSchema, never))).to.include({ status });
      expect(asked).to.have.length(1);
    }
    const plain = sender([new ChatError("bad schema", { status: 400 }), reply()], { retries: 0 });
    await rejection(plain.send(question, never));
    expect(plain.asked).to.have.length(1);
  });

  it("counts what a server counts, and estimates what one does not", async () => {
    const counted = sender([reply()]);
    await counted.send(question, never);
    expect(counted.budget.spent()).to.include({ requests: 1, promptTokens: 3, completionTokens: 5 });
    const silent = sender([reply({ text: "123456789", promptTokens: 0, completionTokens: 0 })]);
    const png = new Uint8Array(1);
    await silent.send(
      {
        messages: [
          { role: "system", content: "12345" },
          { role: "user", content: "1234", image: png, images: [png, png] },
        ],
      },
      never,
    );
    // Four characters a token, rounded up, and 1,000 tokens a picture.
    expect(silent.budget.spent()).to.include({ promptTokens: 3003, completionTokens: 3 });
    const failed = sender([failing(400)]);
    await rejection(failed.send(question, never));
    expect(failed.budget.spent()).to.include({ requests: 0, promptTokens: 0 });
  });

  it("does not take another's error for an outage", async () => {
    const broken = new TypeError("a slip of the pen");
    const { send } = sender([], {
      transport: async () => async () => {
        throw broken;
      },
    });
    expect(await rejection(send(question, never))).to.equal(broken);
  });
});
