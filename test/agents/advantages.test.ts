import { expect } from "chai";
import fc from "fast-check";
import {
  type AdvantageOptions,
  advantagesOf,
  groupAdvantages,
  mean,
  standardDeviation,
} from "../../agents/advantages.js";
import { completionKl } from "../../agents/losses/importance.js";
import type { KlEstimator } from "../../agents/losses/objective.js";
import { fixture } from "./fixtures/trl.js";
import { originals } from "./losses/originals.js";

describe("group advantages", () => {
  for (const scale of ["group", "batch", "none"] as const)
    it(`are those of TRL with scale_rewards="${scale}", null rewards and groups without spread included`, () => {
      const expected = fixture.advantages[scale];
      const groups = fixture.rewards.map((_, i) => `group ${Math.floor(i / fixture.group)}`);
      const { advantages, zeroSpreadFraction } = groupAdvantages(fixture.rewards, groups, scale);
      advantages.forEach((advantage, i) => {
        expect(advantage, `answer ${i}`).to.be.closeTo(expected.advantages[i] as number, 1e-5);
      });
      // With "batch" TRL asks of the batch, and here it is the groups all the same.
      expect(zeroSpreadFraction).to.equal(fixture.advantages.group.frac_reward_zero_std);
    });

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

  it("gives 0 to groups that agree, and counts them", () => {
    const { advantages, zeroSpreadFraction, meanStandardDeviation } = groupAdvantages(
      [0.7, 0.7, 0.7, 0, 1, 0.5],
      ["a", "a", "a", "b", "b", "c"],
    );
    expect(advantages.slice(0, 3)).to.deep.equal([0, 0, 0]);
    expect(advantages[3]).to.be.lessThan(0);
    expect(advantages[5]).to.equal(0);
    expect(zeroSpreadFraction).to.be.closeTo(1 / 3, 1e-12);
    // One reward has no deviation, and no part in the mean.
    expect(meanStandardDeviation).to.be.closeTo(Math.SQRT1_2 / 2, 1e-12);
  });

  it("leaves null rewards out of the baseline and gives them 0", () => {
    const withNull = groupAdvantages([0, null, 1], ["a", "a", "a"]).advantages;
    const without = groupAdvantages([0, 1], ["a", "a"]).advantages;
    expect(withNull).to.deep.equal([without[0], 0, without[1]]);
    expect(groupAdvantages([null, 0.5], ["a", "a"]).advantages).to.deep.equal([0, 0]);
    const none = groupAdvantages([null, null], ["a", "a"], "batch");
    expect(none).to.deep.equal({ advantages: [0, 0], zeroSpreadFraction: 0, meanStandardDeviation: 0 });
  });

  it("of nothing are none", () => {
    expect(groupAdvantages([], [])).to.deep.equal({
      advantages: [],
      zeroSpreadFraction: 0,
      meanStandardDeviation: 0,
    });
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
        expect(alone.reduce<number>((sum, value) => sum + value, 0)).to.be.closeTo(0, 1e-6);
      }),
    );
  });
});

/** The answers of TRL's cases. */
const groups = fixture.rewards.map((_, i) => `group ${Math.floor(i / fixture.group)}`);
const klOf = (estimator: KlEstimator) => (i: number) =>
  completionKl(
    estimator,
    Float32Array.from(originals.oldLogProbs[i]!),
    Float32Array.from(originals.referenceLogProbs[i]!),
  );

function expectAdvantages(mine: readonly number[], theirs: readonly number[]): void {
  expect(mine).to.have.length(theirs.length);
  mine.forEach((advantage, i) => {
    expect(advantage, `answer ${i}`).to.be.closeTo(theirs[i] as number, 1e-5);
  });
}

