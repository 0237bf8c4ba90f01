import { expect } from "chai";
import { lastValueFrom, take, toArray } from "rxjs";
import { groupAdvantages } from "../../agents/advantages.js";
import type { GrpoOptions } from "../../agents/grpo.js";
import { grpo, instructConversation, type Message, type TrainEvent } from "../../agents/index.js";
import type { Loss, RolloutSequence, StepOptions } from "../../agents/policy/engine/engine.js";
import { createLocalEngine } from "../../agents/policy/engine/local-engine.js";
import { createTransformerPolicy, type TransformerPolicy } from "../../agents/policy/transformer-policy.js";
import { learningRateAt } from "../../agents/schedule.js";
import { VectorWebGenEnv } from "../../env/index.js";
import { UsageError } from "../../infra/errors.js";
import { headingTasks } from "../support/headings.js";
import { rejection } from "../support/rejection.js";
import { textEvaluator } from "../support/text-evaluator.js";
import { fixture } from "./fixtures/trl.js";
import { smallCheckpoint } from "./policy/checkpoint/folders.js";
import { largestDifference } from "./policy/engine/tiny.js";

const { config, state, tokenizer } = smallCheckpoint(1, { maxPositions: 96 });

/** A reward with a slope everywhere: the share of an answer that is the letter e. */
const letters = (text: string) =>
  [...text].filter((letter) => letter === "e").length / Math.max(1, text.length);

const options = {
  seed: 3,
  steps: 2,
  tasksPerStep: 3,
  groupSize: 4,
  sampling: { maxTokens: 6 },
  learningRate: { peak: 1e-2 },
} satisfies Partial<GrpoOptions>;

interface Taken {
  readonly loss: Extract<Loss, { kind: "policyGradient" }>;
  readonly options: StepOptions;
}

