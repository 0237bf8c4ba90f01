import { resolveObjective } from "../../losses/objective.js";
import type { Loss, Sequence, StepMetrics } from "./engine.js";
import { splitByCompletion } from "./packing.js";

const COLUMNS = [
  "entropy",
  "kl",
  "clippedLow",
  "clippedHigh",
  "chosenReward",
  "rejectedReward",
  "rewardAccuracy",
  "chosenLogProb",
  "rejectedLogProb",
] as const;

/** What is known beside the loss: of each completion token, of each completion, or of each pair. */
export type ColumnName = (typeof COLUMNS)[number];

/** Values of the columns, the sequences one after the other. */
export type Columns = Readonly<Partial<Record<ColumnName, Float32Array>>>;

/** Fields that are summed over all sequences of a step; `tokens` counts prompts too. */
export const LOSS_SUM_FIELDS = ["loss", ...COLUMNS, "completionTokens", "tokens", "sequences"] as const;

/** Sums over a step; that of `loss` is the loss itself. */
export type LossSums = Record<(typeof LOSS_SUM_FIELDS)[number], number>;

/** Extremes over sequences of the share of a sequence's tokens that were clipped; absent before the first sequence. */
export interface ClipExtremes {
  clipRatioLowMin?: number;
  clipRatioHighMax?: number;
}

export function emptySums(): LossSums {
  return Object.fromEntries(LOSS_SUM_FIELDS.map((name) => [name, 0])) as LossSums;
}

/** Adds some sequences to the sums: `loss` is the part of the loss that they make. */
export function addSums(
  sums: LossSums,
  sequences: readonly Sequence[],
  loss: number,
  columns: Columns,
): void {
  sums.loss += loss;
  sums.sequences += sequences.length;
  for (const { prompt, completion } of sequences) {
    sums.tokens += prompt.length + completion.length;
    sums.completionTokens += completion.length;
  }
  for (const [name, values] of Object.entries(columns))
    for (const value of values) sums[name as ColumnName] += value;
}

/** The extremes with some further sequences. */
export function withSequences(
  { clipRatioLowMin, clipRatioHighMax }: ClipExtremes,
  sequences: readonly Sequence[],
  { clippedLow, clippedHigh }: Columns,
): ClipExtremes {
  if (!clippedLow || !clippedHigh) return {};
  const shares = (values: Float32Array): readonly number[] =>
    values.length === sequences.length
      ? [...values]
      : splitByCompletion(values, sequences).map(
          (part) => part.reduce((sum, one) => sum + one, 0) / part.length,
        );
  return {
    clipRatioLowMin: Math.min(clipRatioLowMin ?? 1, ...shares(clippedLow)),
    clipRatioHighMax: Math.max(clipRatioHighMax ?? 0, ...shares(clippedHigh)),
  };
}

/** The metrics of a step whose shards were taken by several replicas: sums are those of all already, extremes are not. */
export function mergeShards(parts: readonly StepMetrics[]): StepMetrics {
  const [first] = parts as readonly [StepMetrics];
  const low = parts.flatMap(({ clipRatioLowMin }) => clipRatioLowMin ?? []);
  const high = parts.flatMap(({ clipRatioHighMax }) => clipRatioHighMax ?? []);
  if (low.length === 0) return first;
  return { ...first, clipRatioLowMin: Math.min(...low), clipRatioHighMax: Math.max(...high) };
}

/** What a step reports. */
export function stepMetrics(
  loss: Loss,
  sums: LossSums,
  extremes: ClipExtremes,
  gradientNorm: number,
): StepMetrics {
  const perToken = (sum: number) => sum / sums.completionTokens;
  const base = { loss: sums.loss, gradientNorm, tokens: sums.tokens, entropy: perToken(sums.entropy) };
  if (loss.kind === "crossEntropy") return base;
  if (loss.kind === "preference") {
    const perPair = (sum: number) => (2 * sum) / sums.sequences;
    return {
      ...base,
      chosenReward: perPair(sums.chosenReward),
      rejectedReward: perPair(sums.rejectedReward),
      rewardAccuracy: perPair(sums.rewardAccuracy),
      chosenLogProb: perPair(sums.chosenLogProb),
      rejectedLogProb: perPair(sums.rejectedLogProb),
    };
  }
  const { importanceSamplingLevel, lossType, beta } = resolveObjective(loss);
  const ratios =
    importanceSamplingLevel === "token" ? sums.completionTokens : (loss.counts?.sequences ?? sums.sequences);
  const perRatio = (sum: number) => sum / ratios;
  const kl = beta === 0 ? {} : { kl: perToken(sums.kl) };
  if (lossType === "cispo") return { ...base, ...kl, cispoClipRatio: perRatio(sums.clippedHigh) };
  return {
    ...base,
    ...kl,
    clipRatioLow: perRatio(sums.clippedLow),
    clipRatioHigh: perRatio(sums.clippedHigh),
    ...extremes,
  };
}
