/**
 * The arithmetic of WidgetAnchor's GRPO step on log-probabilities that are given. The learner itself is in `agents/`; this
 * is the published reference it can be compared with.
 */

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample standard deviation (divisor n - 1); 0 for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** Options of the advantages of a group. */
export interface AdvantageOptions {
  /** Added to the standard deviation. WidgetAnchor: 1e-8, TRL 0.18 (WebGen-R1): 1e-4. */
  readonly epsilon?: number;
  /** Groups that spread less than this get zeros. WidgetAnchor: 1e-6. */
  readonly flat?: number;
}

/** `(r - mean) / (std + epsilon)` within a group. */
export function groupAdvantages(
  rewards: readonly number[],
  { epsilon = 1e-8, flat = 1e-6 }: AdvantageOptions = {},
): number[] {
  const center = mean(rewards);
  const deviation = sampleDeviation(rewards);
  if (deviation < flat) return rewards.map(() => 0);
  return rewards.map((reward) => (reward - center) / (deviation + epsilon));
}

/** Log-probabilities of one completion's tokens, padded to a common length; `length` of them count. */
export interface SequenceLogProbs {
  readonly length: number;
  readonly fresh: readonly number[];
  readonly old: readonly number[];
  readonly reference: readonly number[];
}

/** Loss of one sequence, with its terms. */
export interface SequenceLoss {
  readonly loss: number;
  /** Mean of the k3 estimate over the tokens that count. */
  readonly kl: number;
  /** Share of positions, padding included, whose ratio left the clip range. */
  readonly clipFraction: number;
}

/** Clipped policy loss plus `beta` times the k3 estimate of the KL divergence, averaged over the tokens of one sequence. */
export function sequenceLoss(
  { length, fresh, old, reference }: SequenceLogProbs,
  advantage: number,
  { epsilon = 0.2, beta = 0.05 }: { readonly epsilon?: number; readonly beta?: number } = {},
): SequenceLoss {
  let loss = 0;
  let kl = 0;
  let clipped = 0;
  for (const [t, logProb] of fresh.entries()) {
    const ratio = Math.exp(logProb - (old[t] ?? 0));
    if (Math.abs(ratio - 1) > epsilon) clipped++;
    if (t >= length) continue;
    const difference = (reference[t] ?? 0) - logProb;
    const k3 = Math.exp(difference) - difference - 1;
    const bounded = Math.min(1 + epsilon, Math.max(1 - epsilon, ratio));
    loss += -Math.min(advantage * ratio, advantage * bounded) + beta * k3;
    kl += k3;
  }
  const tokens = Math.max(1, Math.min(length, fresh.length));
  return {
    loss: loss / tokens,
    kl: kl / tokens,
    clipFraction: fresh.length === 0 ? 0 : clipped / fresh.length,
  };
}

/** Linear warm-up from 0, then half a cosine down to 0 at `total`. */
export function cosineLearningRate(step: number, base: number, warmup: number, total: number): number {
  if (step < warmup) return (base * step) / Math.max(1, warmup);
  const progress = Math.min(1, (step - warmup) / Math.max(1, total - warmup));
  return base * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
}
