import type { Completion } from "./contract/completion.js";
import type { Task } from "./contract/task.js";
import type { Evaluation, Evaluator } from "./evaluate.js";

/** A completion, perhaps with what an evaluator made of it already. */
export interface EvaluatedCompletion extends Completion {
  /** What the environment's own evaluator made of this answer already; spares a second render. Others are ignored. */
  readonly evaluation?: Evaluation;
}

/**
 * One evaluation per action on a task, in order. What an agent had evaluated already, by this very evaluator, is taken
 * as it is; the rest is rendered and scored.
 */
export async function evaluateActions(
  evaluator: Evaluator,
  task: Task,
  actions: readonly EvaluatedCompletion[],
): Promise<Evaluation[]> {
  const known = actions.map(({ text, evaluation }) =>
    evaluation?.completion.text === text && evaluator.vouches?.(task, evaluation) ? evaluation : undefined,
  );
  const others = actions.filter((_, i) => known[i] === undefined);
  const made = others.length > 0 ? await evaluator.evaluate(task, others) : [];
  let next = 0;
  return known.map((evaluation) => evaluation ?? (made[next++] as Evaluation));
}
