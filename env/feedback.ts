import type { Feedback } from "./contract/observation.js";
import type { Task } from "./contract/task.js";
import type { Evaluation } from "./evaluate.js";

/** What an agent is told of its last answer. */
export function feedbackOf(task: Task, evaluation: Evaluation): Feedback {
  const { page, render, artifact, scorecard, completion } = evaluation;
  const failure =
    artifact.status === "refused"
      ? artifact.refusal.message
      : render.status === "rendered"
        ? undefined
        : render.message;
  return {
    answer: completion.text,
    reward: scorecard.total.value,
    parts: scorecard.parts,
    failedChecks: failedChecks(task, evaluation),
    findings: page ? [...page.findings, ...(page.site?.findings ?? [])] : [],
    errors: page
      ? [...page.errors, ...page.console.filter(({ level }) => level === "error").map(({ text }) => text)]
      : [],
    ...(page ? { screenshot: page.png } : {}),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** Titles of the checklist items whose probe did not fully hold; all of them when nothing rendered. */
export function failedChecks(task: Task, { page }: Evaluation): string[] {
  const probed = (task.checklist ?? []).filter((item) => item.probe);
  return probed.filter((_, i) => (page?.probes[i]?.score ?? 0) < 1).map((item) => item.title);
}
