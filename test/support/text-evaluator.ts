import { readArtifact } from "../../env/artifact/index.js";
import type { Evaluation, Evaluator } from "../../env/evaluate.js";
import { type Scorecard, scored, type Task, unscored } from "../../env/index.js";

/**
 * An evaluator that scores the text of an answer and renders nothing, for tests of what learns and chooses. `score` gives
 * the total; null for one that could not be taken. `extra` gives further parts.
 */
export function textEvaluator(
  score: (text: string, task: Task) => number | null | Promise<number | null>,
  extra: (text: string) => Readonly<Record<string, number | null>> = () => ({}),
): Evaluator & { readonly evaluated: { readonly taskId: string; readonly text: string }[] } {
  const evaluated: { taskId: string; text: string }[] = [];
  const scoreOf = (value: number | null) =>
    value === null ? unscored("failed", "It was not measured.") : scored(value);
  return {
    evaluated,
    renderer: {} as Evaluator["renderer"],
    scorer: { name: "text", needs: new Set(), score: async () => [] },
    evaluate: (task, completions) =>
      Promise.all(
        completions.map(async (completion): Promise<Evaluation> => {
          evaluated.push({ taskId: task.id, text: completion.text });
          const total = scoreOf(completion.failure === undefined ? await score(completion.text, task) : null);
          const scorecard: Scorecard = {
            total,
            parts: Object.fromEntries(
              Object.entries({ text: total.value, ...extra(completion.text) }).map(([name, value]) => [
                name,
                scoreOf(value),
              ]),
            ),
          };
          return {
            completion,
            artifact: readArtifact(task.kind, completion.text),
            render: { status: "skipped", message: "Nothing is rendered here." },
            page: null,
            scorecard,
            milliseconds: 0,
          };
        }),
      ),
  };
}
