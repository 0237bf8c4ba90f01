import { expect } from "chai";
import {
  createLocalEngine,
  createWorkerEngine,
  type Loss,
  type ModelEngine,
  type PreferencePair,
} from "../../../../agents/policy/index.js";
import { fixture, fixtureSequences, fixtureState } from "../../fixtures/trl.js";
import { largestDifference } from "./tiny.js";

const { config } = fixture.model;

describe("learning from pairs", function () {
  this.timeout(60_000);
  let one: ModelEngine;
  let two: ModelEngine;
  let pairs: PreferencePair[];
  before(async () => {
    const start = { config, seed: 0, state: fixtureState };
    one = await createLocalEngine({ ...start, backend: "wasm" });
    two = await createWorkerEngine({ ...start, workers: 2 });
    const logProbs = await one.logProbs(fixtureSequences);
    const referred = (i: number) => ({ ...fixtureSequences[i]!, referenceLogProbs: logProbs[i]! });
    pairs = [0, 3, 6, 9].map((i) => ({ chosen: referred(i), rejected: referred(i + 1) }));
  });
  after(() => Promise.all([one.close(), two.close()]));
  beforeEach(() => Promise.all([one, two].map((engine) => engine.importState(fixtureState))));

  it("begins with a loss of log 2, no rewards, and the slope of a coin toss", async () => {
    const loss: Loss = { kind: "preference", beta: 0.4, pairs };
    const metrics = await one.step(loss, { learningRate: 0, betas: [0.5, 0.5], maxGradientNorm: 1e9 });
    expect(metrics.loss).to.be.closeTo(Math.LN2, 1e-6);
    expect(metrics.chosenReward).to.be.closeTo(0, 1e-6);
    expect(metrics.rejectedReward).to.be.closeTo(0, 1e-6);
    // The slope is half of beta in each pair: that of a linear loss in the log-probabilities.
    const gradient = (await one.exportState()).optimizer?.firstMoment;
    await one.importState(fixtureState);
    const linear = pairs.flatMap(({ chosen, rejected }) => [
      { ...chosen, advantage: 0.4 / 2 / pairs.length, oldLogProbs: chosen.referenceLogProbs },
      { ...rejected, advantage: -0.4 / 2 / pairs.length, oldLogProbs: rejected.referenceLogProbs },
    ]);
    await one.step(
      { kind: "policyGradient", aggregation: "token-sum", sequences: linear },
      { learningRate: 0, betas: [0.5, 0.5], maxGradientNorm: 1e9 },
    );
    const expected = (await one.exportState()).optimizer?.firstMoment;
    for (const [name, { data }] of expected ?? [])
      expect(largestDifference(gradient?.get(name)?.data ?? [], data), name).to.be.below(1e-6);
  });

  it("makes the chosen likelier than the rejected, on two workers as on one", async () => {
    const loss: Loss = { kind: "preference", beta: 0.4, pairs };
    const curve = async (engine: ModelEngine) => {
      const metrics = [];
      for (let step = 0; step < 6; step++) metrics.push(await engine.step(loss, { learningRate: 0.02 }));
      return metrics;
    };
    const [mine, theirs] = [await curve(one), await curve(two)];
    mine.forEach(({ rewardAccuracy, ...metrics }, step) => {
      // Before the first step they are equal but for rounding.
      if (step > 0) expect(theirs[step]?.rewardAccuracy).to.equal(rewardAccuracy);
      for (const [name, value] of Object.entries(metrics))
        expect(theirs[step]?.[name as keyof typeof metrics], `${name} of step ${step}`).to.be.closeTo(
          value,
          1e-3,
        );
    });
    const last = mine.at(-1)!;
    expect(last.loss).to.be.below(0.4);
    expect(last.rewardAccuracy).to.equal(1);
    expect(last.chosenReward).to.be.above((last.rejectedReward as number) + 0.5);
    expect(last).not.to.have.any.keys("kl", "clipRatioLow");
    const sums = await one.logProbs(pairs.map(({ chosen }) => chosen));
    const mean = sums.flatMap((row) => [...row]).reduce((a, b) => a + b, 0) / pairs.length;
    const measured = await one.step(loss, { learningRate: 0 });
    expect(measured.chosenLogProb).to.be.closeTo(mean, 1e-4);
  });
});