describe("advantages beside TRL", () => {
  const { rewardWeights } = originals;
  const verdicts = groups.map((_, i) => ({
    reward: Number.NaN,
    parts: Object.fromEntries(
      Object.entries(fixture.parts).map(([name, values]) => [name, values[i] ?? null]),
    ),
  }));
  const cases: [string, AdvantageOptions, number][] = [
    ["sum_then_normalize/group", { multiObjectiveAggregation: "sum_then_normalize" }, 0],
    ["sum_then_normalize/batch", { scaleRewards: "batch" }, 0],
    ["sum_then_normalize/none", { scaleRewards: "none" }, 0],
    ["normalize_then_sum/group", { multiObjectiveAggregation: "normalize_then_sum" }, 0],
    ["rloo/0.0/none", { advantageEstimator: "rloo", scaleRewards: "none" }, 0],
    ["rloo/0.0/batch", { advantageEstimator: "rloo", scaleRewards: "batch" }, 0],
    ["rloo/0.1/none", { advantageEstimator: "rloo", scaleRewards: "none" }, 0.1],
    ["rloo/0.1/batch", { advantageEstimator: "rloo", scaleRewards: "batch" }, 0.1],
  ];
  for (const [name, options, beta] of cases)
    it(`${name}, with answers that lack a part or all`, () => {
      const given = verdicts.map((verdict, i) => ({ ...verdict, penalty: beta * klOf("k1")(i) }));
      const { advantages, zeroSpreadFraction } = advantagesOf(given, groups, { ...options, rewardWeights });
      expectAdvantages(advantages, originals.trlAdvantages[name]!);
      if (beta === 0) expect(zeroSpreadFraction).to.equal(fixture.advantages.group.frac_reward_zero_std);
    });

  it("are of the total when no part has a weight", () => {
    const totals = fixture.rewards.map((reward) => ({ reward, parts: { other: 9 } }));
    expectAdvantages(advantagesOf(totals, groups).advantages, fixture.advantages.group.advantages);
  });

  it("are 0 for the only measured answer of a group, whatever it is compared with", () => {
    const lone = [0.7, null, 0.2, 0.4].map((reward) => ({ reward, parts: {} }));
    const { advantages } = advantagesOf(lone, ["a", "a", "b", "b"], {
      ...{ advantageEstimator: "rloo", scaleRewards: "none" },
    });
    expectAdvantages(advantages, [0, 0, -0.2, 0.2]);
    const nothing = [null, null].map((reward) => ({ reward, parts: { a: null } }));
    for (const multiObjectiveAggregation of ["sum_then_normalize", "normalize_then_sum"] as const) {
      const options = { multiObjectiveAggregation, rewardWeights: { a: 1 } };
      expect(advantagesOf(nothing, ["a", "a"], options).advantages).to.deep.equal([0, 0]);
    }
  });
});

describe("advantages beside verl", () => {
  const { rewards, klInReward, advantages: theirs } = originals.verlAdvantages;
  const options: Readonly<Record<string, AdvantageOptions>> = {
    "grpo/group": { scaleRewards: "group" },
    "grpo/none": { scaleRewards: "none" },
    "rloo/none": { advantageEstimator: "rloo", scaleRewards: "none" },
  };
  for (const [name, expected] of Object.entries(theirs))
    it(name, () => {
      const [estimator, scale, kl] = name.split("/");
      const penalty = kl ? klOf(kl as KlEstimator) : () => 0;
      const verdicts = rewards.map((reward, i) => ({ reward, parts: {}, penalty: klInReward * penalty(i) }));
      expectAdvantages(advantagesOf(verdicts, groups, options[`${estimator}/${scale}`]).advantages, expected);
    });
});

describe("mean and standard deviation", () => {
  it("are those of the sample", () => {
    // NumPy: np.mean([2, 4, 4, 5]), np.std([2, 4, 4, 5], ddof=1)
    expect(mean([2, 4, 4, 5])).to.equal(3.75);
    expect(standardDeviation([2, 4, 4, 5])).to.be.closeTo(1.2583057392117916, 1e-12);
    expect(standardDeviation([2])).to.equal(null);
    expect(standardDeviation([])).to.equal(null);
  });
});
