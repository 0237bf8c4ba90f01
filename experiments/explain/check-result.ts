import type { EnvCheck } from "../../env/check-env.js";
import type { RewardReport } from "../../index.js";
import type { AgreementReport } from "../../rewards/check/agreement/types.js";

/** What a check found. `env` is null where a reward alone was checked. */
export interface CheckResult {
  readonly target: string;
  readonly env: readonly EnvCheck[] | null;
  readonly reward: RewardReport;
  /** Null where it was left out. */
  readonly agreement: AgreementReport | null;
  /** Whether the reward is a published one, whose disagreements with people are told and do not fail the check. */
  readonly published: boolean;
}
