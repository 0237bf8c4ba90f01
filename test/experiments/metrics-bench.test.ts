import { expect } from "chai";
import { damaged, largePage, pagePairs } from "../../experiments/bench/metrics-pairs.js";
import { openPython } from "../../experiments/bench/metrics-python.js";
import { benchLcs } from "../../experiments/bench/metrics-similarity.js";
import { processorSecondsOf, rateFigure, secondsOf } from "../../experiments/bench/metrics-timing.js";

describe("the bench of metrics", () => {
  it("goes on without Python, with the stored baseline, and says so", async () => {
    const none = openPython("/no/such/python");
    expect(await none.ask({ what: "lcs", a: [1], b: [1], repeats: 1 })).to.equal(null);
    const [figure] = await benchLcs(none);
    expect(figure?.name).to.contain("(stored baseline)");
    expect(figure?.ratio).to.be.above(50);
  });

  it("compares medians of rates", () => {
    const measured = rateFigure("it", "pairs/s", [0.1, 0.2, 9], [1, 2, 3], 5);
    expect(measured).to.deep.equal({ name: "it", value: 5, unit: "pairs/s", baseline: 0.5, ratio: 10 });
    expect(rateFigure("it", "pairs/s", [1], undefined, 5).baseline).to.equal(0.2);
  });

  it("lets short work get warm before it counts, and gives each counted run a number of its own", async () => {
    for (const [measure, first] of [
      [secondsOf, 0],
      [processorSecondsOf, 3],
    ] as const) {
      const runs: number[] = [];
      const started = performance.now();
      expect(await measure(3, (run) => runs.push(run))).to.have.length(3);
      expect(performance.now() - started).to.be.within(100, 2000);
      expect(runs.slice(-3)).to.deep.equal([first, first + 1, first + 2]);
      expect(runs.length).to.be.above(100);
      expect(runs.slice(0, -3).every((run) => run < 0)).to.equal(true);
    }
  });

  it("damages pages of every level, the same in every run", () => {
    const pairs = pagePairs(50);
    expect(new Set(pairs.map(({ name }) => name)).size).to.equal(50);
    const same = pairs.filter(({ reference, prediction }) => reference === prediction);
    expect(same.every(({ name }) => name.endsWith("drop 1"))).to.equal(true);
    expect(pagePairs(7)[6]).to.deep.equal(pairs[6]);
    const page = largePage(9000);
    expect(page.length).to.be.within(9000, 14_000);
    expect(damaged(page, "drop", 3).length).to.be.below(page.length);
  });
});
