import { UsageError } from "../../infra/errors.js";

/** Losses of pairs, under TRL's names (DPOConfig `loss_type`). */
export const PREFERENCE_LOSS_TYPES = ["sigmoid", "hinge", "ipo", "robust", "sigmoid_norm"] as const;
export type PreferenceLossType = (typeof PREFERENCE_LOSS_TYPES)[number];

/** What a step on pairs minimises. */
export interface PreferenceObjective {
  /** Default `sigmoid` (DPO, arXiv 2305.18290). */
  readonly lossType?: PreferenceLossType;
  /** How strongly the policy is held to the reference, default 0.1; for `ipo` the regularisation tau. */
  readonly beta?: number;
  /** For `robust`: the share of pairs that are thought to be the wrong way round, from 0 to below 0.5; default 0. */
  readonly labelSmoothing?: number;
}

/** Throws a UsageError for an objective that makes no sense. */
export function checkPreference({
  lossType = "sigmoid",
  beta = 0.1,
  labelSmoothing = 0,
}: PreferenceObjective): void {
  if (!PREFERENCE_LOSS_TYPES.includes(lossType))
    throw new UsageError(`lossType is one of ${PREFERENCE_LOSS_TYPES.join(", ")}, but "${lossType}" came.`);
  if (!(beta > 0) || !Number.isFinite(beta))
    throw new UsageError(`beta must be a number above 0, but is ${beta}.`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 0.5))
    throw new UsageError(`labelSmoothing must be a number from 0 to below 0.5, but is ${labelSmoothing}.`);
  if (labelSmoothing > 0 && lossType !== "robust")
    throw new UsageError(`labelSmoothing belongs to the lossType robust, but that is "${lossType}".`);
}
