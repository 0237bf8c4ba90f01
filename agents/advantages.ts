/** TRL adds this to a standard deviation before dividing by it. */
export const ADVANTAGE_EPSILON = 1e-4;

/** Standard deviations up to this count as none (`torch.isclose` to 0, as in TRL). */
const NO_SPREAD = 1e-8;

export interface GroupAdvantages {
  /** One per reward, in order; 0 where the reward was null or its group gives no signal. */
  readonly advantages: number[];
  /** Share of groups whose measured rewards, two or more, were all equal (TRL's `frac_reward_zero_std`), 0 to 1. */
  readonly zeroSpreadFraction: number;
  /** Mean over groups with two or more measured rewards of the standard deviation inside the group (n - 1 in the denominator). */
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
 * Group-relative advantages (GRPO, arXiv 2402.03300) as in TRL: `(reward - mean of the group) / (std + 1e-4)`.
 * A null reward takes part in neither mean nor deviation, and its advantage is 0, as is that of every member of a group
 * with fewer than two measured rewards or with equal ones. Such answers stay in the batch: they count in the mean of
 * the loss and take part in its KL term.
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
  const advantages = rewards.map(() => 0);
  const batchDeviation = standardDeviation(rewards.filter((reward) => reward !== null)) ?? 0;
  const deviations: number[] = [];
  for (const indices of members.values()) {
    const measured = indices.filter((i) => rewards[i] !== null);
    const values = measured.map((i) => rewards[i] as number);
    const deviation = standardDeviation(values);
    if (deviation === null) continue;
    deviations.push(deviation);
    if (deviation <= NO_SPREAD) continue;
    const divisor = {
      group: deviation + ADVANTAGE_EPSILON,
      batch: batchDeviation + ADVANTAGE_EPSILON,
      none: 1,
    }[scale];
    const average = mean(values);
    for (const i of measured) advantages[i] = ((rewards[i] as number) - average) / divisor;
  }
  return {
    advantages,
    zeroSpreadFraction:
      deviations.filter((deviation) => deviation <= NO_SPREAD).length / Math.max(1, members.size),
    meanStandardDeviation: deviations.length === 0 ? 0 : mean(deviations),
  };
}

/** The arithmetic mean; NaN of no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard deviation with n - 1 in the denominator; null of fewer than two values. */
export function standardDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const average = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1));
}
