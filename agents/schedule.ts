/** How a learning rate moves over a phase. */
export interface Schedule {
  /** Highest rate, reached after the warm-up. */
  readonly peak: number;
  /** Rate at the last step, as a share of the peak, default 0.1. */
  readonly floor?: number;
  /** Steps of linear warm-up, default 0. */
  readonly warmup?: number;
}

/** The rate at `step` (1 for the first) of `steps`: linear warm-up, then a cosine to `floor * peak`. */
export function learningRateAt(
  { peak, floor = 0.1, warmup = 0 }: Schedule,
  step: number,
  steps: number,
): number {
  if (step <= warmup) return (peak * step) / warmup;
  const progress = (step - warmup) / Math.max(1, steps - warmup);
  return peak * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))));
}
