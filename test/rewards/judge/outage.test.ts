import { expect } from "chai";
import * as v from "valibot";
import { ChatError } from "../../../infra/chat/error.js";
import { createVisionJudge } from "../../../rewards/judge/index.js";
import { rejection } from "../../support/rejection.js";
import { openJudge, type Reaction } from "./server.js";

const ask = (text: string) => ({
  instructions: "",
  text,
  images: [],
  schema: v.strictObject({ good: v.boolean() }),
});
const GOOD = { says: { good: true } };

describe("a judge whose server fails", () => {
  it("tries again after 500s, a reply that is no JSON, and one without a choice", async () => {
    const faults: Reaction[] = [{ status: 500 }, { body: '{"choices": [' }, { body: "{}" }, { status: 503 }];
    const { server, judge } = await openJudge((_, count) => faults[count - 1] ?? GOOD);
    expect(await judge.answer(ask("a"))).to.deep.equal({ good: true });
    expect(server.seen).to.have.length(5);
  });

  it("waits longer each time", async () => {
    const { server, judge } = await openJudge((_, count) => (count < 4 ? { status: 500 } : GOOD), {
      backoff: 60,
    });
    await judge.answer(ask("a"));
    const waits = server.times.slice(1).map((time, i) => time - (server.times[i] as number));
    expect(waits[0]).to.be.above(29);
    expect(waits[2]).to.be.above(119);
  });

  it("waits as long as Retry-After says", async () => {
    const { server, judge } = await openJudge((_, count) =>
      count === 1 ? { status: 429, headers: { "retry-after-ms": "150" } } : GOOD,
    );
    await judge.answer(ask("a"));
    expect((server.times[1] as number) - (server.times[0] as number)).to.be.above(145);
  });

  it("reads Retry-After in seconds and as a date", async () => {
    const { server, judge } = await openJudge((_, count) => {
      if (count === 1) return { status: 429, headers: { "retry-after": "0.1" } };
      return count === 2 ? { status: 503, headers: { "retry-after": new Date().toUTCString() } } : GOOD;
    });
    await judge.answer(ask("a"));
    expect((server.times[1] as number) - (server.times[0] as number)).to.be.above(95);
    expect(server.seen).to.have.length(3);
  });

  it("does not wait for a server that wants to be left alone for long", async () => {
    const { server, judge } = await openJudge(() => ({ status: 429, headers: { "retry-after": "3600" } }));
    expect((await rejection(judge.answer(ask("a")))).message).to.match(/It asks to wait 3600 s/);
    expect(server.seen).to.have.length(1);
  });

  it("does not try again what cannot succeed", async () => {
    const { server, judge } = await openJudge(() => ({ status: 401, says: "wrong key" }));
    const error = await rejection(judge.answer(ask("a")));
    expect(error).to.be.instanceOf(ChatError);
    expect(error.message).to.match(/refused the request for model "m": 401 wrong key/);
    expect(server.seen).to.have.length(1);
  });

  it("tells faults that pass from those that do not", async () => {
    for (const [status, attempts] of [
      [408, 2],
      [409, 2],
      [425, 2],
      [429, 2],
      [500, 2],
      [502, 2],
      [599, 2],
      [400, 1],
      [403, 1],
      [404, 1],
      [413, 1],
      [422, 1],
    ] as const) {
      const { server, judge } = await openJudge(() => ({ status }), { retries: 1 });
      await rejection(judge.answer(ask("a")));
      expect(server.seen, `${status}`).to.have.length(attempts);
    }
    const { server, judge } = await openJudge(() => ({ status: 500 }));
    await rejection(judge.answer(ask("a")));
    expect(server.seen, "without a word on retries").to.have.length(5);
    const poor = await openJudge(() => ({
      status: 429,
      body: JSON.stringify({ error: { message: "Pay first.", code: "insufficient_quota" } }),
    }));
    await rejection(poor.judge.answer(ask("a")));
    expect(poor.server.seen, "an empty account").to.have.length(1);
  });

  it("gives up a server that stays down, with the number of attempts", async () => {
    const { server, judge } = await openJudge(() => ({ status: 500 }), { retries: 2 });
    expect((await rejection(judge.answer(ask("a")))).message).to.match(/could not be asked after 3 attempts/);
    expect(server.seen).to.have.length(3);
  });

  for (const hangs of ["at once", "midway"] as const)
    it(`leaves a connection that hangs ${hangs}`, async () => {
      const { server, judge } = await openJudge(() => ({ hangs }), { timeout: 500, retries: 1 });
      const error = await rejection(judge.answer(ask("a")));
      expect(error.message).to.match(/after 2 attempts: The model "m" did not answer within 500 ms/);
      expect(server.seen).to.have.length(2);
    });

  it("says when no server is there", async () => {
    const judge = createVisionJudge({ model: "m", baseURL: "http://127.0.0.1:9/v1", retries: 1, backoff: 1 });
    expect((await rejection(judge.answer(ask("a")))).message).to.match(/Is the server running/);
  });

  it("stops at once when nobody waits any more", async () => {
    const patience = new AbortController();
    const react = () => {
      setTimeout(() => patience.abort(new Error("gone")), 50);
      return { status: 500 };
    };
    const { server, judge } = await openJudge(react, { backoff: 60_000 });
    const error = await rejection(judge.answer(ask("a"), { signal: patience.signal }));
    expect(error.message).to.equal("gone");
    expect(server.seen).to.have.length(1);
  });

  it("keeps to its concurrency", async () => {
    const { server, judge } = await openJudge(() => ({ ...GOOD, after: 10 }), { concurrency: 2 });
    await Promise.all(Array.from({ length: 7 }, (_, i) => judge.answer(ask(`${i}`))));
    expect(server.state.most).to.equal(2);
  });
});
