export const SCHEDULE_SHAPES = ["cosine", "linear"] as const;

/** How a learning rate moves over a phase. */
export interface Schedule {
  /** Highest rate, reached after the warm-up. */
  readonly peak: number;
  /** Rate at the last step, as a share of the peak, default 0.1; 1 keeps the rate constant. */
  readonly floor?: number;
  /** Steps of linear warm-up, default 0. */
  readonly warmup?: number;
  /** How it falls after the warm-up, default `cosine`. */
  readonly shape?: (typeof SCHEDULE_SHAPES)[number];
}

/** The rate at `step` (1 for the first) of `steps`: linear warm-up, then a cosine or a line to `floor * peak`. */
export function learningRateAt(
  { peak, floor = 0.1, warmup = 0, shape = "cosine" }: Schedule,
  step: number,
  steps: number,
): number {
  if (step <= warmup) return (peak * step) / warmup;
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  const left = shape === "linear" ? 1 - progress : 0.5 * (1 + Math.cos(Math.PI * progress));
  return peak * (floor + (1 - floor) * left);
}
