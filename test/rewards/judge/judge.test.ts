import { expect } from "chai";
import * as v from "valibot";
import { whole } from "../../../infra/schema/fields.js";
import {
  createVisionJudge,
  type JudgeQuestion,
  SpendLimitError,
  UnusableAnswerError,
} from "../../../rewards/judge/index.js";
import { rejection } from "../../support/rejection.js";
import { openJudge, textOf } from "./server.js";

const QUESTION: JudgeQuestion = {
  instructions: "You judge numbers.",
  text: "How good is 7?",
  images: [new Uint8Array([1, 2, 3])],
  schema: v.strictObject({ grade: whole(0, 10) }),
};
const about = (text: string): JudgeQuestion => ({ ...QUESTION, text });
const GOOD = { says: { grade: 7 } };

describe("a vision judge", () => {
  it("asks with a schema and reads the answer", async () => {
    const { server, judge } = await openJudge(() => ({ ...GOOD, tokens: [30, 5] }));
    expect(await judge.answer(QUESTION)).to.deep.equal({ grade: 7 });
    const [asked] = server.seen;
    expect(asked?.response_format?.json_schema.schema).to.deep.equal({
      type: "object",
      properties: { grade: { type: "integer", minimum: 0, maximum: 10 } },
      required: ["grade"],
      additionalProperties: false,
    });
    expect(asked).to.include({ model: "m", temperature: 0, seed: 0 });
    expect(judge.spent()).to.deep.equal({
      requests: 1,
      promptTokens: 30,
      completionTokens: 5,
      money: null,
      cached: 0,
    });
  });

  it("does without a schema, for good, where a server does not take one", async () => {
    const { server, judge } = await openJudge(({ response_format }) =>
      response_format ? { status: 400, says: "response_format is not supported" } : GOOD,
    );
    await judge.answer(about("a"));
    await judge.answer(about("b"));
    expect(server.seen.map(({ response_format }) => response_format !== undefined)).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it("reads thoughts and fences aside, but no JSON within prose", async () => {
    const replies = ['<think>{"grade": 1}</think>\n```json\n{"grade": 7}\n```', 'It says {"grade": 9}.'];
    const { judge } = await openJudge((_, count) => ({ says: replies[count - 1] ?? "" }), { reasks: 0 });
    expect(await judge.answer(about("a"))).to.deep.equal({ grade: 7 });
    expect(await rejection(judge.answer(about("b")))).to.be.instanceOf(UnusableAnswerError);
  });

  it("asks again for an answer of the wrong shape and says what was wrong", async () => {
    const replies = [{ grade: 11 }, { mark: 3 }, { grade: 7 }];
    const { server, judge } = await openJudge((_, count) => ({ says: replies[count - 1] }));
    expect(await judge.answer(QUESTION)).to.deep.equal({ grade: 7 });
    expect(textOf(server.seen[1]!)).to.match(
      /"grade" of the answer should be a whole number from 0 to 10, but is 11/,
    );
    expect(textOf(server.seen[2]!)).to.match(
      /"grade" of the answer should be a whole number from 0 to 10, but is missing/,
    );
    expect(server.seen[2]?.messages.map(({ role }) => role)).to.deep.equal([
      "system",
      "user",
      "assistant",
      "user",
    ]);
  });

  it("gives up after the wrong shape three times, and forgets such answers", async () => {
    const { server, judge } = await openJudge(() => ({ says: "Seven!" }));
    const error = await rejection(judge.answer(QUESTION));
    expect(error).to.be.instanceOf(UnusableAnswerError);
    expect(error.message).to.match(
      /no usable answer in 3 attempts: the answer is not one JSON object: "Seven!"/,
    );
    await rejection(judge.answer(QUESTION));
    expect(server.seen).to.have.length(6);
  });

  it("remembers answers, in its own cache or in one it is given, and asks no question twice at once", async () => {
    const cache = new Map<string, string>();
    const { server, judge } = await openJudge(() => ({ ...GOOD, after: 20 }), { cache });
    await Promise.all([judge.answer(QUESTION), judge.answer(QUESTION)]);
    await judge.answer(QUESTION);
    expect(server.seen).to.have.length(1);
    expect(judge.spent()).to.include({ requests: 1, cached: 2 });
    const slow = { get: async (key: string) => cache.get(key), set: async () => {} };
    const other = createVisionJudge({ model: "m", baseURL: server.baseURL, cache: slow });
    expect(await other.answer(QUESTION)).to.deep.equal({ grade: 7 });
    expect(server.seen).to.have.length(1);
    await other.answer(QUESTION, { repeat: 1 });
    await other.answer({ ...QUESTION, images: [new Uint8Array([1, 2, 4])] });
    expect(server.seen).to.have.length(3);
  });

  it("goes on asking when whoever asked first lost patience", async () => {
    const { judge } = await openJudge(() => ({ ...GOOD, after: 300 }));
    const impatient = new AbortController();
    const first = rejection(judge.answer(QUESTION, { signal: impatient.signal }));
    const second = judge.answer(QUESTION);
    setTimeout(() => impatient.abort(new Error("too late")), 100);
    expect((await first).message).to.equal("too late");
    expect(await second).to.deep.equal({ grade: 7 });
  });

  it("stops within its budget of tokens and says so", async () => {
    const { server, judge } = await openJudge(() => ({ ...GOOD, tokens: [90, 10] }), {
      limit: { tokens: 250 },
    });
    await judge.answer(about("a"));
    await judge.answer(about("b"));
    const error = await rejection(judge.answer(about("c")));
    expect(error).to.be.instanceOf(SpendLimitError);
    expect(error.message).to.match(/spend limit of 250 tokens .* 200 are spent in 2 requests/);
    expect(await judge.answer(about("a")), "what is known costs nothing").to.deep.equal({ grade: 7 });
    expect(server.seen).to.have.length(2);
  });

  it("stops within its budget of money, also with many requests at once", async () => {
    const { server, judge } = await openJudge(() => ({ ...GOOD, tokens: [1000, 100], after: 5 }), {
      limit: { money: 0.01, prices: { prompt: 1, completion: 10 } },
      concurrency: 2,
    });
    const asked = Array.from({ length: 12 }, (_, i) => judge.answer(about(`${i}`)));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).to.have.length(server.seen.length);
    expect(judge.spent().money).to.be.within(0.006, 0.01);
  });

  it("estimates what a server does not count", async () => {
    const { judge } = await openJudge(() => GOOD);
    await judge.answer(QUESTION);
    expect(judge.spent().promptTokens).to.be.within(1000, 1200);
    expect(judge.spent().completionTokens).to.be.greaterThan(0);
  });

  it("refuses options that cannot be", () => {
    expect(() => createVisionJudge({ model: "" })).to.throw(/needs a model name/);
    expect(() => createVisionJudge({ model: "m", limit: { money: 5 } })).to.throw(/needs prices/);
    expect(() => createVisionJudge({ model: "m", limit: { tokens: 0 } })).to.throw(/should be above 0/);
    expect(() => createVisionJudge({ model: "m", concurrency: 0 })).to.throw(
      '"concurrency" of the chat client of model "m" should be a whole number of at least 1',
    );
  });
});
