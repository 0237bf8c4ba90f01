import { spawn } from "node:child_process";
import { expect } from "chai";
import { Deadline, DeadlinePassed } from "../../../env/render/pool/deadline.js";
import { processTree, waitingTime } from "../../../infra/processor-time.js";

const LIMIT = 200;

/** How many limits pass before the deadline does, and with what. */
async function roundsOf(waited: () => number | undefined): Promise<number> {
  const began = performance.now();
  const error: unknown = await new Deadline({ limit: LIMIT, waited }).passed.catch(
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(DeadlinePassed);
  return (performance.now() - began) / LIMIT;
}

describe("a deadline", () => {
  const began = performance.now();
  const elapsed = () => performance.now() - began;

  it("passes at its limit for a page that runs, sleeps, or of which nothing is known", async () => {
    const asleep = await roundsOf(() => 0);
    const running = await roundsOf(() => elapsed() * 0.3);
    const unknown = await roundsOf(() => undefined);
    const starved = await roundsOf(() => elapsed() * 0.9);
    for (const rounds of [asleep, running, unknown]) {
      expect(rounds).to.be.at.least(0.99);
      expect(rounds).to.be.below(starved);
    }
  });

  it("is put off for a page that stands in line, to 2.2 times its limit", async () => {
    expect(await roundsOf(() => elapsed() * 0.9)).to.be.at.least(2.19);
  });

  it("has all its time again when it is started anew, and none when it is cancelled", async () => {
    let passed = false;
    const start = performance.now();
    const deadline = new Deadline({ limit: LIMIT, waited: () => 0 });
    const end = deadline.passed.catch(() => {
      passed = true;
      return performance.now() - start;
    });
    await new Promise((resolve) => setTimeout(resolve, LIMIT / 2));
    deadline.restart();
    expect(await end).to.be.at.least(LIMIT * 1.49);
    const second = new Deadline({ limit: 20, waited: () => 0 });
    passed = false;
    second.passed.catch(() => {
      passed = true;
    });
    second.cancel();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(passed).to.equal(false);
  });
});

describe("waiting for a processor", function () {
  this.timeout(30_000);
  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  it("is told of those who are ready to run, not of those who sleep", async () => {
    const spin = ["-e", "for (;;);"];
    // More than there are cores, all held to the first, so that they stand in line for each other.
    const busy = Array.from({ length: 3 }, () => spawn("taskset", ["-c", "0", process.execPath, ...spin]));
    const asleep = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    try {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const pids = [...busy.map(({ pid }) => pid ?? 0), asleep.pid ?? 0];
      const before = pids.map((pid) => waitingTime([pid]) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const gained = pids.map((pid, i) => (waitingTime([pid]) ?? 0) - (before[i] ?? 0));
      const sleeping = gained.pop() ?? 0;
      const total = gained.reduce((sum, each) => sum + each, 0);
      // Of three on one core two wait at any time.
      expect(total).to.be.above(1500);
      expect(sleeping).to.be.below(total / 4);
      expect(waitingTime(pids)).to.be.at.least(total);
      expect(waitingTime([2 ** 30])).to.equal(0);
      expect(processTree(process.pid)).to.include.members(pids);
    } finally {
      for (const child of [...busy, asleep]) child.kill("SIGKILL");
    }
  });
});
