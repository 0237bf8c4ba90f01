import { expect } from "chai";
import { LOSS_TYPES } from "../../../../agents/losses/objective.js";
import type { Loss } from "../../../../agents/policy/index.js";
import { fixture, fixtureEngines, fixtureRollouts, fixtureState } from "../../fixtures/trl.js";

const sequences = fixtureRollouts(fixture.policyGradient[0]!).map((sequence) => ({
  ...sequence,
  importanceWeights: sequence.oldLogProbs.map((_, t) => 1 + 0.1 * t),
}));

describe("a step of each loss type", function () {
  this.timeout(60_000);
  const engines = fixtureEngines();

  for (const lossType of LOSS_TYPES)
    it(`${lossType} is the same on two workers as on one replica`, async () => {
      const loss: Loss = {
        ...{ kind: "policyGradient", lossType, sequences, maxCompletionLength: 8, entropyCoef: 0.02 },
        ...{
          beta: 0.05,
          epsilonHigh: lossType === "cispo" ? 1.1 : 0.2,
          counts: { sequences: 15, tokens: 70 },
        },
      };
      const [one, two] = await Promise.all(
        engines.map(async (engine) => {
          await engine.importState(fixtureState);
          return engine.step(loss, { learningRate: 0 });
        }),
      );
      expect(one).to.have.any.keys("clipRatioHigh", "cispoClipRatio");
      expect(Object.keys(two!)).to.have.members(Object.keys(one!));
      for (const [name, value] of Object.entries(one!))
        expect(two?.[name as keyof typeof two], name).to.be.closeTo(
          value,
          1e-5 * Math.max(1, Math.abs(value)),
        );
    });
});
