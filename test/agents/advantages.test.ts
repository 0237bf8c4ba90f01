import { expect } from "chai";
import fc from "fast-check";
import { groupAdvantages } from "../../agents/advantages.js";

describe("group advantages", () => {
  it("normalises by mean and standard deviation of the group", () => {
    const { advantages, zeroSpreadFraction, meanStandardDeviation } = groupAdvantages([0, 1], ["a", "a"]);
    expect(meanStandardDeviation).to.be.closeTo(Math.SQRT1_2, 1e-12);
    expect(advantages[1]).to.be.closeTo(0.5 / (Math.SQRT1_2 + 1e-4), 1e-12);
    expect(advantages[0]).to.equal(-(advantages[1] as number));
    expect(zeroSpreadFraction).to.equal(0);
  });

  it("divides by the deviation of the whole batch, or by nothing, when told so", () => {
    const rewards = [0, 0.02, 0, 1];
    const groups = ["a", "a", "b", "b"];
    const [, small, , large] = groupAdvantages(rewards, groups, "batch").advantages;
    expect((large as number) / (small as number)).to.be.closeTo(50, 1e-9);
    const deviation = Math.sqrt(rewards.reduce((sum, reward) => sum + (reward - 0.255) ** 2, 0) / 3);
    expect(large).to.be.closeTo(0.5 / (deviation + 1e-4), 1e-12);
    expect(groupAdvantages(rewards, groups, "none").advantages).to.deep.equal([-0.01, 0.01, -0.5, 0.5]);
    const [, first, , second] = groupAdvantages(rewards, groups, "group").advantages;
    expect((second as number) / (first as number)).to.be.closeTo(1, 0.01);
  });

  it("gives nothing to groups that agree, and counts them", () => {
    const { advantages, zeroSpreadFraction } = groupAdvantages([1, 1, 0, 1], ["a", "a", "b", "b"]);
    expect(advantages.slice(0, 2)).to.deep.equal([null, null]);
    expect(advantages[2]).to.be.lessThan(0);
    expect(zeroSpreadFraction).to.equal(0.5);
  });

  it("leaves null rewards out of the baseline", () => {
    const withNull = groupAdvantages([0, null, 1], ["a", "a", "a"]).advantages;
    const without = groupAdvantages([0, 1], ["a", "a"]).advantages;
    expect(withNull).to.deep.equal([without[0], null, without[1]]);
    expect(groupAdvantages([null, 0.5], ["a", "a"]).advantages).to.deep.equal([null, null]);
  });

  it("sums to zero in every group and does not depend on other groups", () => {
    const rewards = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(rewards, rewards, (a, b) => {
        const labels = [...a.map(() => "a"), ...b.map(() => "b")];
        const together = groupAdvantages([...a, ...b], labels).advantages.slice(0, a.length);
        const alone = groupAdvantages(
          a,
          a.map(() => "a"),
        ).advantages;
        expect(together).to.deep.equal(alone);
        expect(alone.reduce<number>((sum, value) => sum + (value ?? 0), 0)).to.be.closeTo(0, 1e-6);
      }),
    );
  });
});
