import type { Split } from "../../env/contract/task.js";
import type { Profile } from "../choose/reward.js";

/** Options of `webgen check`. */
export interface CheckFlags {
  readonly profile?: Profile;
  readonly tasks: number;
  readonly env: string;
  readonly dataset?: string;
  readonly split: Split;
  readonly agreement: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

/** Options of `webgen attack`. */
export interface AttackFlags {
  readonly profile?: Profile;
  readonly tasks: number;
  readonly env: string;
  readonly dataset?: string;
  readonly split: Split;
  readonly budget: number;
  readonly minutes: number;
  readonly above: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly out?: string;
}

/** Options of `webgen score`. */
export interface ScoreFlags {
  readonly env: string;
  readonly dataset?: string;
  readonly reward?: string;
  readonly profile?: Profile;
  readonly task?: string;
  readonly json?: boolean;
  readonly extraction: string;
  readonly evidence: boolean;
  readonly explain?: string;
}

/** Options of `webgen train`. */
export interface TrainFlags {
  readonly recipe: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly env?: string;
  readonly dataset?: string;
  readonly levels?: number[];
  readonly reward?: string;
  readonly agent?: string;
  readonly from?: string;
  readonly seed: number;
  readonly out: string;
  readonly tensorboard?: boolean;
  readonly printConfig?: boolean;
  readonly json?: boolean;
}
