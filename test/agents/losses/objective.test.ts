import { expect } from "chai";
import { tokenWeight } from "../../../agents/losses/aggregation.js";
import { completionKl, importanceWeights } from "../../../agents/losses/importance.js";
import {
  type Aggregation,
  checkObjective,
  type LossType,
  meansOverBatch,
  type PolicyObjective,
  resolveObjective,
} from "../../../agents/losses/objective.js";
import { softOverlongPenalty } from "../../../agents/losses/overlong.js";
import { checkPreference, type PreferenceObjective } from "../../../agents/losses/preference-objective.js";
import { UsageError } from "../../../infra/errors.js";
import { originals } from "./originals.js";

describe("an objective", () => {
  it("is TRL's default without a KL term, when nothing is said", () => {
    expect(resolveObjective({})).to.deep.equal({
      ...{ lossType: "dapo", importanceSamplingLevel: "token", aggregation: "token-mean" },
      ...{ epsilon: 0.2, epsilonHigh: 0.2, beta: 0, klEstimator: "k3" },
      ...{ useBiasCorrectionKl: false, entropyCoef: 0 },
    });
    expect(resolveObjective({ epsilon: 0.1, delta: 2, maxCompletionLength: 9 })).to.include({
      ...{ epsilonHigh: 0.1, delta: 2, maxCompletionLength: 9 },
    });
  });

  it("has the aggregation and the level of its loss type, unless it says otherwise", () => {
    const found = (lossType: LossType) => {
      const { aggregation, importanceSamplingLevel } = resolveObjective({ lossType });
      return [aggregation, importanceSamplingLevel, meansOverBatch({ lossType })];
    };
    expect(found("grpo")).to.deep.equal(["seq-mean-token-mean", "token", false]);
    expect(found("dr_grpo")).to.deep.equal(["seq-mean-token-sum-norm", "token", false]);
    expect(found("bnpo")).to.deep.equal(["token-mean", "token", false]);
    expect(found("dapo")).to.deep.equal(["token-mean", "token", true]);
    expect(found("gspo")).to.deep.equal(["seq-mean-token-mean", "sequence", false]);
    expect(found("cispo")).to.deep.equal(["token-mean", "token", true]);
    expect(meansOverBatch({})).to.equal(true);
    const own = { lossType: "gspo", aggregation: "token-sum", importanceSamplingLevel: "token" } as const;
    expect(resolveObjective(own)).to.include(own);
  });

  const refused: [PolicyObjective, RegExp][] = [
    [{ lossType: "ppo" as LossType }, /^lossType is one of grpo, .*cispo, but "ppo" came\.$/],
    [{ aggregation: "mean" as Aggregation }, /^aggregation is one of token-mean, .*but "mean" came/],
    [{ importanceSamplingLevel: "word" as "token" }, /^importanceSamplingLevel is one of token, sequence/],
    [{ klEstimator: "k4" as "k3" }, /^klEstimator is one of k1, k2, k3/],
    [{ beta: Number.NaN }, /^beta must be a finite number, but is NaN/],
    [{ entropyCoef: Number.POSITIVE_INFINITY }, /^entropyCoef must be a finite number/],
    [{ epsilon: -0.1 }, /^epsilon must be a number of at least 0, but is -0\.1/],
    [{ epsilonHigh: Number.NaN }, /^epsilonHigh must be a number of at least 0, but is NaN/],
    [{ epsilonHigh: 0.5, delta: 1.5 }, /above 1 \+ epsilonHigh = 1\.5, but is 1\.5/],
    [{ lossType: "dr_grpo" }, /divides by maxCompletionLength, which must be above 0 but is undefined/],
    [{ lossType: "dr_grpo", maxCompletionLength: 0 }, /must be above 0 but is 0/],
  ];
  for (const [objective, sentence] of refused)
    it(`cannot be ${JSON.stringify(objective)}`, () => {
      expect(() => checkObjective(objective)).to.throw(UsageError, sentence);
    });

  it("can be anything else", () => {
    const fine: PolicyObjective[] = [
      {},
      { epsilon: 0, epsilonHigh: 0, delta: 1.01, beta: -0.1, entropyCoef: -1 },
      { lossType: "dr_grpo", maxCompletionLength: 1 },
      { lossType: "dr_grpo", aggregation: "token-mean" },
    ];
    for (const objective of fine) expect(() => checkObjective(objective)).not.to.throw();
  });
});

