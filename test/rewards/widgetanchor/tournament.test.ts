import { expect } from "chai";
import fc from "fast-check";
import {
  cosineLearningRate,
  groupAdvantages,
  sequenceLoss,
} from "../../../rewards/systems/widgetanchor/released/grpo.js";
import { bestAttempt, polish, verifyRender } from "../../../rewards/systems/widgetanchor/released/search.js";
import { roundRobin } from "../../../rewards/systems/widgetanchor/released/tournament.js";
import { tournamentReward } from "../../../rewards/systems/widgetanchor/tournament.js";
import { rejection } from "../../support/rejection.js";
import { constant, contextOf } from "../support.js";

describe("roundRobin", () => {
  it("lets survivors meet once, in the released rules", async () => {
    const met: string[] = [];
    const { rewards } = await roundRobin(
      [0.5, 0.2, 0.7, null],
      async (a, b) => {
        met.push(`${a}-${b}`);
        return "A";
      },
      { rules: "released" },
    );
    expect(met).to.deep.equal(["2-0"]);
    expect(rewards.map((reward) => Math.round(reward * 1000) / 1000)).to.deep.equal([0.15, 0.06, 0.91, -1]);
  });

  it("judges both orders, so that a judge who always says A favours nobody", async () => {
    const { rewards, wins } = await roundRobin([0.5, 0.5], async () => "A");
    expect(wins).to.deep.equal([1, 1]);
    expect(rewards[0]).to.equal(rewards[1]);
  });

  it("crowns a lone survivor, except in the released rules", async () => {
    expect((await roundRobin([0.5, 0.1], async () => "tie")).rewards[0]).to.be.closeTo(0.85, 1e-12);
    const released = await roundRobin([0.5, 0.1], async () => "tie", { rules: "released" });
    expect(released.rewards[0]).to.be.closeTo(0.15, 1e-12);
  });

  it("takes an outage for a tie and counts it; the released rules break off", async () => {
    const outage = () => Promise.reject(new Error("down"));
    const { wins, undecided } = await roundRobin([0.5, 0.6], outage);
    expect(wins).to.deep.equal([1, 1]);
    expect(undecided).to.equal(2);
    expect(await rejection(roundRobin([0.5, 0.6], outage, { rules: "released" }))).to.be.instanceOf(Error);
  });

  it("keeps rewards within failed..1 for any scores and verdicts", async () => {
    const score = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null });
    await fc.assert(
      fc.asyncProperty(
        fc.array(score, { maxLength: 6 }),
        fc.constantFrom("A", "B", "tie"),
        async (scores, verdict) => {
          const { rewards } = await roundRobin(scores, async () => verdict as "A" | "B" | "tie");
          for (const reward of rewards) expect(reward).to.be.within(-1, 1 + 1e-12);
        },
      ),
    );
  });
});

describe("WidgetAnchor's search and step", () => {
  it("keeps the earliest best attempt", () => {
    const attempt = (code: string | null, score: number | null) => ({ code, score });
    expect(
      bestAttempt([attempt("a", 0.4), attempt("b", 0.7), attempt("c", 0.7), attempt(null, 9)])?.code,
    ).to.equal("b");
    expect(bestAttempt([attempt("a", null)])).to.equal(null);
  });

  it("polishes only towards strictly better", async () => {
    const scores = [0.5, 0.7, 0.7];
    const history = await polish({ code: "0", score: 0.5 }, 3, async (_, i) => ({
      code: `${i + 1}`,
      score: scores[i]!,
    }));
    expect(history.map(({ code }) => code)).to.deep.equal(["0", "0", "2", "2"]);
  });

  it("verifies renders", () => {
    const sample = { needsRender: false, hasScreenshot: true, rendered: true };
    expect(verifyRender(sample, () => 0.2)).to.deep.equal({ ssim: 0.2, screenshot: "original" });
    expect(verifyRender(sample, () => 0.2, { threshold: 0.85 })).to.equal(null);
    expect(verifyRender({ ...sample, rendered: false }, () => 1)).to.equal(null);
    expect(verifyRender({ ...sample, hasScreenshot: false }, () => 0)?.ssim).to.equal(1);
  });

  it("computes advantages, losses and rates", () => {
    expect(groupAdvantages([0.5, 0.5])).to.deep.equal([0, 0]);
    expect(groupAdvantages([])).to.deep.equal([]);
    expect(groupAdvantages([1])).to.deep.equal([0]);
    const [low, high] = groupAdvantages([0, 1]);
    expect(high).to.be.closeTo(Math.SQRT1_2, 1e-6);
    expect(low).to.be.closeTo(-Math.SQRT1_2, 1e-6);
    const same = { length: 2, fresh: [-1, -2], old: [-1, -2], reference: [-1, -2] };
    expect(sequenceLoss(same, 0.5)).to.deep.equal({ loss: -0.5, kl: 0, clipFraction: 0 });
    expect(cosineLearningRate(300, 1e-5, 100, 500)).to.be.closeTo(5e-6, 1e-15);
    expect(cosineLearningRate(0, 1, 0, 0)).to.equal(1);
  });
});

describe("WidgetAnchor's tournament as a reward", () => {
  /** Scores of three answers, whose six meetings the judge decides but for the first `missing`. */
  async function played(missing: number) {
    let asked = 0;
    const judge = async () => {
      asked++;
      if (asked <= missing) throw new Error("The judge is down.");
      return "\\boxed{Candidate A is better}";
    };
    const picture = (byte: number) => ({ png: new Uint8Array([byte]) }) as never;
    const contexts = [1, 2, 3].map((byte) => ({
      ...contextOf("<p>x</p>"),
      page: picture(byte),
      referencePicture: picture(0),
    }));
    const reward = tournamentReward({ programmatic: constant(0.5), judge });
    return { asked: () => asked, scores: await reward.scoreGroup(contexts) };
  }

  it("scores while less than half of the meetings are missing", async () => {
    const { asked, scores } = await played(2);
    expect(asked()).to.equal(6);
    expect(scores.map(({ status }) => status)).to.deep.equal(["ok", "ok", "ok"]);
    expect(scores[0]?.evidence).to.include({ programmatic: 0.5, undecided: 2 });
  });

  for (const missing of [3, 6])
    it(`gives no score when ${missing} of 6 are`, async () => {
      const { scores } = await played(missing);
      for (const score of scores)
        expect(score).to.deep.equal({
          value: null,
          status: "failed",
          message: `The tournament broke off: ${missing} of 6 meetings could not be judged: The judge is down.`,
        });
    });
});
