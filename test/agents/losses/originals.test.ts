import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { importanceWeights } from "../../../agents/losses/importance.js";
import type { PolicyObjective } from "../../../agents/losses/objective.js";
import { onBackend } from "../../../agents/policy/backend/active.js";
import { chooseBackend } from "../../../agents/policy/backend/choose.js";
import { checkStep } from "../../../agents/policy/engine/checks.js";
import type { Loss, RolloutSequence } from "../../../agents/policy/engine/engine.js";
import { addSums, emptySums, stepMetrics, withSequences } from "../../../agents/policy/engine/loss-sums.js";
import { lossTerms } from "../../../agents/policy/engine/losses.js";
import { sequencesOf } from "../../../agents/policy/engine/shards.js";
import { fixture } from "../fixtures/trl.js";
import { largestDifference } from "../policy/engine/tiny.js";
import { type Outcome, originals, type TrlOptions, type VerlOptions } from "./originals.js";

const TOLERANCE = 1e-5;
const { logProbs, oldLogProbs, referenceLogProbs, samplerLogProbs, entropies, advantages } = originals;

/** Completion `i` as a policy gradient sees it. */
const rollout = (i: number, weights?: readonly number[]): RolloutSequence => ({
  prompt: Int32Array.of(1),
  completion: new Int32Array(oldLogProbs[i]!.length),
  advantage: advantages[i] as number,
  oldLogProbs: Float32Array.from(oldLogProbs[i]!),
  referenceLogProbs: Float32Array.from(referenceLogProbs[i]!),
  ...(weights ? { importanceWeights: Float32Array.from(weights) } : {}),
});

/** The loss of some completions with its gradients, one row a completion, and what a step reports. */
function measure(loss: Loss, indices: readonly number[]) {
  const step = checkStep(loss, { learningRate: 0 }, { ...fixture.model.config, maxPositions: 99 });
  const row = (rows: readonly (readonly number[])[]) => tf.tensor1d(indices.flatMap((i) => rows[i]!));
  const sums = emptySums();
  const columns: Record<string, Float32Array> = {};
  const { value, grads } = tf.valueAndGrads((given, entropy) => {
    const terms = lossTerms(loss, given as tf.Tensor1D, entropy as tf.Tensor1D, step);
    for (const [name, tensor] of Object.entries(terms.columns))
      columns[name] = tensor.dataSync().slice() as Float32Array;
    // Every input is to have a gradient, so that one which has none in the loss is told from one that is forgotten.
    return tf.add(terms.loss, tf.mul(tf.sum(tf.add(given, entropy)), 0)) as tf.Scalar;
  })([row(logProbs), row(entropies)]);
  addSums(sums, sequencesOf(loss), value.dataSync()[0] as number, columns);
  const metrics = stepMetrics(loss, sums, withSequences({}, sequencesOf(loss), columns), 1);
  const [gradient, entropyGradient] = grads.map((tensor) => {
    const flat = [...tensor.dataSync()];
    return new Map(indices.map((i) => [i, flat.splice(0, oldLogProbs[i]!.length)]));
  });
  return {
    loss: value.dataSync()[0] as number,
    gradient: gradient!,
    entropyGradient: entropyGradient!,
    metrics,
  };
}

/** Measures on wasm, without leaving a tensor behind. */
const measured = (loss: Loss, indices: readonly number[]) =>
  onBackend("wasm", async () => tf.tidy(() => measure(loss, indices) as never)) as unknown as Promise<
    ReturnType<typeof measure>
  >;

/** Holds value and gradient of a loss to those of an original. What an original leaves out has the gradient 0 there. */
function expectOutcome(mine: Awaited<ReturnType<typeof measured>>, theirs: Outcome): void {
  expect(Math.abs(mine.loss - theirs.loss), `loss ${mine.loss} beside ${theirs.loss}`).to.be.below(
    TOLERANCE * Math.max(1, Math.abs(theirs.loss)),
  );
  const zeros = theirs.gradient.map((row) => row.map(() => 0));
  for (const [what, rows, own] of [
    ["log-probability", theirs.gradient, mine.gradient],
    ["entropy", theirs.entropyGradient ?? zeros, mine.entropyGradient],
  ] as const)
    rows.forEach((row, i) => {
      const found = own.get(i) ?? row.map(() => 0);
      expect(largestDifference(found, row), `gradient of ${what}, completion ${i}`).to.be.below(TOLERANCE);
    });
}

