import { expect } from "chai";
import { lastValueFrom, toArray } from "rxjs";
import { type ExpertIterationOptions, expertIteration } from "../../agents/expert-iteration.js";
import type { TrainEvent } from "../../agents/index.js";
import type { Loss } from "../../agents/policy/engine/engine.js";
import { UsageError } from "../../infra/errors.js";
import { rejection } from "../support/rejection.js";
import { textEvaluator } from "../support/text-evaluator.js";
import { letters, rewardedByMember, textEnv, tokensOf, watchedPolicy } from "./watched-policy.js";

describe("expert iteration", function () {
  this.timeout(60_000);
  const watched = watchedPolicy();
  const run = (changes: Partial<ExpertIterationOptions> = {}, env = textEnv()): Promise<TrainEvent[]> =>
    lastValueFrom(
      expertIteration
        .train(env, {
          ...{ seed: 3, steps: 1, tasksPerStep: 3, groupSize: 4 },
          ...{ sampling: { maxTokens: 6 }, learningRate: { peak: 1e-2 } },
          policy: watched.policy(),
          ...changes,
        })
        .pipe(toArray()),
    );
  const learned = () =>
    watched.steps.map(({ loss }) =>
      (loss as Extract<Loss, { kind: "crossEntropy" }>).sequences.map(tokensOf),
    );

  it("makes what is rewarded likelier", async () => {
    const events = await run({ steps: 20, groupSize: 8, keepPerGroup: 2 });
    const rewards = events.map(({ metrics }) => metrics.reward as number);
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    expect(mean(rewards.slice(-3))).to.be.above(3 * mean(rewards.slice(0, 3)));
    expect(events.at(-1)).to.include({ phase: "expert-iteration", step: 20, steps: 20 });
  });

  it("learns from the best answer of each group, token by token as it was sampled", async () => {
    const answers = watched.recorded();
    const [event] = await run({}, rewardedByMember([0.4, 0.9, 0.1, null]));
    expect(watched.steps[0]?.loss.kind).to.equal("crossEntropy");
    expect(learned()[0]).to.have.members([1, 5, 9].map((i) => answers[i]));
    expect(event?.metrics).to.include({ num_kept: 3 });
    expect(event?.metrics["rewards/kept"]).to.be.closeTo(0.9, 1e-12);
    expect(watched.references).to.deep.equal([]);
  });

  it("or from as many as it is told, of those that are good enough", async () => {
    const answers = watched.recorded();
    const [event] = await run({ keepPerGroup: 3, minReward: 0.4 }, rewardedByMember([0.4, 0.9, 0.1, 0.3]));
    expect(learned()[0]).to.have.members([0, 1, 4, 5, 8, 9].map((i) => answers[i]));
    expect(event?.metrics["rewards/kept"]).to.be.closeTo(0.65, 1e-12);
    await run({}, rewardedByMember([-0.1, -0.2]));
    expect(learned()).to.have.length(1);
    const [all] = await run({ keepPerGroup: 4 }, rewardedByMember([0.1, 0.2, 0.3, 0.4]));
    expect(all?.metrics.num_kept).to.equal(12);
  });

  it("learns nothing where nothing is good enough", async () => {
    const [event] = await run({ minReward: 0.6 }, textEnv(textEvaluator(() => 0.5)));
    expect(event?.metrics).to.include({ num_kept: 0, num_updates: 0 });
    expect(event?.metrics).not.to.have.any.keys("rewards/kept", "loss");
    expect(watched.steps).to.deep.equal([]);
  });

  it("goes on where it stopped", async () => {
    const events = await run({ steps: 3, completedSteps: 2, completedTokens: 70 });
    expect(events.map(({ step }) => step)).to.deep.equal([3]);
    expect(events[0]?.metrics.num_tokens).to.be.above(70);
  });

  it("needs the tokens of what the policy wrote", async () => {
    watched.alterSamples((completions) => completions.map(({ tokens, ...text }) => text));
    expect((await rejection(run())).message).to.match(/^Expert iteration needs token ids/);
  });

  it("refuses what it cannot train before anything starts", () => {
    const refuse = (changes: Partial<ExpertIterationOptions>, message: RegExp, env = textEnv()) =>
      expect(() => run(changes, env)).to.throw(UsageError, message);
    refuse({}, /^Expert iteration trains on episodes of one turn/, textEnv(textEvaluator(letters), 3));
    refuse({ epochs: 0 }, /^Expert iteration's epochs must be/);
    refuse({ keepPerGroup: 0 }, /from 1 to the groupSize of 4, but is 0/);
    refuse({ keepPerGroup: 5 }, /groupSize of 4, but is 5/);
    refuse({ keepPerGroup: 1.5 }, /but is 1\.5/);
    refuse({ minReward: Number.NaN }, /^minReward must be a finite number, but is NaN/);
  });
});
