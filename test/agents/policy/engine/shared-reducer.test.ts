import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect } from "chai";
import {
  createReducerMemory,
  createSharedReducer,
  PEER_FAILED,
} from "../../../../agents/policy/engine/shared-reducer.js";
import { type Outcome, type Peer, takePart } from "./reducer-peer.js";

/** Outcomes by replica and round. The first replica runs in this thread, which it blocks. */
async function reduce(size: number, rounds: readonly (readonly (readonly number[] | null)[])[]) {
  const memory = createReducerMemory(rounds.length, size);
  const peers = rounds.map((own, rank): Peer => ({ memory, rank, rounds: own }));
  const threads = peers.slice(1).map((peer) => {
    return new Worker(new URL("./reducer-peer.js", import.meta.url), { workerData: peer });
  });
  await Promise.all(threads.map((thread) => once(thread, "message")));
  const answers = threads.map((thread) => once(thread, "message") as Promise<[Outcome[]]>);
  for (const thread of threads) thread.postMessage("go");
  const own = takePart(peers[0] as Peer);
  const others = (await Promise.all(answers)).map(([outcomes]) => outcomes);
  await Promise.all(threads.map((thread) => thread.terminate()));
  return [own, ...others];
}

describe("the sum over replicas in shared memory", function () {
  this.timeout(60_000);

  it("is every replica's alike, round after round, also where the parts are uneven", async () => {
    const rounds = [0, 1, 2].map((rank) =>
      [1, 10, 100].map((scale) => [1, 2, 3, 4, 5, 6, 7].map((value) => scale * (value + rank))),
    );
    const sums = [1, 10, 100].map((scale) => [6, 9, 12, 15, 18, 21, 24].map((value) => scale * value));
    expect(await reduce(7, rounds)).to.deep.equal([sums, sums, sums]);
  });

  it("is taken in the order of ranks, so that rounding is the same in every run", async () => {
    // In single precision 1 is lost beside 2^24: (1 + 2^24) - 2^24 is 0, and 1 + (2^24 - 2^24) would be 1.
    const outcomes = await reduce(1, [[[1]], [[2 ** 24]], [[-(2 ** 24)]]]);
    expect(outcomes).to.deep.equal([[[0]], [[0]], [[0]]]);
  });

  it("fails in all replicas for a round in which one did, and not in the next", async () => {
    const failed = `InfrastructureError: ${PEER_FAILED}`;
    for (const [first, second] of [
      [
        [[1], null, [3]],
        [[10], [20], [30]],
      ],
      [
        [[1], [2], [3]],
        [[10], null, [30]],
      ],
    ] as const)
      expect(await reduce(1, [first, second])).to.deep.equal([
        [[11], failed, [33]],
        [[11], failed, [33]],
      ]);
  });

  it("of one replica is what it gave", () => {
    const memory = createReducerMemory(1, 3);
    const reducer = createSharedReducer(memory, 0);
    expect([...reducer.sum(Float32Array.of(1, -2, 0.5))]).to.deep.equal([1, -2, 0.5]);
    expect([...reducer.sum(Float32Array.of(4, 5, 6))]).to.deep.equal([4, 5, 6]);
    expect(() => reducer.sum(undefined)).to.throw(PEER_FAILED);
  });

  it("takes four bytes a number, once for each replica and once for the sum", () => {
    const { slots, result } = createReducerMemory(3, 10);
    expect([slots.byteLength, result.byteLength]).to.deep.equal([120, 40]);
  });
});
