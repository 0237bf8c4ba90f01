import type { RuleId } from "./rules.js";

/** Limits of the rules, all as shares. They stand in every report. */
export interface CheckThresholds {
  /** How far below its maximum the reward of the reference may be, of the declared range. */
  readonly top: number;
  /** What a blank page, a page of one colour or no page may earn, of the declared range. */
  readonly blank: number;
  /** What echoes, templates and cheats may earn, of the way from the blank page to the reference. */
  readonly floor: number;
  /** How much a score may rise when a page is damaged more, of the same way. */
  readonly rise: number;
  /** How much the strongest damage must cost at least, of the same way. */
  readonly fall: number;
  /** How much two scores of the same answer may differ, of the declared range. */
  readonly same: number;
}

export const THRESHOLDS: CheckThresholds = {
  top: 0.02,
  blank: 0.05,
  floor: 0.25,
  rise: 0.01,
  fall: 0.03,
  same: 1e-9,
};

/** An answer and the rule it tests. */
export interface Sample {
  readonly rule: RuleId;
  readonly name: string;
  readonly text: string;
  /** Damage, 0 to 5. */
  readonly strength?: number;
}

/** An answer with its score. */
export interface ScoredSample extends Sample {
  readonly task: string;
  /** The reward; null when it could not be taken. */
  readonly value: number | null;
  /** The way from the blank page (0) to the reference (1); null where there is no such way. */
  readonly relative: number | null;
  readonly parts: Readonly<Record<string, number | null>>;
  /** Why a total or parts are missing. */
  readonly message?: string;
  /** PNG of the render; null when nothing rendered. */
  readonly picture: Uint8Array | null;
}

/** A broken rule in whole sentences. */
export interface RewardFinding {
  readonly rule: RuleId;
  readonly expected: string;
  readonly came: string;
  readonly cause: string;
  readonly remedy: string;
  /** The documented defect or limit of a shipped preset that this is. */
  readonly known?: string;
  /** True for a limit: what a reward of this kind cannot see. It is reported and does not fail the check; a defect does. */
  readonly limit?: boolean;
}

/** Outcome of one rule of a check. */
export interface RuleOutcome {
  readonly rule: RuleId;
  readonly status: "kept" | "broken" | "skipped";
  /** What was found, or why nothing was. */
  readonly message: string;
}

/** Mean relative score at strengths 0 to 5. */
export interface DamageCurve {
  readonly rule: RuleId;
  readonly means: readonly (number | null)[];
}

/** Everything the check of a reward found. */
export interface RewardReport {
  readonly reward: string;
  /** True when nothing was found but known limits. */
  readonly passed: boolean;
  readonly range: readonly [least: number, most: number];
  readonly thresholds: CheckThresholds;
  readonly tasks: readonly {
    readonly id: string;
    readonly blank: number | null;
    readonly reference: number | null;
  }[];
  readonly rules: readonly RuleOutcome[];
  readonly findings: readonly RewardFinding[];
  readonly curves: readonly DamageCurve[];
  /** Parts of the formula that no answer had a score for, with the reason. They are missing (null), not 0. */
  readonly unmeasured: readonly { readonly part: string; readonly reason: string }[];
  readonly samples: readonly ScoredSample[];
}