const all = oldLogProbs.map((_, i) => i);
const named = (options: object) => JSON.stringify(options).replaceAll('"', "");

/** TRL's options as this program's. */
function fromTrl(given: TrlOptions): PolicyObjective {
  const { loss_type, epsilon, epsilon_high, delta, beta, entropy_coef } = given;
  return {
    ...{ lossType: loss_type, epsilon, epsilonHigh: epsilon_high },
    ...(delta === undefined ? {} : { delta }),
    ...(beta === undefined ? {} : { beta }),
    ...(entropy_coef === undefined ? {} : { entropyCoef: entropy_coef }),
    ...(given.use_bias_correction_kl ? { useBiasCorrectionKl: true } : {}),
    ...(given.importance_sampling_level ? { importanceSamplingLevel: given.importance_sampling_level } : {}),
    maxCompletionLength: given.max_completion_length ?? originals.maxCompletionLength,
  };
}

/** Names of metrics in TRL and here. */
const METRICS = {
  kl: "kl",
  entropy: "entropy",
  "clip_ratio/low_mean": "clipRatioLow",
  "clip_ratio/high_mean": "clipRatioHigh",
  "clip_ratio/low_min": "clipRatioLowMin",
  "clip_ratio/high_max": "clipRatioHighMax",
  cispo_clip_ratio: "cispoClipRatio",
  "rewards/chosen": "chosenReward",
  "rewards/rejected": "rejectedReward",
  "rewards/accuracies": "rewardAccuracy",
  "logps/chosen": "chosenLogProb",
  "logps/rejected": "rejectedLogProb",
} as const;

function expectMetrics(
  mine: Awaited<ReturnType<typeof measured>>["metrics"],
  theirs: Outcome["metrics"],
): void {
  for (const [name, ours] of Object.entries(METRICS))
    if (theirs[name] === undefined) expect(mine, ours).not.to.have.property(ours);
    else expect(mine[ours], name).to.be.closeTo(theirs[name], TOLERANCE);
}

describe("the losses beside TRL's GRPOTrainer", function () {
  this.timeout(30_000);
  before(() => chooseBackend({ prefer: "wasm" }));

  for (const theirs of originals.trl)
    it(named(theirs.options), async () => {
      const { options, kept, importanceWeights: weights } = theirs;
      const indices = kept ? all.filter((i) => kept[i]) : all;
      const { generation_tokens: tokens, updates = 1 } = options;
      const loss: Loss = {
        kind: "policyGradient",
        ...fromTrl(options),
        sequences: indices.map((i) => rollout(i, weights?.[i])),
        counts: { sequences: all.length, ...(tokens === undefined ? {} : { tokens: tokens / updates }) },
      };
      const mine = await measured(loss, indices);
      expectOutcome(mine, theirs);
      expectMetrics(mine.metrics, theirs.metrics);
    });

  it("needs no reference without a KL term", async () => {
    const sequences = all.map((i) => {
      const { referenceLogProbs: _, ...sequence } = rollout(i);
      return sequence;
    });
    const theirs = originals.trl.find(({ options: { loss_type, beta } }) => loss_type === "bnpo" && !beta)!;
    const { epsilon, epsilon_high: epsilonHigh } = theirs.options;
    const loss: Loss = { kind: "policyGradient", lossType: "bnpo", epsilon, epsilonHigh, sequences };
    expectOutcome(await measured(loss, all), theirs);
  });

  it("gspo is grpo with the ratio of sequences", async () => {
    const theirs = originals.trl.find(
      ({ options: { loss_type, importance_sampling_level, beta } }) =>
        loss_type === "grpo" && importance_sampling_level === "sequence" && beta === undefined,
    )!;
    const { epsilon, epsilon_high: epsilonHigh } = theirs.options;
    const sequences = all.map((i) => rollout(i));
    const loss: Loss = { kind: "policyGradient", lossType: "gspo", epsilon, epsilonHigh, sequences };
    const mine = await measured(loss, all);
    expectOutcome(mine, theirs);
    expect(theirs.metrics["clip_ratio/low_mean"]).to.be.above(0);
    expect(theirs.metrics["clip_ratio/high_mean"]).to.be.above(0);
  });

  for (const { options, importanceWeights: theirs } of originals.trl)
    if (options.correction && theirs)
      it(`weights of ${named(options.correction)} are TRL's`, () => {
        const { mode, clipMin, clipMax } = options.correction!;
        const mine = all.map((i) =>
          importanceWeights(
            { mode, clipMax, ...(clipMin === null ? {} : { clipMin }) },
            Float32Array.from(oldLogProbs[i]!),
            Float32Array.from(samplerLogProbs[i]!),
          ),
        );
        mine.forEach((row, i) => {
          expect(largestDifference(row, theirs[i]!), `completion ${i}`).to.be.below(TOLERANCE);
        });
      });
});

