import { UsageError } from "../../infra/errors.js";

/** Losses of policy gradients, under TRL's names (`loss_type`); `gspo` is verl's (`policy_loss.loss_mode`). */
export const LOSS_TYPES = ["grpo", "dr_grpo", "bnpo", "dapo", "gspo", "cispo"] as const;
export type LossType = (typeof LOSS_TYPES)[number];

/** How token losses become one number, under verl's names (`loss_agg_mode`). */
export const AGGREGATIONS = [
  "token-mean",
  "token-sum",
  "seq-mean-token-sum",
  "seq-mean-token-mean",
  "seq-mean-token-sum-norm",
] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/** What the ratio to the sampling policy is taken of: each token, or the geometric mean over a completion. */
export const IMPORTANCE_SAMPLING_LEVELS = ["token", "sequence"] as const;
export type ImportanceSamplingLevel = (typeof IMPORTANCE_SAMPLING_LEVELS)[number];

/** Estimators of KL(policy || reference) from one sample (http://joschu.net/blog/kl-approx.html). */
export const KL_ESTIMATORS = ["k1", "k2", "k3"] as const;
export type KlEstimator = (typeof KL_ESTIMATORS)[number];

/**
 * What a policy-gradient step minimises, as an expression of the log-probabilities. Names are TRL's in camel case; the table in
 * `docs/algorithms.md` has those of verl and the papers.
 */
export interface PolicyObjective {
  /** Default `dapo`. Decides the aggregation, for `gspo` also the level, and for `cispo` what is clipped. */
  readonly lossType?: LossType;
  /** Default `sequence` for `gspo`, else `token`. */
  readonly importanceSamplingLevel?: ImportanceSamplingLevel;
  /** Default that of the loss type. */
  readonly aggregation?: Aggregation;
  /** What `dr_grpo` and `seq-mean-token-sum-norm` divide by, in tokens; needed for them. */
  readonly maxCompletionLength?: number;
  /** The ratio is kept above `1 - epsilon`, default 0.2. Without effect for `cispo`. */
  readonly epsilon?: number;
  /** The ratio is kept below `1 + epsilonHigh`, default `epsilon`; for `cispo` it is kept below `epsilonHigh` itself. */
  readonly epsilonHigh?: number;
  /** Upper bound of the ratio where the advantage is negative (dual clip), above `1 + epsilonHigh`; default none. */
  readonly delta?: number;
  /** Weight of the KL term in the loss, default 0, which needs no reference. */
  readonly beta?: number;
  /** Default `k3`. */
  readonly klEstimator?: KlEstimator;
  /** Whether the KL term is weighted by the ratio (arXiv 2512.02556), default false. */
  readonly useBiasCorrectionKl?: boolean;
  /** Weight of the mean entropy of a token, which is taken from the loss; default 0. */
  readonly entropyCoef?: number;
}

/** An objective with every default filled in. */
export interface ResolvedObjective extends Required<Omit<PolicyObjective, "delta" | "maxCompletionLength">> {
  readonly delta?: number;
  readonly maxCompletionLength?: number;
}

const AGGREGATION_OF: Readonly<Record<LossType, Aggregation>> = {
  grpo: "seq-mean-token-mean",
  dr_grpo: "seq-mean-token-sum-norm",
  bnpo: "token-mean",
  dapo: "token-mean",
  gspo: "seq-mean-token-mean",
  cispo: "token-mean",
};

/** Fills in defaults. */
export function resolveObjective({
  lossType = "dapo",
  importanceSamplingLevel = lossType === "gspo" ? "sequence" : "token",
  aggregation = AGGREGATION_OF[lossType],
  epsilon = 0.2,
  epsilonHigh = epsilon,
  beta = 0,
  klEstimator = "k3",
  useBiasCorrectionKl = false,
  entropyCoef = 0,
  delta,
  maxCompletionLength,
}: PolicyObjective): ResolvedObjective {
  return {
    ...{ lossType, importanceSamplingLevel, aggregation, epsilon, epsilonHigh },
    ...{ beta, klEstimator, useBiasCorrectionKl, entropyCoef },
    ...(delta === undefined ? {} : { delta }),
    ...(maxCompletionLength === undefined ? {} : { maxCompletionLength }),
  };
}

/**
 * Tokens that a token mean divides by: with `dapo` and `cispo` those of the whole batch of rollouts over the number of its
 * updates, so that every token of the batch weighs the same; with the others those of the update.
 */
export const meansOverBatch = ({ lossType = "dapo" }: PolicyObjective): boolean =>
  lossType === "dapo" || lossType === "cispo";

/** Throws a UsageError for an objective that makes no sense. */
export function checkObjective(objective: PolicyObjective): void {
  const { lossType, importanceSamplingLevel, aggregation, klEstimator, ...numbers } =
    resolveObjective(objective);
  const { epsilon, epsilonHigh, beta, entropyCoef, delta, maxCompletionLength } = numbers;
  const words: readonly [string, string, readonly string[]][] = [
    ["lossType", lossType, LOSS_TYPES],
    ["importanceSamplingLevel", importanceSamplingLevel, IMPORTANCE_SAMPLING_LEVELS],
    ["aggregation", aggregation, AGGREGATIONS],
    ["klEstimator", klEstimator, KL_ESTIMATORS],
  ];
  for (const [name, word, known] of words)
    if (!known.includes(word))
      throw new UsageError(`${name} is one of ${known.join(", ")}, but "${word}" came.`);
  for (const [name, value] of Object.entries({ beta, entropyCoef }))
    if (!Number.isFinite(value)) throw new UsageError(`${name} must be a finite number, but is ${value}.`);
  for (const [name, value] of Object.entries({ epsilon, epsilonHigh }))
    if (!(value >= 0)) throw new UsageError(`${name} must be a number of at least 0, but is ${value}.`);
  if (delta !== undefined && !(delta > 1 + epsilonHigh))
    throw new UsageError(
      `delta bounds ratios that the clip range lets pass, so it must be above 1 + epsilonHigh = ${1 + epsilonHigh}, but is ${delta}.`,
    );
  if (aggregation === "seq-mean-token-sum-norm" && !(Number(maxCompletionLength) > 0))
    throw new UsageError(
      `The aggregation seq-mean-token-sum-norm (lossType dr_grpo) divides by maxCompletionLength, which must be above 0 but is ${maxCompletionLength}.`,
    );
}
