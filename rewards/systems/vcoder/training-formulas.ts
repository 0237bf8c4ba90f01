/** Pixels that VCoder lets a training screenshot have at most. */
const MAX_PIXELS = 100_352;
/** Sides are multiples of the model's patch. */
const ALIGNMENT = 32;

/** The size VCoder shows a screenshot in: at most `maxWidth` wide, or at most 100,352 pixels, rounded down to 32s. */
export function resizeDims(width: number, height: number, maxWidth: number | null = null): [number, number] {
  const tooWide = maxWidth !== null && maxWidth > 0 && width > maxWidth;
  if (!tooWide && width * height <= MAX_PIXELS) return [width, height];
  const scale = tooWide ? maxWidth / width : Math.sqrt(MAX_PIXELS / (width * height));
  const aligned = (side: number) =>
    Math.max(ALIGNMENT, Math.floor(Math.trunc(side * scale) / ALIGNMENT) * ALIGNMENT);
  return [aligned(width), aligned(height)];
}

/**
 * A curve smoothed by a moving average, with the steps at the middle of each window (VCoder's plots). Shorter curves keep
 * their values, but lose the steps that a smoothed one would lose.
 */
export function smoothSteps(
  steps: readonly number[],
  values: readonly number[],
  window = 20,
): { steps: number[]; values: number[] } {
  const smooth =
    values.length < window
      ? [...values]
      : Array.from({ length: values.length - window + 1 }, (_, start) =>
          values.slice(start, start + window).reduce((sum, value) => sum + value / window, 0),
        );
  const offset = Math.floor(window / 2);
  return { steps: steps.slice(offset, offset + smooth.length), values: smooth };
}

/** TRL's group-relative advantages: per group of `size`, the distance from the mean in sample standard deviations (plus 1e-4). */
export function groupAdvantages(rewards: readonly number[], size: number): number[] {
  return Array.from({ length: Math.ceil(rewards.length / size) }, (_, group) => {
    const own = rewards.slice(group * size, (group + 1) * size);
    const mean = meanOf(own);
    const spread = own.length > 1 ? Math.sqrt(squares(own, mean) / (own.length - 1)) : 0;
    return own.map((reward) => (reward - mean) / (spread + 1e-4));
  }).flat();
}

/** Weight of what a turn still gained. */
const SHAPING = 0.2;

/** The OpenEnv trainer's return of each turn: the last reward plus a share of what was gained since that turn. */
export function stepReturns(rewards: readonly number[], shaping = SHAPING): number[] {
  const last = rewards.at(-1) ?? 0;
  return rewards.map((reward) => last + shaping * (last - reward));
}

/** The OpenEnv trainer's advantages: all returns of all rollouts normalised together (population deviation plus 1e-8). */
export function rolloutAdvantages(returns: readonly (readonly number[])[]): number[][] {
  const all = returns.flat();
  const mean = meanOf(all);
  const spread = Math.sqrt(squares(all, mean) / Math.max(1, all.length)) + 1e-8;
  return returns.map((rollout) => rollout.map((value) => (value - mean) / spread));
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const squares = (values: readonly number[], mean: number): number =>
  values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