describe("the losses beside TRL's DPOTrainer", function () {
  this.timeout(30_000);
  before(() => chooseBackend({ prefer: "wasm" }));
  const { pairs, cases } = originals.preferences;
  const referred = (i: number) => ({
    prompt: Int32Array.of(1),
    completion: new Int32Array(oldLogProbs[i]!.length),
    referenceLogProbs: Float32Array.from(referenceLogProbs[i]!),
  });

  for (const theirs of cases)
    it(named(theirs.options), async () => {
      const { loss_type: lossType, beta, label_smoothing: labelSmoothing } = theirs.options;
      const loss: Loss = {
        ...{ kind: "preference", lossType, beta, labelSmoothing },
        pairs: pairs.map(([chosen, rejected]) => ({
          chosen: referred(chosen),
          rejected: referred(rejected),
        })),
      };
      const mine = await measured(loss, pairs.flat());
      expectOutcome(mine, theirs);
      expectMetrics(mine.metrics, theirs.metrics);
    });
});

/** verl's options as this program's. */
function fromVerl({ mode = "vanilla", aggregation = "token-mean", ...given }: VerlOptions): PolicyObjective {
  const { low = 0.2, high = 0.28, dual, scale, kl, beta = 0, entropy = 0 } = given;
  const lossType = { vanilla: "grpo", gspo: "gspo", cispo: "cispo" } as const;
  return {
    ...{ lossType: lossType[mode], aggregation, beta, entropyCoef: entropy, epsilon: low },
    epsilonHigh: mode === "cispo" ? 1 + high : high,
    ...(dual === undefined ? {} : { delta: dual }),
    ...(kl ? { klEstimator: kl } : {}),
    ...(scale === undefined ? {} : { maxCompletionLength: scale }),
  };
}

describe("the losses beside verl's ppo_loss", function () {
  this.timeout(30_000);
  before(() => chooseBackend({ prefer: "wasm" }));

  for (const theirs of originals.verl)
    it(named(theirs.options), async () => {
      const sequences = all.map((i) => rollout(i, theirs.importanceWeights?.[i]));
      const loss: Loss = { kind: "policyGradient", ...fromVerl(theirs.options), sequences };
      expectOutcome(await measured(loss, all), theirs);
    });

  for (const { options, importanceWeights: theirs } of originals.verl)
    if (options.correction && theirs)
      it(`weights of ${named(options.correction)} are verl's`, () => {
        const { level, threshold } = options.correction!;
        const [low, high] =
          typeof threshold === "string" ? threshold.split("_").map(Number) : [undefined, threshold];
        const bounds = { clipMax: high as number, ...(low === undefined ? {} : { clipMin: low }) };
        const mode = `${level}_${low === undefined ? "truncate" : "mask"}` as const;
        all.forEach((i) => {
          const mine = importanceWeights(
            { mode, ...bounds },
            Float32Array.from(oldLogProbs[i]!),
            Float32Array.from(samplerLogProbs[i]!),
          );
          expect(largestDifference(mine, theirs[i]!), `completion ${i}`).to.be.below(TOLERANCE);
        });
      });
});
