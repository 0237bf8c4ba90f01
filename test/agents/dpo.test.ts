import { expect } from "chai";
import { lastValueFrom, toArray } from "rxjs";
import { type DpoOptions, dpo } from "../../agents/dpo.js";
import type { TrainEvent } from "../../agents/index.js";
import type { PairLoss } from "../../agents/policy/engine/engine.js";
import { learningRateAt } from "../../agents/schedule.js";
import { UsageError } from "../../infra/errors.js";
import { rejection } from "../support/rejection.js";
import { textEvaluator } from "../support/text-evaluator.js";
import { largestDifference } from "./policy/engine/tiny.js";
import { letters, rewardedByMember, textEnv, tokensOf, watchedPolicy } from "./watched-policy.js";

describe("DPO", function () {
  this.timeout(60_000);
  const watched = watchedPolicy();
  const run = (changes: Partial<DpoOptions> = {}, env = textEnv()): Promise<TrainEvent[]> =>
    lastValueFrom(
      dpo
        .train(env, {
          ...{ seed: 3, steps: 1, tasksPerStep: 3, groupSize: 4 },
          ...{ sampling: { maxTokens: 6 }, learningRate: { peak: 1e-2 } },
          policy: watched.policy(),
          ...changes,
        })
        .pipe(toArray()),
    );
  const losses = () => watched.steps.map(({ loss }) => loss as PairLoss);

  it("makes what is rewarded likelier", async () => {
    const events = await run({ steps: 20, groupSize: 8, beta: 0.1 });
    const rewards = events.map(({ metrics }) => metrics.reward as number);
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    expect(mean(rewards.slice(-3))).to.be.above(2 * mean(rewards.slice(0, 3)));
    expect(events.map(({ phase, step, steps }) => [phase, step, steps])[19]).to.deep.equal(["dpo", 20, 20]);
  });

  it("pairs the best answer of a group with the worst", async () => {
    const answers = watched.recorded();
    const [event] = await run(
      { lossType: "robust", beta: 0.3, labelSmoothing: 0.1 },
      rewardedByMember([0.4, 0.9, 0.1, 0.5]),
    );
    const [loss] = losses();
    expect(loss).to.include({ kind: "preference", lossType: "robust", beta: 0.3, labelSmoothing: 0.1 });
    expect(event?.metrics.num_pairs).to.equal(3);
    expect(
      loss?.pairs.map(({ chosen, rejected }) => [tokensOf(chosen), tokensOf(rejected)]),
    ).to.have.deep.members([0, 4, 8].map((first) => [answers[first + 1], answers[first + 2]]));
  });

  it("pairs further ones from the outside in, those apart by the margin, and none without a reward", async () => {
    const answers = watched.recorded();
    const [event] = await run(
      { groupSize: 5, pairsPerGroup: 2 },
      rewardedByMember([0.4, 0.9, 0.1, null, 0.5]),
    );
    expect(event?.metrics.num_pairs).to.equal(6);
    expect(
      losses()[0]?.pairs.map(({ chosen, rejected }) => [tokensOf(chosen), tokensOf(rejected)]),
    ).to.have.deep.members(
      [0, 5, 10].flatMap((first) => [
        [answers[first + 1], answers[first + 2]],
        [answers[first + 4], answers[first]],
      ]),
    );
    const [apart] = await run(
      { groupSize: 5, pairsPerGroup: 2, minMargin: 0.2 },
      rewardedByMember([0.4, 0.9, 0.1, null, 0.5]),
    );
    expect(apart?.metrics.num_pairs).to.equal(3);
    const [few] = await run({ groupSize: 4, pairsPerGroup: 2 }, rewardedByMember([0.4, 0.9, 0.1, null]));
    expect(few?.metrics.num_pairs).to.equal(3);
    const [just] = await run({ pairsPerGroup: 2, minMargin: 0.25 }, rewardedByMember([0, 0.75, 0.25, 0.5]));
    expect(just?.metrics.num_pairs).to.equal(6);
  });

  it("makes no pair of equal answers, and takes no step then", async () => {
    const [event] = await run({}, textEnv(textEvaluator(() => 0.5)));
    expect(event?.metrics).to.include({ num_pairs: 0, num_updates: 0 });
    expect(event?.metrics).not.to.have.property("loss");
    expect(watched.steps).to.deep.equal([]);
    const [lone] = await run({}, rewardedByMember([0.5, null, null, null]));
    expect(lone?.metrics.num_pairs).to.equal(0);
  });

  it("refers to the weights that training began with, and tells TRL's metrics", async () => {
    const [first, second] = await run({ steps: 2 });
    const pairs = losses()[0]?.pairs ?? [];
    const references = await watched.engine().logProbs(
      pairs.map(({ chosen }) => chosen),
      "reference",
    );
    pairs.forEach(({ chosen }, i) => {
      expect(largestDifference(chosen.referenceLogProbs, references[i]!)).to.be.below(1e-5);
    });
    expect(first?.metrics["rewards/margins"]).to.be.closeTo(0, 1e-5);
    const names = ["chosen", "rejected", "accuracies", "margins"].map((name) => `rewards/${name}`);
    expect(second?.metrics).to.include.all.keys(
      "loss",
      "entropy",
      "grad_norm",
      "logps/chosen",
      "logps/rejected",
      ...names,
    );
    expect(second?.metrics["rewards/margins"]).to.be.closeTo(
      (second?.metrics["rewards/chosen"] as number) - (second?.metrics["rewards/rejected"] as number),
      1e-9,
    );
    expect(watched.references).to.deep.equal([undefined]);
  });

  it("goes over its pairs as often and in as many parts as it is told, at the scheduled rate", async () => {
    const learningRate = { peak: 1e-3, warmup: 2, floor: 0.5 };
    const optimizer = { weightDecay: 0.3 };
    await run(
      { steps: 2, epochs: 2, updatesPerEpoch: 2, learningRate, optimizer },
      rewardedByMember([0, 1, 0.5, 0.5]),
    );
    expect(losses().map(({ pairs }) => pairs.length)).to.deep.equal([2, 1, 2, 1, 2, 1, 2, 1]);
    expect(watched.steps.map(({ options }) => options)).to.deep.equal(
      [1, 1, 1, 1, 2, 2, 2, 2].map((step) => ({
        ...optimizer,
        learningRate: learningRateAt(learningRate, step, 2),
      })),
    );
  });

  it("needs the tokens of what the policy wrote", async () => {
    watched.alterSamples((completions) => completions.map(({ tokens, ...text }) => text));
    const error = await rejection(run({}, rewardedByMember([0, 1])));
    expect(error.message).to.match(/^DPO needs token ids .* policy small returned text alone/);
  });

  it("refuses what it cannot train before anything starts", () => {
    const refuse = (changes: Partial<DpoOptions>, message: RegExp, env = textEnv()) =>
      expect(() => run(changes, env)).to.throw(UsageError, message);
    refuse({}, /^DPO trains on episodes of one turn/, textEnv(textEvaluator(letters), 3));
    refuse({ groupSize: 1 }, /^DPO's groupSize must be a whole number of at least 2/);
    refuse({ completedSteps: 1 }, /^DPO cannot go on after step 1 without the weights of its reference/);
    refuse({ beta: 0 }, /^beta must be a number above 0/);
    refuse({ labelSmoothing: 0.1 }, /belongs to the lossType robust/);
    refuse({ pairsPerGroup: 0 }, /from 1 to half the groupSize of 4, but is 0/);
    refuse({ pairsPerGroup: 3 }, /half the groupSize of 4, but is 3/);
    refuse({ pairsPerGroup: 1.5 }, /but is 1\.5/);
    refuse({ minMargin: -0.1 }, /^minMargin must be a number of at least 0, but is -0\.1/);
    expect(watched.references).to.deep.equal([]);
  });
});