describe("GRPO", function () {
  this.timeout(60_000);
  let policy: TransformerPolicy;
  let taken: Taken[];
  let shown: (readonly Message[])[];
  /** The policy, with a record of the steps it took and of what it was shown. */
  let watched: TransformerPolicy;

  before(async () => {
    const engine = await createLocalEngine({ config, seed: 1, state, backend: "wasm" });
    policy = createTransformerPolicy({ engine, tokenizer, name: "small", onTruncation: () => {} });
  });
  after(() => policy.close());
  beforeEach(async () => {
    await policy.engine.importState(state);
    taken = [];
    shown = [];
    watched = {
      ...policy,
      generate(conversations, sampling) {
        shown.push(...conversations);
        return policy.generate(conversations, sampling);
      },
      engine: {
        ...policy.engine,
        step(loss, stepOptions) {
          taken.push({ loss: loss as Taken["loss"], options: stepOptions });
          return policy.engine.step(loss, stepOptions);
        },
      },
    };
  });

  const open = (evaluator = textEvaluator(letters), maxTurns = 1) =>
    new VectorWebGenEnv({ id: "test/Headings-v0", tasks: headingTasks, evaluator, maxTurns });
  const run = (changes: Partial<GrpoOptions> = {}, env = open()): Promise<TrainEvent[]> =>
    lastValueFrom(grpo.train(env, { ...options, policy: watched, ...changes }).pipe(toArray()));
  const curve = (events: readonly TrainEvent[]) =>
    events.map(({ step, metrics }) => [
      step,
      Object.fromEntries(Object.entries(metrics).filter(([name]) => !/time/.test(name))),
    ]);

  it("makes what is rewarded likelier", async () => {
    const events = await run({ steps: 20, groupSize: 8, beta: 0 });
    const rewards = events.map(({ metrics }) => metrics.reward as number);
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    expect(mean(rewards.slice(-3))).to.be.above(3 * mean(rewards.slice(0, 3)));
  });

  it("draws different tasks from the first that was not demonstrated on, and a group for each", async () => {
    const evaluator = textEvaluator(letters);
    await run({ steps: 6, firstTask: 95, tasksPerStep: 4 }, open(evaluator));
    const ids = evaluator.evaluated.map(({ taskId }) => taskId);
    expect(new Set(ids)).to.deep.equal(new Set([95, 96, 97, 98, 99].map((n) => `train/${n}`)));
    for (let at = 0; at < ids.length; at += 16) {
      const counts = new Map<string, number>();
      for (const id of ids.slice(at, at + 16)) counts.set(id, (counts.get(id) ?? 0) + 1);
      expect([...counts.values()]).to.deep.equal([4, 4, 4, 4]);
    }
  });

  it("says so when there are too few tasks", async () => {
    const error = await rejection(run({ firstTask: 98 }));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(
      /draws 3 tasks a step, but test\/Headings-v0 has 2 train tasks from index 98/,
    );
  });

  it("takes the last tasks there are", async () => {
    expect(await run({ firstTask: 97 })).to.have.length(2);
  });

  it("logs every metric that TRL logs", async () => {
    const started = performance.now();
    const [event] = await run({ steps: 1 });
    const elapsed = (performance.now() - started) / 1000;
    expect(grpo.name).to.equal("grpo");
    for (const name of ["step_time", "time/rollout_seconds", "time/train_seconds"])
      expect(event?.metrics[name], name).to.be.above(0).and.below(elapsed);
    const names = [
      ...Object.keys(fixture.rolloutMetrics).filter((name) => !name.startsWith("rewards/")),
      ...fixture.policyGradient.flatMap(({ metrics }) => Object.keys(metrics)),
      ...["rewards/text/mean", "rewards/text/std", "step_time", "loss", "grad_norm", "learning_rate"],
    ];
    expect(event?.metrics).to.include.all.keys(...names);
    expect(Object.values(event?.metrics ?? {}).every(Number.isFinite)).to.equal(true);
    expect(event?.metrics.step_time).to.be.at.least(event?.metrics["time/train_seconds"] as number);
  });

  it("learns from every answer, with the advantages of its group", async () => {
    const rewards = new Map<string, number[]>();
    const evaluator = textEvaluator((text, { id }) => {
      // The second task that is seen rewards all answers alike.
      const mine = rewards.get(id) ?? [];
      rewards.set(id, mine);
      const reward = [...rewards.keys()].indexOf(id) === 1 ? 0.5 : mine.length / 4 + letters(text);
      mine.push(reward);
      return reward;
    });
    const [event] = await run({ steps: 1 }, open(evaluator));
    const [{ loss }] = taken as [Taken];
    expect(loss.sequences).to.have.length(12);
    const groups = [...rewards].flatMap(([id, mine]) => mine.map(() => id));
    const expected = groupAdvantages([...rewards.values()].flat(), groups).advantages;
    const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
    expect(sorted(loss.sequences.map(({ advantage }) => advantage))).to.deep.equal(sorted(expected));
    expect(expected.filter((advantage) => advantage === 0)).to.have.length(4);
    expect(event?.metrics.frac_reward_zero_std).to.be.closeTo(1 / 3, 1e-12);
  });

  it("gives the engine the log-probabilities of sampling and of the reference", async () => {
    await run({ steps: 1 });
    const [{ loss }] = taken as [Taken];
    await policy.engine.importState(state);
    const measured = await policy.engine.logProbs(loss.sequences);
    loss.sequences.forEach(({ oldLogProbs, referenceLogProbs }, i) => {
      expect(largestDifference(oldLogProbs, measured[i] as Float32Array)).to.be.below(1e-4);
      expect(largestDifference(referenceLogProbs ?? [], measured[i] as Float32Array)).to.be.below(1e-5);
    });
  });

  it("passes over each batch as often and in as many parts as it is told", async () => {
    await run({ steps: 1, epochs: 2, updatesPerEpoch: 3, scaleRewards: "none" });
    expect(taken.map(({ loss }) => loss.sequences.length)).to.deep.equal([4, 4, 4, 4, 4, 4]);
    const keys = (steps: readonly Taken[]) =>
      steps.flatMap(({ loss }) => loss.sequences.map(({ prompt, completion }) => `${prompt}|${completion}`));
    expect(keys(taken.slice(0, 3))).to.have.members(keys(taken.slice(3)));
    expect(keys(taken.slice(0, 3))).not.to.deep.equal(keys(taken.slice(3)));
  });

  it("hands clipping, coefficients, schedule and optimiser settings to the engine", async () => {
    const learningRate = { peak: 1e-3, warmup: 1, floor: 0.5 };
    const optimizer = { weightDecay: 0.3, betas: [0.8, 0.9] as const };
    const objective = { epsilon: 0.1, epsilonHigh: 0.3, beta: 0.2, entropyCoef: 0.05 };
    const events = await run({ steps: 3, learningRate, optimizer, ...objective });
    const rates = [1, 2, 3].map((step) => learningRateAt(learningRate, step, 3));
    expect(taken.map((step) => step.options)).to.deep.equal(
      rates.map((rate) => ({ ...optimizer, learningRate: rate })),
    );
    expect(events.map(({ metrics }) => metrics.learning_rate)).to.deep.equal(rates);
    for (const { loss } of taken) expect(loss).to.include({ kind: "policyGradient", ...objective });
    taken = [];
    await run({ steps: 1 });
    const [{ loss }] = taken as [Taken];
    expect(loss).to.include({ lossType: "dapo", epsilon: 0.2, epsilonHigh: 0.28, beta: 0.01 });
  });

  it("shows the policy what the conversation makes of an observation", async () => {
    await run({ steps: 1 });
    expect(shown.every((messages) => messages.length === 1)).to.equal(true);
    shown = [];
    await run({ steps: 1, conversation: instructConversation });
    expect(shown.map((messages) => messages.map(({ role }) => role).join())).to.deep.equal(
      Array(12).fill("system,user"),
    );
  });

  describe("holds the policy to a reference", () => {
    it("which is the policy as it began, whatever was kept before", async () => {
      await policy.engine.step(
        { kind: "crossEntropy", sequences: [policy.encodeExample([{ role: "user", content: "x" }], "y")] },
        { learningRate: 0.1 },
      );
      await policy.engine.keepReference();
      await policy.engine.importState(state);
      const events = await run({ steps: 3 });
      expect(events[0]?.metrics.kl).to.be.closeTo(0, 1e-6);
      expect(events[2]?.metrics.kl).to.be.above(1e-5);
      const sequences = (taken[0] as Taken).loss.sequences as readonly RolloutSequence[];
      const kept = await policy.engine.logProbs(sequences, "reference");
      await policy.engine.importState(state);
      expect(await policy.engine.logProbs(sequences)).to.deep.equal(kept);
    });

    it("or any that it is given", async () => {
      const other = smallCheckpoint(2, { maxPositions: 96 }).state.weights;
      const [event] = await run({ steps: 1, reference: other });
      expect(event?.metrics.kl).to.be.above(0.01);
    });

    it("and goes on with the same one after a stop, digit for digit", async () => {
      const whole = await run({ steps: 4 });
      await policy.engine.importState(state);
      const first = await run({ steps: 4, afterStep: async () => {} }).then((events) => events.slice(0, 2));
      expect(curve(first)).to.deep.equal(curve(whole.slice(0, 2)));
      await policy.engine.importState(state);
      let kept = await policy.engine.exportState();
      await lastValueFrom(
        grpo
          .train(open(), {
            ...{ ...options, policy: watched, steps: 4 },
            afterStep: async ({ step }) => {
              if (step === 2) kept = await policy.engine.exportState();
            },
          })
          .pipe(take(2), toArray()),
      );
      await policy.engine.keepReference(kept.weights);
      await policy.engine.importState(kept);
      const tokens = whole[1]?.metrics.num_tokens as number;
      const rest = await run({
        ...{ steps: 4, completedSteps: 2, completedTokens: tokens },
        reference: state.weights,
      });
      expect(curve(rest)).to.deep.equal(curve(whole.slice(2)));
    });

    it("and does not go on without knowing it", async () => {
      const resume = () => grpo.train(open(), { ...options, policy: watched, completedSteps: 1 });
      expect(resume).to.throw(
        UsageError,
        /GRPO cannot go on after step 1 without the weights of its reference/,
      );
      const events = await run({ completedSteps: 1, beta: 0 });
      expect(events.map(({ step }) => step)).to.deep.equal([2]);
    });

    it("unless the KL term weighs nothing", async () => {
      let references = 0;
      watched = {
        ...watched,
        engine: { ...watched.engine, keepReference: async () => void references++ },
      };
      const [event] = await run({ steps: 1, beta: 0 });
      expect(references).to.equal(0);
      expect(event?.metrics).not.to.have.property("kl");
      expect((taken[0] as Taken).loss.sequences[0]).not.to.have.property("referenceLogProbs");
    });
  });

  it("counts tokens over all steps, prompts included", async () => {
    const events = await run({ steps: 2, completedTokens: 50 });
    const perStep = [0, 1].map((i) =>
      (taken[i] as Taken).loss.sequences.reduce(
        (sum, { prompt, completion }) => sum + prompt.length + completion.length,
        0,
      ),
    ) as [number, number];
    expect(events.map(({ metrics }) => metrics.num_tokens)).to.deep.equal([
      50 + perStep[0],
      50 + perStep[0] + perStep[1],
    ]);
  });

  it("repeats itself for the same seed and differs for another", async () => {
    const first = curve(await run());
    await policy.engine.importState(state);
    expect(curve(await run())).to.deep.equal(first);
    await policy.engine.importState(state);
    expect(curve(await run({ seed: 4 }))).not.to.deep.equal(first);
  });

  it("runs the hook before the event of each step, and stops when nobody listens", async () => {
    const order: string[] = [];
    const afterStep = async ({ step }: TrainEvent) => void order.push(`hook ${step}`);
    const events = grpo.train(open(), { ...options, policy: watched, steps: 5, afterStep });
    expect(order).to.deep.equal([]);
    await new Promise<void>((resolve) => {
      const subscription = events.subscribe(({ step }) => {
        order.push(`event ${step}`);
        if (step < 2) return;
        subscription.unsubscribe();
        resolve();
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(order).to.deep.equal(["hook 1", "event 1", "hook 2", "event 2"]);
    expect(taken).to.have.length(2);
  });

  it("fails once when scoring fails while the next chunk is generated", async () => {
    const evaluator = textEvaluator(() => Promise.reject(new Error("The scorer broke.")));
    const error = await rejection(run({ tasksPerChunk: 1 }, open(evaluator)));
    expect(error.message).to.equal("The scorer broke.");
  });

  it("samples each chunk from a seed of its own", async () => {
    const seeds: number[] = [];
    watched = {
      ...watched,
      generate(conversations, sampling) {
        seeds.push(sampling.seed);
        return policy.generate(conversations, sampling);
      },
    };
    await run({ tasksPerChunk: 1 });
    expect(new Set(seeds).size).to.equal(6);
    expect(seeds).to.have.length(6);
  });

  it("leaves an answer without a reward out of the baseline", async () => {
    let answers = 0;
    const evaluator = textEvaluator((text) => (answers++ % 4 === 0 ? null : letters(text)));
    const [event] = await run({ steps: 1 }, open(evaluator));
    expect(event?.metrics["completions/unscored_ratio"]).to.equal(0.25);
    expect((taken[0] as Taken).loss.sequences).to.have.length(12);
  });

  it("needs the tokens of what the policy wrote", async () => {
    const opaque: TransformerPolicy = {
      ...watched,
      generate: async (conversations) =>
        conversations.map(() => ({ text: "<p>x</p>", tokenCount: 1, finishReason: "stop" as const })),
    };
    expect((await rejection(run({ policy: opaque }))).message).to.match(/policy small returned text alone/);
  });

  it("refuses what it cannot train before anything starts", () => {
    const refuse = (changes: object, message: RegExp, env = open()) =>
      expect(() => grpo.train(env, { ...options, policy: watched, ...changes })).to.throw(
        UsageError,
        message,
      );
    refuse(
      {},
      /episodes of one turn, but those of test\/Headings-v0 have up to 3/,
      open(textEvaluator(letters), 3),
    );
    refuse({ groupSize: 1 }, /groupSize must be a whole number of at least 2, but is 1/);
    refuse({ scaleRewards: "sum" }, /scaleRewards is group, batch, none, but "sum" came/);
    refuse({ steps: -3 }, /steps must be a whole number of at least 0, but is -3/);
    refuse({ steps: Number.POSITIVE_INFINITY }, /steps must be a whole number/);
    refuse({ completedSteps: 0.5 }, /completedSteps must be/);
    refuse({ tasksPerStep: 0 }, /tasksPerStep must be a whole number of at least 1, but is 0/);
    refuse({ tasksPerChunk: 0 }, /tasksPerChunk must be/);
    refuse({ firstTask: -1 }, /firstTask must be a whole number of at least 0, but is -1/);
    refuse({ epochs: 0 }, /epochs must be/);
    refuse({ updatesPerEpoch: 1.5 }, /updatesPerEpoch must be/);
    expect(taken).to.deep.equal([]);
  });
});