describe("an objective of pairs", () => {
  const refused: [PreferenceObjective, RegExp][] = [
    [{ lossType: "kto" as "sigmoid" }, /^lossType is one of sigmoid, hinge, ipo, .*but "kto" came/],
    [{ beta: 0 }, /^beta must be a number above 0, but is 0/],
    [{ beta: Number.POSITIVE_INFINITY }, /^beta must be a number above 0, but is Infinity/],
    [{ lossType: "robust", labelSmoothing: 0.5 }, /from 0 to below 0\.5, but is 0\.5/],
    [{ lossType: "robust", labelSmoothing: -0.1 }, /from 0 to below 0\.5, but is -0\.1/],
    [{ labelSmoothing: 0.1 }, /belongs to the lossType robust, but that is "sigmoid"/],
  ];
  for (const [objective, sentence] of refused)
    it(`cannot be ${JSON.stringify(objective)}`, () => {
      expect(() => checkPreference(objective)).to.throw(UsageError, sentence);
    });

  it("can be anything else", () => {
    for (const objective of [
      {},
      { lossType: "robust", labelSmoothing: 0.49 },
      { labelSmoothing: 0 },
    ] as const)
      expect(() => checkPreference(objective)).not.to.throw();
  });
});

describe("an aggregation", () => {
  it("weighs the tokens of a completion", () => {
    const counts = { tokens: 40, sequences: 5, maxCompletionLength: 16 };
    const weights = (
      [
        "token-mean",
        "token-sum",
        "seq-mean-token-sum",
        "seq-mean-token-mean",
        "seq-mean-token-sum-norm",
      ] as const
    ).map((aggregation) => tokenWeight(aggregation, counts, 8));
    expect(weights).to.deep.equal([1 / 40, 1, 1 / 5, 1 / 40, 1 / 80]);
    expect(tokenWeight("seq-mean-token-mean", counts, 4)).to.equal(1 / 20);
    expect(tokenWeight("seq-mean-token-sum-norm", { tokens: 1, sequences: 1 }, 4)).to.be.NaN;
  });
});

describe("the divergence of a completion", () => {
  it("is the sum of its tokens' estimates", () => {
    // By hand: the reference less the policy is -0.5 and 0.8; k3 = exp(-0.5) + 0.5 - 1 + exp(0.8) - 0.8 - 1.
    const [policy, reference] = [
      Float64Array.of(-1, -2),
      Float64Array.of(-1.5, -1.2),
    ] as unknown as Float32Array[];
    const of = (estimator: "k1" | "k2" | "k3") => completionKl(estimator, policy!, reference!);
    expect(of("k1")).to.be.closeTo(-0.3, 1e-12);
    expect(of("k2")).to.be.closeTo(0.445, 1e-12);
    expect(of("k3")).to.be.closeTo(0.5320715882, 1e-9);
  });
});

describe("an importance weight", () => {
  it("at a bound is kept", () => {
    const same = Float32Array.of(-0.5, -1);
    for (const bounds of [{ clipMin: 1 }, { clipMax: 1 }])
      expect([...importanceWeights({ mode: "token_mask", ...bounds }, same, same)]).to.deep.equal([1, 1]);
  });

  it("is at most 3 when nothing else is said", () => {
    const weights = (mode: "token_truncate" | "token_mask") => [
      ...importanceWeights({ mode }, Float32Array.of(0, 0), Float32Array.of(-2, -20)),
    ];
    expect(weights("token_truncate")).to.deep.equal([3, 3]);
    expect(weights("token_mask")).to.deep.equal([0, 0]);
  });
});

describe("the overlong penalty", () => {
  it("is TRL's", () => {
    for (const { maxCompletionLength, cache, lengths, penalties } of originals.overlong) {
      const mine = lengths.map((length) => softOverlongPenalty({ cache }, length, maxCompletionLength));
      mine.forEach((penalty, i) => {
        expect(penalty, `${lengths[i]} of ${maxCompletionLength}`).to.be.closeTo(
          penalties[i] as number,
          1e-12,
        );
      });
    }
  });

  it("falls to a factor", () => {
    const penalties = [16, 17, 19, 20, 25].map((length) =>
      softOverlongPenalty({ cache: 4, factor: 0.5 }, length, 20),
    );
    expect(penalties).to.deep.equal([0, -0.125, -0.375, -0.5, -0.5]);
  });
});
