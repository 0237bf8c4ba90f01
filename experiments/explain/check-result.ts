import type { EnvCheck, RewardReport } from "../../index.js";

/** What a check found. `env` is null where a reward alone was checked. */
export interface CheckResult {
  readonly target: string;
  readonly env: readonly EnvCheck[] | null;
  readonly reward: RewardReport;
}
