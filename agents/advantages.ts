/** TRL adds this to the standard deviation of a group before dividing. */
export const ADVANTAGE_EPSILON = 1e-4;

export interface GroupAdvantages {
  /** One per reward, in order; null where the reward was null or the group gives no signal. */
  readonly advantages: (number | null)[];
  /** Share of groups whose measured rewards were all equal (TRL's `frac_reward_zero_std`). */
  readonly zeroSpreadFraction: number;
  /** Mean over groups of the standard deviation inside the group (n - 1 in the denominator). */
  readonly meanStandardDeviation: number;
}

export const REWARD_SCALES = ["group", "batch", "none"] as const;

/**
 * What advantages are divided by, as in TRL: the standard deviation of their own group (arXiv 2402.03300), that of all
 * rewards of the batch (arXiv 2508.08221), or nothing (arXiv 2503.20783). Groups whose answers hardly differ
 * count as much as all others with `group`, and hardly at all with the other two.
 */
export type RewardScale = (typeof REWARD_SCALES)[number];

/**
 * Group-relative advantages (GRPO, arXiv 2402.03300): `(reward - mean of the group) / (std + 1e-4)`.
 * A null reward takes part in neither mean nor deviation. A group with fewer than two measured rewards, or with equal
 * ones, gives no advantage at all and counts as zero spread.
 *
 * @param rewards one per rollout
 * @param groups the group of each rollout, any label
 * @param scale default `group`
 */
export function groupAdvantages(
  rewards: readonly (number | null)[],
  groups: readonly string[],
  scale: RewardScale = "group",
): GroupAdvantages {
  const members = new Map<string, number[]>();
  groups.forEach((group, i) => {
    members.set(group, [...(members.get(group) ?? []), i]);
  });
  const advantages: (number | null)[] = rewards.map(() => null);
  const batch = spread(rewards.filter((reward) => reward !== null));
  let zeroSpread = 0;
  let deviations = 0;
  for (const indices of members.values()) {
    const measured = indices.filter((i) => rewards[i] !== null);
    const { mean, deviation } = spread(measured.map((i) => rewards[i] as number));
    deviations += deviation;
    if (deviation < 1e-6) zeroSpread += 1;
    else {
      const divisor = {
        group: deviation + ADVANTAGE_EPSILON,
        batch: batch.deviation + ADVANTAGE_EPSILON,
        none: 1,
      }[scale];
      for (const i of measured) advantages[i] = ((rewards[i] as number) - mean) / divisor;
    }
  }
  const count = Math.max(1, members.size);
  return { advantages, zeroSpreadFraction: zeroSpread / count, meanStandardDeviation: deviations / count };
}

/** Mean and standard deviation (n - 1 in the denominator; 0 for fewer than two). */
function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: values.length < 2 ? 0 : Math.sqrt(variance) };
}
