import type { Loss, StepMetrics } from "./engine.js";
import { splitByCompletion } from "./packing.js";

/** Sums over completion tokens; `tokens` counts prompts too. */
export interface LossSums {
  loss: number;
  entropy: number;
  kl: number;
  clippedLow: number;
  clippedHigh: number;
  completionTokens: number;
  tokens: number;
}

export const LOSS_SUM_FIELDS = [
  "loss",
  "entropy",
  "kl",
  "clippedLow",
  "clippedHigh",
  "completionTokens",
  "tokens",
] as const satisfies readonly (keyof LossSums)[];

/** What is known of each completion token, the sequences one after the other. */
export type TokenColumns = Readonly<
  Partial<Record<"entropy" | "kl" | "clippedLow" | "clippedHigh", Float32Array>>
>;

/** Extremes over sequences of the share of a sequence's tokens that were clipped; absent before the first sequence. */
export interface ClipExtremes {
  clipRatioLowMin?: number;
  clipRatioHighMax?: number;
}

export function emptySums(): LossSums {
  return { loss: 0, entropy: 0, kl: 0, clippedLow: 0, clippedHigh: 0, completionTokens: 0, tokens: 0 };
}

/** Adds some sequences of a loss to the sums: `loss` is the sum of their token losses. */
export function addSums(
  sums: LossSums,
  { sequences }: Pick<Loss, "sequences">,
  loss: number,
  columns: TokenColumns,
): void {
  sums.loss += loss;
  for (const { prompt, completion } of sequences) {
    sums.tokens += prompt.length + completion.length;
    sums.completionTokens += completion.length;
  }
  for (const [name, values] of Object.entries(columns))
    for (const value of values) sums[name as keyof TokenColumns] += value;
}

/** The extremes with some further sequences. */
export function withSequences(
  { clipRatioLowMin, clipRatioHighMax }: ClipExtremes,
  { sequences }: Pick<Loss, "sequences">,
  { clippedLow, clippedHigh }: TokenColumns,
): ClipExtremes {
  if (!clippedLow || !clippedHigh) return {};
  const shares = (values: Float32Array) =>
    splitByCompletion(values, sequences).map((part) => part.reduce((sum, one) => sum + one, 0) / part.length);
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
  const mean = (sum: number) => sum / sums.completionTokens;
  const base = { loss: mean(sums.loss), gradientNorm, tokens: sums.tokens, entropy: mean(sums.entropy) };
  if (loss.kind === "crossEntropy") return base;
  return {
    ...base,
    clipRatioLow: mean(sums.clippedLow),
    clipRatioHigh: mean(sums.clippedHigh),
    ...extremes,
    ...(loss.klCoefficient === 0 ? {} : { kl: mean(sums.kl) }),
  };
}
