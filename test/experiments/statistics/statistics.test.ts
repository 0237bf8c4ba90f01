import { expect } from "chai";
import fc from "fast-check";
import { createBootstrap, mean } from "../../../experiments/statistics.js";
import { UsageError } from "../../../infra/errors.js";
import { createRandom } from "../../../infra/random.js";

describe("statistics", function () {
  this.timeout(300_000);

  const normals = (count: number, seed: number) => {
    const random = createRandom(seed).stream("values");
    return Array.from({ length: count }, () => random.normal());
  };

  it("knows the mean of values, and none of nothing", () => {
    expect(mean([1, 2, 6])).to.equal(3);
    expect(mean([])).to.equal(null);
  });

  it("comes close to the interval of normal theory", () => {
    const values = normals(400, 1);
    const estimate = createBootstrap({ seed: 1, resamples: 2000 }).mean(values);
    const center = mean(values) as number;
    const deviation = Math.sqrt((mean(values.map((value) => (value - center) ** 2)) as number) / 400);
    expect(estimate.mean).to.equal(center);
    expect(estimate.ci95?.[0]).to.be.closeTo(center - 1.96 * deviation, 0.01);
    expect(estimate.ci95?.[1]).to.be.closeTo(center + 1.96 * deviation, 0.01);
  });

  it("covers the true mean about 95 times in 100", () => {
    const bootstrap = createBootstrap({ seed: 3, resamples: 500 });
    let covered = 0;
    for (let trial = 0; trial < 300; trial++) {
      const { ci95 } = bootstrap.mean(normals(64, 1000 + trial));
      if (ci95 && ci95[0] <= 0 && ci95[1] >= 0) covered++;
    }
    expect(covered / 300).to.be.within(0.91, 0.98);
  });

  it("sees a small steady gain through a large spread between tasks", () => {
    const hard = normals(64, 5);
    const noise = normals(64, 6);
    const better = hard.map((value, i) => value + 0.05 + 0.02 * (noise[i] as number));
    const bootstrap = createBootstrap({ seed: 5, resamples: 1000 });
    const paired = bootstrap.difference(better, hard);
    expect(paired.mean).to.be.closeTo(0.05, 0.01);
    expect(paired.ci95?.[0]).to.be.above(0.035);
    const [low, high] = bootstrap.mean(hard).ci95 ?? [0, 0];
    expect(high - low).to.be.above(0.3);
  });

  it("leaves out what could not be measured, and says how much", () => {
    const bootstrap = createBootstrap({ seed: 1 });
    expect(bootstrap.mean([0.5, null, 0.7, null])).to.deep.include({ n: 2, excluded: 2, mean: 0.6 });
    const paired = bootstrap.difference([1, null, 3, 4], [0, 1, null, 2]);
    expect(paired).to.deep.equal({ mean: 1.5, ci95: [1, 2], n: 2, excluded: 2 });
  });

  it("claims no interval from fewer than two values", () => {
    const bootstrap = createBootstrap({ seed: 1 });
    expect(bootstrap.mean([])).to.deep.equal({ mean: null, ci95: null, n: 0, excluded: 0 });
    expect(bootstrap.mean([null])).to.deep.equal({ mean: null, ci95: null, n: 0, excluded: 1 });
    expect(bootstrap.mean([0.4])).to.deep.equal({ mean: 0.4, ci95: null, n: 1, excluded: 0 });
  });

  it("gives equal intervals for equal seeds, whatever was asked before", () => {
    const values = normals(30, 2);
    const few = (seed: number) => createBootstrap({ seed, resamples: 500 });
    const busy = few(9);
    busy.mean(normals(12, 3));
    expect(busy.mean(values)).to.deep.equal(few(9).mean(values));
    expect(few(8).mean(values)).not.to.deep.equal(busy.mean(values));
  });

  it("draws ten thousand times when nothing else is said", () => {
    const values = [0.1, 0.4, 0.45, 0.8, 0.95];
    expect(createBootstrap({ seed: 2 }).mean(values)).to.deep.equal(
      createBootstrap({ seed: 2, resamples: 10_000 }).mean(values),
    );
  });

  it("keeps the interval inside the values and around their mean", () => {
    const bootstrap = createBootstrap({ seed: 4, resamples: 500 });
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 }),
        (values) => {
          const { ci95 } = bootstrap.mean(values);
          const [low, high] = ci95 as [number, number];
          expect(low).to.be.at.least(Math.min(...values) - 1e-9);
          expect(high).to.be.at.most(Math.max(...values) + 1e-9);
          expect(low).to.be.at.most(high);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("turns sign with the order of the sides", () => {
    const [a, b] = [normals(20, 1), normals(20, 2)];
    const bootstrap = createBootstrap({ seed: 1 });
    expect(bootstrap.difference(a, b).mean).to.be.closeTo(
      -(bootstrap.difference(b, a).mean as number),
      1e-12,
    );
  });

  it("refuses lists of different lengths", () => {
    expect(() => createBootstrap({ seed: 1 }).difference([1, 2], [1])).to.throw(
      UsageError,
      "there are 2 and 1",
    );
  });
});
