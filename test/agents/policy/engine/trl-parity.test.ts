import { expect } from "chai";
import type { EngineState, Loss, ModelEngine } from "../../../../agents/policy/index.js";
import { UsageError } from "../../../../infra/errors.js";
import { rejection } from "../../../support/rejection.js";
import {
  fixture,
  fixtureEngines,
  fixtureRollouts,
  fixtureSequences,
  fixtureState,
} from "../../fixtures/trl.js";
import { largestDifference } from "./tiny.js";

/** Names of metrics in TRL and here. */
const METRICS = {
  kl: "kl",
  entropy: "entropy",
  "clip_ratio/low_mean": "clipRatioLow",
  "clip_ratio/high_mean": "clipRatioHigh",
  "clip_ratio/low_min": "clipRatioLowMin",
  "clip_ratio/high_max": "clipRatioHighMax",
} as const;

/** The gradient of a loss: after one step without history AdamW's first moment is `1 - beta1` times it. */
async function gradientOf(engine: ModelEngine, loss: Loss) {
  await engine.importState(fixtureState);
  const metrics = await engine.step(loss, {
    learningRate: 0,
    maxGradientNorm: Number.MAX_VALUE,
    betas: [0.5, 0.5],
  });
  const { optimizer } = await engine.exportState();
  const gradient = (name: string) =>
    (optimizer?.firstMoment.get(name)?.data ?? new Float32Array()).map((value) => 2 * value);
  return { metrics, gradient };
}

function expectSame(
  of: (name: string) => ArrayLike<number>,
  expected: Readonly<Record<string, readonly number[]>>,
): void {
  expect(Object.keys(expected)).to.have.members([...fixtureState.weights.keys()]);
  for (const [name, values] of Object.entries(expected))
    expect(largestDifference(of(name), values), name).to.be.below(2e-5);
}

describe("the engine beside TRL and PyTorch", function () {
  this.timeout(60_000);
  const engines = fixtureEngines();

  for (const [index, name] of ["one replica", "two workers"].entries())
    describe(name, () => {
      fixture.policyGradient.forEach(
        ({ loss_type, loss, gradients, metrics: expected, ...options }, number) => {
          it(`has the loss, gradient and metrics of TRL's ${loss_type}, case ${number + 1}`, async () => {
            const sequences = fixtureRollouts(options);
            const { metrics, gradient } = await gradientOf(engines[index] as ModelEngine, {
              ...{ kind: "policyGradient", sequences, lossType: loss_type, epsilon: options.clipLow },
              ...{ epsilonHigh: options.clipHigh, beta: options.klCoefficient },
              entropyCoef: options.entropyCoefficient,
            });
            expect(metrics.loss).to.be.closeTo(loss, 1e-5);
            expectSame(gradient, gradients);
            for (const [theirs, ours] of Object.entries(METRICS))
              if (expected[theirs] === undefined) expect(metrics).not.to.have.property(ours);
              else expect(metrics[ours], theirs).to.be.closeTo(expected[theirs] as number, 1e-5);
          });
        },
      );

      it("has the loss, entropy and gradient of TRL's SFT", async () => {
        const { loss, gradients, metrics: expected } = fixture.supervised;
        const { metrics, gradient } = await gradientOf(engines[index] as ModelEngine, {
          kind: "crossEntropy",
          sequences: fixtureSequences,
        });
        expect(metrics.loss).to.be.closeTo(loss, 1e-5);
        expect(metrics.entropy).to.be.closeTo(expected.entropy as number, 1e-5);
        expect(metrics.tokens).to.equal(expected.num_tokens);
        expect(metrics).not.to.have.any.keys("kl", "clipRatioLow", "clipRatioLowMin");
        expectSame(gradient, gradients);
      });

      it("is after three steps where transformers' AdamW is", async () => {
        const engine = engines[index] as ModelEngine;
        await engine.importState(fixtureState);
        const { steps, weights, ...settings } = fixture.supervised.optimizer;
        for (const { learningRate, loss, gradientNorm } of steps) {
          const metrics = await engine.step(
            { kind: "crossEntropy", sequences: fixtureSequences },
            { learningRate, ...settings },
          );
          expect(metrics.loss).to.be.closeTo(loss, 2e-5);
          expect(metrics.gradientNorm).to.be.closeTo(gradientNorm, 2e-5);
        }
        const state = await engine.exportState();
        expectSame((name) => state.weights.get(name)?.data ?? [], weights);
      });

      it("takes the same settings when none are given", async () => {
        const engine = engines[index] as ModelEngine;
        const { betas, weightDecay, epsilon, maxGradientNorm } = fixture.supervised.optimizer;
        const run = async (settings: object): Promise<EngineState> => {
          await engine.importState(fixtureState);
          for (let i = 0; i < 2; i++)
            await engine.step(
              { kind: "crossEntropy", sequences: fixtureSequences },
              { learningRate: 0.05, ...settings },
            );
          return engine.exportState();
        };
        const expected = await run({ betas, weightDecay, epsilon, maxGradientNorm });
        expect((await run({})).weights).to.deep.equal(expected.weights);
        for (const other of [
          { betas: [0.8, 0.95] },
          { betas: [0.9, 0.9] },
          { weightDecay: 0 },
          { epsilon: 1e-3 },
          { maxGradientNorm: 1e-3, epsilon: 1e-3 },
        ])
          expect((await run(other)).weights, JSON.stringify(other)).not.to.deep.equal(expected.weights);
      });
    });

  it("shrinks matrices alone, by the rate times the weight decay", async () => {
    const [engine] = engines as [ModelEngine];
    await engine.importState(fixtureState);
    // Without an advantage, a KL term or an entropy bonus there is no gradient, so that only the decay is left.
    const sequences = fixtureRollouts({
      ...fixture.policyGradient[0]!,
      advantages: fixtureSequences.map(() => 0),
    });
    await engine.step({ kind: "policyGradient", sequences }, { learningRate: 0.5, weightDecay: 0.2 });
    const { weights } = await engine.exportState();
    for (const [name, { shape, data }] of fixtureState.weights) {
      const kept = shape.length > 1 ? 0.9 : 1;
      const expected = data.map((value) => value * kept);
      expect(largestDifference(weights.get(name)?.data ?? [], expected), name).to.be.below(1e-6);
    }
  });

  it("refuses settings that no optimiser has", async () => {
    const [engine] = engines as [ModelEngine];
    const loss = { kind: "crossEntropy" as const, sequences: fixtureSequences };
    for (const [settings, message] of [
      [{ weightDecay: -0.1 }, /weightDecay must be a number of at least 0, but is -0.1/],
      [{ weightDecay: Number.POSITIVE_INFINITY }, /weightDecay must be/],
      [{ betas: [0.9, 1] as const }, /betas must be two numbers from 0 to below 1, but are 0.9 and 1/],
      [{ betas: [-0.1, 0.5] as const }, /betas must be/],
      [{ epsilon: 0 }, /epsilon must be a number above 0/],
      [{ maxGradientNorm: 0 }, /maxGradientNorm must be above 0/],
    ] as const) {
      const error = await rejection(engine.step(loss, { learningRate: 1, ...settings }));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(message);
    }
  });
});
