import * as v from "valibot";
import { ADVANTAGE_ESTIMATORS, REWARD_AGGREGATIONS, REWARD_SCALES } from "../../agents/advantages.js";
import { KL_PLACES } from "../../agents/grpo-options.js";
import { IMPORTANCE_MODES } from "../../agents/losses/importance.js";
import {
  AGGREGATIONS,
  IMPORTANCE_SAMPLING_LEVELS,
  KL_ESTIMATORS,
  LOSS_TYPES,
} from "../../agents/losses/objective.js";
import { PREFERENCE_LOSS_TYPES } from "../../agents/losses/preference-objective.js";
import { SCHEDULE_SHAPES } from "../../agents/schedule.js";
import {
  between,
  count,
  finite,
  nonNegative,
  oneOf,
  positive,
  toggle,
  whole,
} from "../../infra/schema/fields.js";

// Schemas of what learners take. Names are TRL's in camel case, where it has one.

/** Steps no run of this program could do: a slip of the pen. */
const MOST_STEPS = 10_000_000;

export const steps = whole(1, MOST_STEPS);

export const schedule = v.strictObject({
  peak: positive("highest learning rate"),
  warmup: v.exactOptional(count("steps of linear warm-up", 0)),
  floor: v.exactOptional(between(0, 1, "rate at the last step, as a share of the peak")),
  shape: v.exactOptional(oneOf(SCHEDULE_SHAPES)),
});

const decay = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

export const optimizer = v.exactOptional(
  v.strictObject({
    weightDecay: v.exactOptional(nonNegative()),
    betas: v.exactOptional(v.strictTuple([decay, decay])),
    epsilon: v.exactOptional(positive()),
    maxGradientNorm: v.exactOptional(positive()),
  }),
);

export const sampling = v.strictObject({
  temperature: v.exactOptional(nonNegative("0 is greedy")),
  topP: v.exactOptional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
  topK: v.exactOptional(count("likeliest tokens kept, 0 for all", 0)),
});

/** What a policy-gradient learner minimises; `PolicyAlgorithm` says what each is. */
export const algorithm = {
  scaleRewards: oneOf(REWARD_SCALES),
  epsilon: between(0, 1, "the ratio is kept above 1 - epsilon"),
  epsilonHigh: nonNegative("the ratio is kept below 1 + epsilonHigh"),
  beta: nonNegative("weight of the KL term"),
  entropyCoef: finite("weight of the entropy bonus"),
  lossType: v.exactOptional(oneOf(LOSS_TYPES)),
  importanceSamplingLevel: v.exactOptional(oneOf(IMPORTANCE_SAMPLING_LEVELS)),
  aggregation: v.exactOptional(oneOf(AGGREGATIONS)),
  delta: v.exactOptional(positive("upper bound of the ratio where the advantage is negative")),
  klEstimator: v.exactOptional(oneOf(KL_ESTIMATORS)),
  klIn: v.exactOptional(oneOf(KL_PLACES)),
  useBiasCorrectionKl: v.exactOptional(toggle()),
  advantageEstimator: v.exactOptional(oneOf(ADVANTAGE_ESTIMATORS)),
  multiObjectiveAggregation: v.exactOptional(oneOf(REWARD_AGGREGATIONS)),
  rewardWeights: v.exactOptional(v.record(v.string(), finite())),
  importanceSampling: v.exactOptional(
    v.strictObject({
      mode: oneOf(IMPORTANCE_MODES),
      clipMin: v.exactOptional(nonNegative()),
      clipMax: v.exactOptional(positive()),
    }),
  ),
  maskTruncatedCompletions: v.exactOptional(toggle()),
  softOverlongPenalty: v.exactOptional(
    v.strictObject({
      cache: count("tokens over which the penalty grows"),
      factor: v.exactOptional(nonNegative()),
    }),
  ),
  dynamicSampling: v.exactOptional(v.strictObject({ maxBatches: count() })),
};

const batches = {
  tasksPerStep: count(),
  groupSize: count("answers to one task", 2),
  tasksPerChunk: count(),
  epochs: count("passes over each batch of rollouts"),
  updatesPerEpoch: count(),
  learningRate: schedule,
};

export const grpo = v.strictObject({ steps, ...batches, ...algorithm, optimizer, sampling });

/** Of the learners below, what is not said is as in the section `grpo`. */
const asInGrpo = {
  ...v.partial(v.strictObject(batches)).entries,
  optimizer,
  sampling: v.exactOptional(sampling),
};

export const dpo = v.strictObject({
  steps,
  ...asInGrpo,
  lossType: v.exactOptional(oneOf(PREFERENCE_LOSS_TYPES)),
  beta: v.exactOptional(positive()),
  labelSmoothing: v.exactOptional(between(0, 0.499)),
  pairsPerGroup: v.exactOptional(count()),
  minMargin: v.exactOptional(nonNegative()),
});

export const expertIteration = v.strictObject({
  steps,
  ...asInGrpo,
  keepPerGroup: v.exactOptional(count()),
  minReward: v.exactOptional(finite()),
});
