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

export const ADVANTAGE_ESTIMATORS = ["grpo", "rloo"] as const;

/** What an answer is compared with: the mean of its group (arXiv 2402.03300), or that of the others in it (RLOO, arXiv 2402.14740). verl's names (`adv_estimator`). */
export type AdvantageEstimator = (typeof ADVANTAGE_ESTIMATORS)[number];

export const REWARD_AGGREGATIONS = ["sum_then_normalize", "normalize_then_sum"] as const;

/** Whether parts of a reward are normalised after they are summed, or before (GDPO, arXiv 2601.05242). TRL's names (`multi_objective_aggregation`). */
export type RewardAggregation = (typeof REWARD_AGGREGATIONS)[number];

/** How rewards become advantages. */
export interface AdvantageOptions {
  /** Default `group`. */
  readonly scaleRewards?: RewardScale;
  /** Default `grpo`. With `rloo`, `scaleRewards` is `none`, or `batch`, which whitens the advantages. */
  readonly advantageEstimator?: AdvantageEstimator;
  /** Default `sum_then_normalize`. */
  readonly multiObjectiveAggregation?: RewardAggregation;
  /** Weights of parts of the reward by name; their weighted sum then takes the place of the reward's own total. */
  readonly rewardWeights?: Readonly<Record<string, number>>;
}

/** An answer's verdict: its total, its parts, and a penalty that is taken from either. */
export interface Verdict {
  readonly reward: number | null;
  readonly parts: Readonly<Record<string, number | null>>;
  readonly penalty?: number;
}

/**
 * Advantages of answers by any of the estimators. Those without a reward get 0 and take no part in any mean.
 *
 * @param groups the group of each answer, any label
 */
export function advantagesOf(
  verdicts: readonly Verdict[],
  groups: readonly string[],
  options: AdvantageOptions = {},
): GroupAdvantages {
  const { scaleRewards = "group", advantageEstimator = "grpo", rewardWeights } = options;
  const totals = verdicts.map(({ reward, parts, penalty = 0 }) => {
    const total = rewardWeights ? weightedSum(parts, rewardWeights) : reward;
    return total === null ? null : total - penalty;
  });
  const ofTotals = groupAdvantages(totals, groups, scaleRewards);
  if (options.multiObjectiveAggregation === "normalize_then_sum")
    return { ...ofTotals, advantages: decoupledAdvantages(verdicts, groups, rewardWeights ?? {}) };
  if (advantageEstimator === "rloo")
    return { ...ofTotals, advantages: leaveOneOut(totals, groups, scaleRewards === "batch") };
  return ofTotals;
}

/** Sum over the parts that were measured; null when none was. */
function weightedSum(parts: Verdict["parts"], weights: Readonly<Record<string, number>>): number | null {
  const terms = Object.entries(weights).flatMap(([name, weight]) => {
    const value = parts[name] ?? null;
    return value === null ? [] : [weight * value];
  });
  return terms.length === 0 ? null : terms.reduce((sum, term) => sum + term, 0);
}

/** `reward - mean of the others in the group`, which is `n / (n - 1)` times the distance to the mean of all. */
function leaveOneOut(
  rewards: readonly (number | null)[],
  groups: readonly string[],
  whitened: boolean,
): number[] {
  const counts = new Map<string, number>();
  groups.forEach((group, i) => {
    if (rewards[i] !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
  });
  const { advantages } = groupAdvantages(rewards, groups, "none");
  const compared = (i: number) => rewards[i] !== null && (counts.get(groups[i] as string) as number) > 1;
  const apart = advantages.map((advantage, i) => {
    const count = counts.get(groups[i] as string) ?? 0;
    return compared(i) ? (advantage * count) / (count - 1) : null;
  });
  return whitened ? whiten(apart) : apart.map((advantage) => advantage ?? 0);
}

/** Each part normalised in its group, their weighted sum, and that normalised over the batch. */
function decoupledAdvantages(
  verdicts: readonly Verdict[],
  groups: readonly string[],
  weights: Readonly<Record<string, number>>,
): number[] {
  const normalised = Object.entries(weights).map(([name, weight]) => {
    const values = verdicts.map(({ parts }) => parts[name] ?? null);
    return groupAdvantages(values, groups).advantages.map((advantage) => weight * advantage);
  });
  return whiten(
    verdicts.map(({ parts }, i) =>
      weightedSum(parts, weights) === null
        ? null
        : normalised.reduce((sum, part) => sum + (part[i] as number), 0),
    ),
  );
}

/** Less their mean, over their standard deviation; null becomes 0. */
function whiten(values: readonly (number | null)[]): number[] {
  const known = values.filter((value) => value !== null);
  const divisor = (standardDeviation(known) ?? 0) + ADVANTAGE_EPSILON;
  return values.map((value) => (value === null ? 0 : (value - mean(known)) / divisor));
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
