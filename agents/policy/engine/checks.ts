import { UsageError } from "../../../infra/errors.js";
import { checkWeights } from "../model/parameters.js";
import type { EngineState, Loss, ModelConfig, StepOptions } from "./engine.js";
import { checkSequences } from "./packing.js";

/** Completion tokens of a step, after checking that the step can be taken. Throws a UsageError that names what is wrong. */
export function checkStep(
  loss: Loss,
  { learningRate, maxGradientNorm = 1, weightDecay = 0, betas = [0, 0], epsilon = 1e-8 }: StepOptions,
  config: ModelConfig,
): number {
  if (loss.sequences.length === 0)
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
  checkSequences(loss.sequences, config.maxPositions);
  if (loss.kind === "policyGradient") checkRollouts(loss);
  return loss.sequences.reduce((total, { completion }) => total + completion.length, 0);
}

function checkRollouts({ sequences, klCoefficient }: Loss & { kind: "policyGradient" }): void {
  sequences.forEach(({ completion, oldLogProbs, referenceLogProbs, advantage }, index) => {
    if (!Number.isFinite(advantage))
      throw new UsageError(
        `Sequence ${index} has the advantage ${advantage}; leave out sequences without a score.`,
      );
    if (oldLogProbs.length !== completion.length)
      throw new UsageError(
        `Sequence ${index} has ${completion.length} completion tokens but ${oldLogProbs.length} oldLogProbs; give those of sampling, one a token.`,
      );
    if (klCoefficient !== 0 && referenceLogProbs?.length !== completion.length)
      throw new UsageError(
        `Sequence ${index} has ${completion.length} completion tokens but ${referenceLogProbs?.length ?? "no"} referenceLogProbs, which a klCoefficient of ${klCoefficient} needs; get them from logProbs(sequences, "reference").`,
      );
  });
}

/** Throws a UsageError unless a state's weights and moments are those of `config`. */
export function checkState(config: ModelConfig, { weights, optimizer }: EngineState): void {
  checkWeights(config, weights);
  if (optimizer === undefined) return;
  checkWeights(config, optimizer.firstMoment);
  checkWeights(config, optimizer.secondMoment);
}
