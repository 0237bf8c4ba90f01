import { UsageError } from "../../../infra/errors.js";
import { checkObjective } from "../../losses/objective.js";
import { checkPreference } from "../../losses/preference-objective.js";
import { checkWeights, trainedParameters } from "../model/parameters.js";
import type { EngineState, Loss, ModelConfig, PairLoss, PolicyGradientLoss, StepOptions } from "./engine.js";
import type { StepCounts } from "./losses.js";
import { checkSequences } from "./packing.js";
import { sequencesOf } from "./shards.js";

/** What the means of a step are over, after checking that the step can be taken. Throws a UsageError that names what is wrong. */
export function checkStep(
  loss: Loss,
  { learningRate, maxGradientNorm = 1, weightDecay = 0, betas = [0, 0], epsilon = 1e-8 }: StepOptions,
  config: ModelConfig,
): StepCounts {
  const sequences = sequencesOf(loss);
  if (sequences.length === 0)
    throw new UsageError("A step needs at least one sequence, but the loss holds none.");
  if (!(learningRate >= 0) || !Number.isFinite(learningRate))
    throw new UsageError(`learningRate must be a number of at least 0, but is ${learningRate}.`);
  if (!(maxGradientNorm > 0))
    throw new UsageError(`maxGradientNorm must be above 0, but is ${maxGradientNorm}.`);
  if (!(weightDecay >= 0) || !Number.isFinite(weightDecay))
    throw new UsageError(`weightDecay must be a number of at least 0, but is ${weightDecay}.`);
  if (betas.length !== 2 || !betas.every((beta) => beta >= 0 && beta < 1))
    throw new UsageError(`betas must be two numbers from 0 to below 1, but are ${betas.join(" and ")}.`);
  if (!(epsilon > 0) || !Number.isFinite(epsilon))
    throw new UsageError(`epsilon must be a number above 0, but is ${epsilon}.`);
  checkSequences(sequences, config.maxPositions);
  const completionTokens = sequences.reduce((total, { completion }) => total + completion.length, 0);
  const counts = { completionTokens, tokens: completionTokens, sequences: sequences.length };
  if (loss.kind === "preference") {
    checkPairs(loss);
    return { ...counts, sequences: loss.pairs.length };
  }
  if (loss.kind === "crossEntropy") return counts;
  checkRollouts(loss);
  return { ...counts, ...loss.counts };
}

function checkRollouts(loss: PolicyGradientLoss): void {
  checkObjective(loss);
  const { sequences, beta = 0, counts = {} } = loss;
  for (const [name, count] of Object.entries(counts))
    if (!(count > 0) || !Number.isFinite(count))
      throw new UsageError(
        `The loss's means are over counts.${name}, which must be above 0 but is ${count}.`,
      );
  sequences.forEach(({ completion, oldLogProbs, referenceLogProbs, importanceWeights, advantage }, index) => {
    if (!Number.isFinite(advantage))
      throw new UsageError(
        `Sequence ${index} has the advantage ${advantage}; leave out sequences without a score.`,
      );
    if (oldLogProbs.length !== completion.length)
      throw new UsageError(
        `Sequence ${index} has ${completion.length} completion tokens but ${oldLogProbs.length} oldLogProbs; give those of sampling, one a token.`,
      );
    if (beta !== 0 && referenceLogProbs?.length !== completion.length)
      throw new UsageError(
        `Sequence ${index} has ${completion.length} completion tokens but ${referenceLogProbs?.length ?? "no"} referenceLogProbs, which a beta of ${beta} needs; get them from logProbs(sequences, "reference").`,
      );
    if (importanceWeights && importanceWeights.length !== completion.length)
      throw new UsageError(
        `Sequence ${index} has ${completion.length} completion tokens but ${importanceWeights.length} importanceWeights; give one a token, or none.`,
      );
  });
}

function checkPairs(loss: PairLoss): void {
  checkPreference(loss);
  loss.pairs.forEach(({ chosen, rejected }, index) => {
    for (const [name, { completion, referenceLogProbs }] of Object.entries({ chosen, rejected }))
      if (referenceLogProbs.length !== completion.length)
        throw new UsageError(
          `The ${name} answer of pair ${index} has ${completion.length} completion tokens but ${referenceLogProbs.length} referenceLogProbs; get them from logProbs(sequences, "reference").`,
        );
  });
}

/** Throws a UsageError unless a state's weights and moments are those of `config`. */
export function checkState(config: ModelConfig, { weights, optimizer }: EngineState): void {
  checkWeights(config, weights);
  if (optimizer === undefined) return;
  const trained = trainedParameters(config);
  checkWeights(config, optimizer.firstMoment, trained);
  checkWeights(config, optimizer.secondMoment, trained);
}
