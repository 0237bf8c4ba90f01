import type { RenderedPage } from "../../../env/contract/rendered-page.js";
import type { Task } from "../../../env/contract/task.js";
import type { RuleId } from "../rules.js";

/** What a cheat may know: everything, as the most that an agent could ever find out. */
export interface CheatInput {
  readonly task: Task;
  /** Source of the reference. */
  readonly html: string;
  /** The rendered reference. */
  readonly page: RenderedPage;
}

/** Pages by the name of the trick, or a sentence on why the family does not apply to the task. */
export type CheatPages = Readonly<Record<string, string>> | string;

/** One family of tricks that look like an answer to a scorer and are none to a person. */
export interface Cheat {
  readonly rule: RuleId;
  make(input: CheatInput): CheatPages | Promise<CheatPages>;
}
