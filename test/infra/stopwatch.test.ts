import { expect } from "chai";
import { createStopwatch } from "../../infra/stopwatch.js";

describe("the stopwatch", () => {
  it("counts overlapping work once, and what lies between not at all", async () => {
    let now = 1000;
    const watch = createStopwatch(() => now);
    expect(watch.seconds()).to.equal(0);
    let end1 = (_: string) => {};
    let end2 = () => {};
    const work1 = watch.time(new Promise<string>((resolve) => (end1 = resolve)));
    now = 1500;
    const work2 = watch.time(new Promise<void>((resolve) => (end2 = resolve)));
    now = 2000;
    end1("done");
    expect(await work1).to.equal("done");
    expect(watch.seconds()).to.equal(0);
    now = 3000;
    end2();
    await work2;
    expect(watch.seconds()).to.equal(2);
    now = 10_000;
    expect(watch.seconds()).to.equal(2);
    const work3 = watch.time(Promise.resolve());
    await work3;
    const failing = watch.time(Promise.reject(new Error("no")));
    now = 10_250;
    await failing.catch(() => {});
    expect(watch.seconds()).to.equal(2.25);
  });

  it("reads a clock that rises by itself", async () => {
    const watch = createStopwatch();
    await watch.time(new Promise((resolve) => setTimeout(resolve, 5)));
    expect(watch.seconds()).to.be.above(0);
  });
});
