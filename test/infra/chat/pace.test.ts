import { expect } from "chai";
import { createPace } from "../../../infra/chat/pace.js";
import { rejection } from "../../support/rejection.js";

describe("the pace", () => {
  const never = new AbortController().signal;

  it("starts so many requests in any window, in the order they came", async () => {
    const pace = createPace({ concurrency: 10, requests: 2, window: 80 });
    const started: [number, number][] = [];
    const begin = performance.now();
    await Promise.all(
      [0, 1, 2, 3, 4].map((i) => pace.run(async () => started.push([i, performance.now() - begin]), never)),
    );
    expect(started.map(([i]) => i)).to.deep.equal([0, 1, 2, 3, 4]);
    expect(started[2]?.[1]).to.be.above(78);
    expect(started[4]?.[1]).to.be.above(158);
  });

  it("holds all requests back while a server wants to be left alone", async () => {
    const pace = createPace({ concurrency: 2 });
    const begin = performance.now();
    pace.pause(80);
    const waited = await Promise.all(
      [0, 1].map(() => pace.run(async () => performance.now() - begin, never)),
    );
    expect(Math.min(...waited)).to.be.above(78);
  });

  it("lets go of what waits when its signal aborts, and keeps its places", async () => {
    const pace = createPace({ concurrency: 1 });
    const blocked = pace.run(() => new Promise((resolve) => setTimeout(resolve, 40)), never);
    const gone = pace.run(async () => "never", AbortSignal.abort(new Error("gone")));
    const leaving = new AbortController();
    const left = pace.run(async () => "never", leaving.signal);
    leaving.abort(new Error("left"));
    expect((await rejection(gone)).message).to.equal("gone");
    expect((await rejection(left)).message).to.equal("left");
    await blocked;
    expect(await pace.run(async () => "done", never)).to.equal("done");
  });

  it("lets those that wait for a place go one after the other, in the order they came", async () => {
    const pace = createPace({ concurrency: 1 });
    const order: string[] = [];
    let running = 0;
    const runs = ["a", "b", "c"].map((name) =>
      pace.run(async () => {
        expect(++running).to.equal(1);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(name);
        running--;
      }, never),
    );
    await Promise.all(runs);
    expect(order).to.deep.equal(["a", "b", "c"]);
  });

  it("lets one who waits for a place leave at once, and the others keep theirs", async () => {
    const pace = createPace({ concurrency: 1 });
    let release = () => {};
    const blocked = pace.run(() => new Promise<void>((resolve) => (release = resolve)), never);
    const leaving = new AbortController();
    const [first, left, last] = [never, leaving.signal, never].map((signal, i) =>
      pace.run(async () => i, signal),
    );
    const gone = rejection(left as Promise<number>);
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort(new Error("left"));
    expect((await gone).message).to.equal("left");
    release();
    await blocked;
    expect(await Promise.all([first, last])).to.deep.equal([0, 2]);
    expect(await pace.run(async () => "free", never)).to.equal("free");
  });

  it("passes on to the next when a request fails", async () => {
    const pace = createPace({ concurrency: 1 });
    const failing = pace.run(async () => {
      throw new Error("away");
    }, never);
    const next = pace.run(async () => "here", never);
    expect((await rejection(failing)).message).to.equal("away");
    expect(await next).to.equal("here");
  });

  it("lets go of what waits for its window when its signal aborts, and lets the next through in time", async () => {
    const pace = createPace({ concurrency: 5, requests: 1, window: 1e9 });
    await pace.run(async () => {}, never);
    const leaving = new AbortController();
    const waiting = pace.run(async () => "never", leaving.signal);
    setTimeout(() => leaving.abort(new Error("left")), 5);
    expect((await rejection(waiting)).message).to.equal("left");
  });

  it("keeps the longer of two pauses", async () => {
    const pace = createPace({ concurrency: 1 });
    const begin = performance.now();
    pace.pause(60);
    pace.pause(1);
    await pace.run(async () => {}, never);
    expect(performance.now() - begin).to.be.above(58);
  });
});
