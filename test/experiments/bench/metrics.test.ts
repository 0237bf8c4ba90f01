import { expect } from "chai";
import { damaged, largePage, pagePairs } from "../../../experiments/bench/metrics-pairs.js";
import { openPython, type Python } from "../../../experiments/bench/metrics-python.js";
import { benchLcs, quadraticLcs } from "../../../experiments/bench/metrics-similarity.js";
import { processorSecondsOf, rateFigure, secondsOf } from "../../../experiments/bench/metrics-timing.js";
import { InfrastructureError } from "../../../infra/errors.js";

describe("the bench of metrics", () => {
  it("goes on without Python, without a baseline from it, and says so", async () => {
    const none = openPython("/no/such/python");
    expect(await none.ask({ what: "lcs", a: [1], b: [1], repeats: 1 })).to.equal(null);
    const said: string[] = [];
    const write = process.stderr.write;
    process.stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0;
    try {
      const figures = await benchLcs({ python: none, repeats: 1, warmUp: 0 });
      expect(figures.map(({ name }) => name)).to.deep.equal([
        "metrics/DOM-LCS 413x337 nodes, against the quadratic table",
      ]);
    } finally {
      process.stderr.write = write;
    }
    expect(said.join("")).to.match(
      /^Skipped: the Python baseline of lcs; \/no\/such\/python says: .*ENOENT\.\n$/,
    );
  });

  it("takes what Python says, and stops when it counts otherwise", async () => {
    const python = (value: number): Python => ({
      ask: <Answer>() => Promise.resolve({ value, seconds: [2, 4, 9] } as Answer),
    });
    const options = { repeats: 1, warmUp: 0 };
    const error = await benchLcs({ python: python(1), ...options }).catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(InfrastructureError);
    const right = Number(/has (\d+) nodes/.exec((error as Error).message)?.[1]);
    const [, figure] = await benchLcs({ python: python(right), ...options });
    expect(figure).to.include({ baseline: 0.25, unit: "pairs/s" });
  });

  it("counts the longest common subsequence by the table", () => {
    const numbers = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
    expect(quadraticLcs(numbers("ABCBDAB"), numbers("BDCABA"))).to.equal(4);
    expect(quadraticLcs(numbers("human"), numbers("chimpanzee"))).to.equal(4);
    expect(quadraticLcs([], [1])).to.equal(0);
  });

  it("compares medians of rates", () => {
    const measured = rateFigure("it", "pairs/s", [0.1, 0.2, 9], [1, 2, 3]);
    expect(measured).to.deep.equal({ name: "it", value: 5, unit: "pairs/s", baseline: 0.5, ratio: 10 });
    expect(rateFigure("it", "pairs/s", [1])).to.include({ baseline: null, ratio: null });
  });

  it("lets work get warm before it counts, and gives each counted run a number of its own", async () => {
    for (const [measure, first] of [
      [secondsOf, 0],
      [processorSecondsOf, 3],
    ] as const) {
      const runs: number[] = [];
      let now = 0;
      const clock = () => now;
      const work = (run: number) => {
        runs.push(run);
        now += 40;
      };
      expect(await measure({ repeats: 3, clock }, work)).to.deep.equal([0.04, 0.04, 0.04]);
      expect(runs).to.deep.equal([-1, -2, -3, first, first + 1, first + 2]);
      runs.length = 0;
      await measure({ repeats: 1, warmUp: 0, clock }, work);
      expect(runs).to.have.length(2);
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
