import { expect } from "chai";
import { createRandom } from "../../infra/random.js";

describe("random streams", () => {
  it("give the numbers of seedrandom", () => {
    // The first two numbers of "hello.", as https://github.com/davidbau/seedrandom lists them.
    const random = createRandom("hello.");
    expect([random.next(), random.next()]).to.deep.equal([0.9282578795792454, 0.3752569768646784]);
    expect(createRandom(7).next()).to.equal(createRandom("7").next());
  });

  it("draw whole numbers evenly from low up to, not including, high", () => {
    const random = createRandom(1);
    const counts = new Map<number, number>();
    for (let i = 0; i < 4000; i++) {
      const n = random.integer(3, 7);
      counts.set(n, (counts.get(n) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).to.deep.equal([3, 4, 5, 6]);
    for (const count of counts.values()) expect(count).to.be.within(850, 1150);
  });

  it("shuffle a copy, each order as often as any other", () => {
    const random = createRandom(2);
    const items = ["a", "b", "c"];
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(items).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(items).to.deep.equal(["a", "b", "c"]);
    expect([...counts.keys()].sort()).to.deep.equal(["abc", "acb", "bac", "bca", "cab", "cba"]);
    for (const count of counts.values()) expect(count).to.be.within(850, 1150);
  });

  it("pick and sample without repeats", () => {
    const random = createRandom(3);
    const picked = new Set(Array.from({ length: 100 }, () => random.pick(["x", "y", "z"])));
    expect([...picked].sort()).to.deep.equal(["x", "y", "z"]);
    expect(() => random.pick([])).to.throw(RangeError, "Cannot pick from an empty list.");
    const sample = random.sample([1, 2, 3, 4, 5], 3);
    expect(new Set(sample).size).to.equal(3);
    expect(random.sample([1, 2, 3], 9).sort()).to.deep.equal([1, 2, 3]);
    const firsts = new Set(Array.from({ length: 50 }, () => random.sample([1, 2, 3, 4, 5], 1)[0]));
    expect(firsts.size).to.equal(5);
  });

  it("draw normal numbers: mean 0, variance 1, no skew, kurtosis 3", () => {
    const random = createRandom(4);
    const count = 40_000;
    const draws = Array.from({ length: count }, () => random.normal());
    const moment = (power: number) => draws.reduce((sum, x) => sum + x ** power, 0) / count;
    // Four standard errors of each moment of the standard normal distribution.
    expect(moment(1)).to.be.closeTo(0, 4 / Math.sqrt(count));
    expect(moment(2)).to.be.closeTo(1, 4 * Math.sqrt(2 / count));
    expect(moment(3)).to.be.closeTo(0, 4 * Math.sqrt(15 / count));
    expect(moment(4)).to.be.closeTo(3, 4 * Math.sqrt(96 / count));
    const lag = draws.slice(1).reduce((sum, x, i) => sum + x * (draws[i] as number), 0) / count;
    expect(lag).to.be.closeTo(0, 4 / Math.sqrt(count));
  });

  it("branch by name: the same name gives the same stream, whatever was drawn in between", () => {
    const [a, b] = [createRandom(5), createRandom(5)];
    a.next();
    a.stream("other").next();
    expect(a.stream("tasks").next()).to.equal(b.stream("tasks").next());
    expect(a.stream("tasks").next()).to.not.equal(a.stream("tokens").next());
    expect(a.stream(0).stream(1).next()).to.not.equal(a.stream(1).stream(0).next());
    expect(createRandom(6).stream("tasks").next()).to.not.equal(b.stream("tasks").next());
    const child = b.stream("tasks");
    const [before, after] = [createRandom(5), createRandom(5)];
    before.stream("x");
    child.next();
    expect(before.next()).to.equal(after.next());
  });

  it("make seeds of 32 bits", () => {
    const random = createRandom(8);
    const seeds = Array.from({ length: 200 }, () => random.seed());
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).to.equal(true);
    expect(seeds.some((seed) => seed >= 2 ** 31)).to.equal(true);
    expect(new Set(seeds).size).to.equal(200);
  });
});
