import { expect } from "chai";
import { lastValueFrom, toArray } from "rxjs";
import { groupAdvantages } from "../../agents/advantages.js";
import { type GrpoOptions, grpo } from "../../agents/grpo.js";
import { checkAlgorithm, type PolicyAlgorithm } from "../../agents/grpo-options.js";
import type { TrainEvent } from "../../agents/index.js";
import type { PolicyGradientLoss } from "../../agents/policy/engine/engine.js";
import { UsageError } from "../../infra/errors.js";
import { rejection } from "../support/rejection.js";
import { textEvaluator } from "../support/text-evaluator.js";
import { smallCheckpoint } from "./policy/checkpoint/folders.js";
import { largestDifference } from "./policy/engine/tiny.js";
import { letters, textEnv, watchedPolicy } from "./watched-policy.js";

describe("GRPO's options", function () {
  this.timeout(60_000);
  const watched = watchedPolicy();
  const run = (changes: Partial<GrpoOptions> = {}, env = textEnv()): Promise<TrainEvent[]> =>
    lastValueFrom(
      grpo
        .train(env, {
          ...{ seed: 3, steps: 1, tasksPerStep: 3, groupSize: 4, beta: 0 },
          ...{ sampling: { maxTokens: 6 }, learningRate: { peak: 1e-2 } },
          policy: watched.policy(),
          ...changes,
        })
        .pipe(toArray()),
    );
  const losses = () => watched.steps.map(({ loss }) => loss as PolicyGradientLoss);
  /** Rewards of groups of four, the answers of a group numbered as they come. */
  const numbered = (rewardOf: (group: number, member: number) => number | null) => {
    let answers = 0;
    return textEvaluator(() => {
      const reward = rewardOf(Math.floor(answers / 4), answers % 4);
      answers++;
      return reward;
    });
  };
  /** Cuts answers to 3, 4, 5, 6, 3, ... tokens. */
  const ofManyLengths = () =>
    watched.alterSamples((completions) =>
      completions.map((one, i) => {
        const { prompt, completion, logProbs } = one.tokens!;
        const length = 3 + (i % 4);
        const tokens = {
          prompt,
          completion: completion.slice(0, length),
          logProbs: logProbs.slice(0, length),
        };
        return { ...one, tokenCount: length, tokens };
      }),
    );
  const tokensOf = (losses: readonly PolicyGradientLoss[]) =>
    losses.reduce(
      (sum, { sequences }) => sum + sequences.reduce((n, { completion }) => n + completion.length, 0),
      0,
    );

  it("reach the engine under their names", async () => {
    const objective: PolicyAlgorithm = {
      ...{ lossType: "gspo", aggregation: "token-mean", importanceSamplingLevel: "token", epsilon: 0.1 },
      ...{
        epsilonHigh: 0.4,
        delta: 2,
        beta: 0.3,
        klEstimator: "k2",
        useBiasCorrectionKl: true,
        entropyCoef: 0.1,
      },
    };
    await run(objective);
    expect(losses()[0]).to.include({ kind: "policyGradient", ...objective, maxCompletionLength: 6 });
  });

  it("bound cispo's weights by 5 when nothing is said", async () => {
    await run({ lossType: "cispo" });
    expect(losses()[0]).to.include({ lossType: "cispo", epsilonHigh: 5 });
  });

  it("take dapo's mean over the tokens of the batch, and that of the others over those of an update", async () => {
    await run({ updatesPerEpoch: 3, epochs: 2 });
    expect(losses()).to.have.length(6);
    const tokens = tokensOf(losses()) / 6;
    for (const { counts } of losses()) expect(counts).to.deep.equal({ sequences: 4, tokens });
    watched.steps.length = 0;
    await run({ updatesPerEpoch: 3, lossType: "bnpo" });
    for (const { counts } of losses()) expect(counts).to.deep.equal({ sequences: 4 });
    watched.steps.length = 0;
    // Twelve answers in five updates are four of three.
    await run({ updatesPerEpoch: 5 });
    expect(losses().map(({ counts }) => counts?.tokens)).to.deep.equal(Array(4).fill(tokensOf(losses()) / 4));
  });

  describe("leave answers out that were cut off", () => {
    const cutOff = (cut: (i: number) => boolean) =>
      watched.alterSamples((completions) =>
        completions.map((one, i) => ({ ...one, finishReason: cut(i) ? "length" : "stop" })),
      );

    it("which still count in means over answers", async () => {
      cutOff((i) => i % 3 === 0);
      await run({ maskTruncatedCompletions: true, lossType: "grpo" });
      const [loss] = losses();
      expect(loss?.sequences).to.have.length(8);
      expect(loss?.counts).to.deep.equal({ sequences: 12 });
      for (const sequence of loss?.sequences ?? []) expect(sequence).not.to.have.property("masked");
      watched.steps.length = 0;
      await run({ maskTruncatedCompletions: true });
      expect(losses()[0]?.counts).to.deep.equal({ sequences: 12, tokens: tokensOf(losses()) });
    });

    it("unless nothing is left, or nobody asked for it", async () => {
      cutOff(() => true);
      const [event] = await run({ maskTruncatedCompletions: true });
      expect(losses()).to.deep.equal([]);
      expect(event?.metrics).to.include({ num_updates: 0, num_trained_tokens: 0 });
      await run();
      expect(losses()[0]?.sequences).to.have.length(12);
    });
  });

  it("penalise answers that come close to the limit", async () => {
    ofManyLengths();
    const [event] = await run(
      { softOverlongPenalty: { cache: 4, factor: 0.5 }, scaleRewards: "none" },
      textEnv(textEvaluator(() => 0.25)),
    );
    const sequences = losses()[0]?.sequences ?? [];
    const penalty = (length: number) => -0.5 * Math.max(0, (length - 2) / 4);
    const prompts = [...new Set(sequences.map(({ prompt }) => prompt.join()))];
    expect(prompts).to.have.length(3);
    for (const group of prompts) {
      const own = sequences.filter(({ prompt }) => prompt.join() === group);
      const mean = own.reduce((sum, { completion }) => sum + penalty(completion.length), 0) / own.length;
      for (const { advantage, completion } of own)
        expect(advantage).to.be.closeTo(penalty(completion.length) - mean, 1e-9);
    }
    const all = sequences.map(({ completion }) => penalty(completion.length));
    expect(event?.metrics["rewards/overlong/mean"]).to.be.closeTo(all.reduce((a, b) => a + b, 0) / 12, 1e-9);
    expect(event?.metrics.reward).to.equal(0.25);
    expect(Math.min(...all)).to.be.below(Math.max(...all));
  });

  it("take the KL term from the reward", async () => {
    const { weights } = smallCheckpoint(2, { maxPositions: 96 }).state;
    const [event] = await run(
      { beta: 0.5, klIn: "reward", klEstimator: "k1", scaleRewards: "none", reference: weights },
      textEnv(textEvaluator(() => 0.25)),
    );
    const [loss] = losses();
    expect(loss?.beta).to.equal(0);
    expect(watched.references).to.deep.equal([weights]);
    const sequences = loss?.sequences ?? [];
    const references = await watched.engine().logProbs(sequences, "reference");
    const penalties = sequences.map(({ oldLogProbs }, i) =>
      oldLogProbs.reduce((sum, own, t) => sum + 0.5 * (own - (references[i]?.[t] as number)), 0),
    );
    const { advantages } = groupAdvantages(
      penalties.map((penalty) => -penalty),
      sequences.map(({ prompt }) => prompt.join()),
      "none",
    );
    sequences.forEach(({ advantage, referenceLogProbs }, i) => {
      expect(advantage).to.be.closeTo(advantages[i] as number, 1e-4);
      expect(referenceLogProbs).to.equal(undefined);
    });
    expect(event?.metrics.kl_penalty).to.be.closeTo(penalties.reduce((a, b) => a + b, 0) / 12 / 0.5, 1e-4);
    expect(event?.metrics).not.to.have.property("kl");
  });

  it("weigh answers of another sampler", async () => {
    const shift = (t: number) => 0.1 * (t % 3);
    watched.alterSamples((completions) =>
      completions.map((one) => {
        const { tokens } = one as Required<typeof one>;
        return {
          ...one,
          tokens: { ...tokens, logProbs: tokens.logProbs.map((value, t) => value - shift(t)) },
        };
      }),
    );
    const [event] = await run({ importanceSampling: { mode: "token_truncate", clipMax: 2 } });
    const sequences = losses()[0]?.sequences ?? [];
    expect(sequences).to.have.length(12);
    const expected = sequences.map(({ completion }) => Array.from(completion, (_, t) => Math.exp(shift(t))));
    sequences.forEach(({ importanceWeights = [] }, i) => {
      expect(largestDifference(importanceWeights, expected[i]!)).to.be.below(1e-3);
    });
    await watched.engine().importState(smallCheckpoint(1, { maxPositions: 96 }).state);
    const learner = await watched.engine().logProbs(sequences);
    sequences.forEach(({ oldLogProbs }, i) => {
      expect(largestDifference(oldLogProbs, learner[i]!)).to.be.below(1e-5);
    });
    const all = expected.flat();
    const told = { min: 1, mean: all.reduce((x, y) => x + y, 0) / all.length, max: Math.exp(0.2) };
    for (const [name, value] of Object.entries(told))
      expect(event?.metrics[`sampling/importance_sampling_ratio/${name}`], name).to.be.closeTo(value, 1e-3);
    watched.steps.length = 0;
    const [other] = await run();
    expect(losses()[0]?.sequences[0]).not.to.have.property("importanceWeights");
    expect(Object.keys(other?.metrics ?? {}).join()).not.to.match(/sampling\/|kl_penalty|overlong/);
  });

  it("tell a KL penalty only where there is one", async () => {
    const [none] = await run({ klIn: "reward" });
    const [inLoss] = await run({ beta: 0.1 });
    expect(none?.metrics).not.to.have.property("kl_penalty");
    expect(inLoss?.metrics).not.to.have.property("kl_penalty");
    expect(inLoss?.metrics).to.have.property("kl");
  });

  describe("sample on", () => {
    const dynamic = { dynamicSampling: { maxBatches: 4 } };

    it("until there are groups enough whose rewards differ", async () => {
      // Groups 0 to 2 are the first batch: one differs, one has equal rewards, of one only one answer was measured.
      const [event] = await run(
        dynamic,
        textEnv(
          numbered((group, member) => {
            if (group === 1) return 0.5;
            if (group === 2) return member === 0 ? 0.7 : null;
            return (group + 1) * (member === 0 ? 0.2 : 0.1);
          }),
        ),
      );
      expect(event?.metrics).to.include({ num_gen_batches: 2, num_completions: 24, frac_reward_zero_std: 0 });
      const sequences = losses()[0]?.sequences ?? [];
      expect(sequences).to.have.length(12);
      expect(sequences.filter(({ advantage }) => advantage === 0)).to.deep.equal([]);
    });

    it("at most so often, and learn from what there is", async () => {
      const [event] = await run(
        { dynamicSampling: { maxBatches: 2 } },
        textEnv(numbered((group, member) => (group === 4 ? member / 4 : 0.5))),
      );
      expect(event?.metrics.num_gen_batches).to.equal(2);
      expect(losses()[0]?.sequences).to.have.length(4);
    });

    it("and take the last batch when no group differs", async () => {
      const [event] = await run(dynamic, textEnv(textEvaluator(() => 0.5)));
      expect(event?.metrics).to.include({ num_gen_batches: 4, num_completions: 48, frac_reward_zero_std: 1 });
      expect(losses()[0]?.sequences).to.have.length(12);
    });

    it("from the batch that there would have been, to other tasks", async () => {
      const seen = async (changes: Partial<GrpoOptions>) => {
        const evaluator = textEvaluator(() => 0.5);
        await run(changes, textEnv(evaluator));
        return evaluator.evaluated.map(({ taskId }) => taskId);
      };
      const [plain, sampled] = [await seen({}), await seen({ dynamicSampling: { maxBatches: 2 } })];
      expect(sampled.slice(0, 12)).to.deep.equal(plain);
      expect(sampled.slice(12)).to.have.length(12).and.not.deep.equal(plain);
    });

    it("only when they are told to, and not beyond a batch that is enough", async () => {
      const [event] = await run({}, textEnv(textEvaluator(() => 0.5)));
      expect(event?.metrics).not.to.have.property("num_gen_batches");
      const [enough] = await run(dynamic, textEnv(numbered((_, member) => member / 4)));
      expect(enough?.metrics).to.include({ num_gen_batches: 1, num_completions: 12 });
    });
  });

  describe("weigh parts of the reward", () => {
    const evaluator = () => textEvaluator(letters, (text) => ({ size: text.length, gone: null }));

    it("in place of its total", async () => {
      await run({ rewardWeights: { size: -1 }, scaleRewards: "none" }, textEnv(evaluator()));
      const sequences = losses()[0]?.sequences ?? [];
      const pieces = new Set(sequences.map(({ advantage }) => (advantage * 4) % 1));
      expect([...pieces].map(Math.abs)).to.deep.equal([0]);
      expect(sequences.some(({ advantage }) => advantage !== 0)).to.equal(true);
    });

    it("after each was normalised, the overlong penalty among them", async () => {
      const normalized = {
        multiObjectiveAggregation: "normalize_then_sum",
        rewardWeights: { text: 1 },
      } as const;
      ofManyLengths();
      await run({ ...normalized, softOverlongPenalty: { cache: 6 } }, textEnv(textEvaluator(() => 0.5)));
      const sequences = losses()[0]?.sequences ?? [];
      const spread = sequences.map(({ advantage }) => advantage);
      expect(spread.reduce((a, b) => a + b, 0)).to.be.closeTo(0, 1e-6);
      const lengths = sequences.map(({ completion }) => completion.length);
      expect(new Set(lengths).size).to.be.above(1);
      expect(spread[lengths.indexOf(Math.max(...lengths))]).to.be.below(0);
    });

    it("of those that were measured, however long the others are", async () => {
      ofManyLengths();
      let answers = 0;
      const evaluator = textEvaluator(() => (answers++ % 4 === 3 ? null : 0.5));
      for (const weighted of [{ rewardWeights: { text: 1 } }, {}]) {
        watched.steps.length = 0;
        const options = { ...weighted, softOverlongPenalty: { cache: 6 }, scaleRewards: "none" } as const;
        const [event] = await run(options, textEnv(evaluator));
        // Of 3, 4 and 5 tokens; those of 6 have no score.
        const found = (losses()[0]?.sequences ?? []).map(
          ({ advantage }) => Math.round(advantage * 1e6) / 1e6,
        );
        const third = [0.166667, 0, -0.166667, 0];
        expect(found.sort()).to.deep.equal([...third, ...third, ...third].sort());
        expect(event?.metrics["rewards/overlong/mean"]).to.be.closeTo(-2 / 3, 1e-9);
      }
    });

    it("and say which there are when one is not", async () => {
      const error = await rejection(run({ rewardWeights: { sise: 1 } }, textEnv(evaluator())));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.equal(
        'rewardWeights names the part "sise", but the reward has text, size, gone.',
      );
    });
  });

  it("compare an answer with the others of its group", async () => {
    await run(
      { advantageEstimator: "rloo", scaleRewards: "none" },
      textEnv(numbered((_, member) => (member === 0 ? 0.9 : 0.3))),
    );
    const found = (losses()[0]?.sequences ?? []).map(({ advantage }) => Math.round(advantage * 1e6) / 1e6);
    expect(found.sort((a, b) => a - b)).to.deep.equal([...Array(9).fill(-0.2), ...Array(3).fill(0.6)]);
  });

  const refused: [PolicyAlgorithm, RegExp][] = [
    [{ scaleRewards: "sum" as "none" }, /^scaleRewards is group, batch, none, but "sum" came\.$/],
    [{ advantageEstimator: "gae" as "grpo" }, /^advantageEstimator is grpo, rloo, but "gae" came/],
    [{ multiObjectiveAggregation: "sum" as "sum_then_normalize" }, /^multiObjectiveAggregation is sum_then/],
    [{ klIn: "both" as "loss" }, /^klIn is loss, reward, but "both" came/],
    [{ importanceSampling: { mode: "mask" as "token_mask" } }, /^importanceSampling\.mode is token_truncate/],
    [{ epsilon: -1 }, /^epsilon must be a number of at least 0/],
    [
      { lossType: "cispo", epsilonHigh: 0.28 },
      /bounds the ratio itself and should be at least 1 .* is 0\.28/,
    ],
    [{ advantageEstimator: "rloo" }, /with advantageEstimator rloo, scaleRewards is none or batch/],
    [{ multiObjectiveAggregation: "normalize_then_sum" }, /name them in rewardWeights/],
    [
      { multiObjectiveAggregation: "normalize_then_sum", rewardWeights: { a: 1 }, klIn: "reward" },
      /goes with advantageEstimator grpo and klIn loss, but they are grpo and reward/,
    ],
    [
      {
        ...{ multiObjectiveAggregation: "normalize_then_sum", rewardWeights: { a: 1 } },
        ...{ advantageEstimator: "rloo", scaleRewards: "none" },
      },
      /but they are rloo and loss/,
    ],
    [{ rewardWeights: { a: Number.NaN } }, /^rewardWeights\.a must be a finite number, but is NaN/],
    [{ importanceSampling: { mode: "token_mask", clipMin: -1 } }, /but they are -1 and 3/],
    [{ importanceSampling: { mode: "token_mask", clipMin: 3 } }, /but they are 3 and 3/],
    [{ importanceSampling: { mode: "token_mask", clipMax: 0 } }, /but they are 0 and 0/],
    [{ softOverlongPenalty: { cache: 0 } }, /cache of 1 to sampling\.maxTokens = 8 .*, but they are 0 and 1/],
    [{ softOverlongPenalty: { cache: 9 } }, /but they are 9 and 1/],
    [{ softOverlongPenalty: { cache: 2, factor: -1 } }, /but they are 2 and -1/],
    [{ dynamicSampling: { maxBatches: 0 } }, /^dynamicSampling\.maxBatches must be .*, but is 0/],
    [{ dynamicSampling: { maxBatches: 1.5 } }, /but is 1\.5/],
  ];
  for (const [algorithm, sentence] of refused)
    it(`cannot be ${JSON.stringify(algorithm)}`, () => {
      expect(() => checkAlgorithm(algorithm, 8)).to.throw(UsageError, sentence);
      const untouched = () => run({ ...algorithm, sampling: { maxTokens: 8 } });
      expect(untouched).to.throw(UsageError, sentence);
      expect(watched.steps).to.deep.equal([]);
    });

  it("can be anything else", () => {
    const fine: PolicyAlgorithm[] = [
      {},
      { lossType: "cispo", epsilonHigh: 1 },
      { lossType: "cispo" },
      { lossType: "dr_grpo" },
      { advantageEstimator: "rloo", scaleRewards: "batch" },
      { multiObjectiveAggregation: "normalize_then_sum", rewardWeights: { a: 1, b: -0.5 } },
      { importanceSampling: { mode: "sequence_mask", clipMin: 0, clipMax: 0.1 } },
      { softOverlongPenalty: { cache: 8, factor: 0 } },
      { dynamicSampling: { maxBatches: 1 } },
    ];
    for (const algorithm of fine) expect(() => checkAlgorithm(algorithm, 8)).not.to.throw();
    expect(() => checkAlgorithm({ softOverlongPenalty: { cache: 8 } })).to.throw(UsageError);
    expect(() => checkAlgorithm({ lossType: "dr_grpo" })).to.throw(UsageError, /maxCompletionLength/);
  });
});
