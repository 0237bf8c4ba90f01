import { basename } from "node:path";
import type { Scorer } from "../../env/contract/scoring.js";
import type { Task } from "../../env/contract/task.js";
import { createEvaluator, type Evaluation } from "../../env/evaluate.js";
import { createRenderer } from "../../env/render/index.js";
import { UsageError } from "../../infra/errors.js";
import { chooseArena } from "../choose/arena.js";
import { type ExplainInput, explainPage } from "../explain/explain-page.js";
import { EXIT } from "./exit.js";
import type { ScoreFlags } from "./flags.js";
import { print, printJson, readInput } from "./options.js";
import { scoreJson, scoreLines } from "./score-report.js";
import { writeText } from "./write-text.js";

/** One answer and what became of it. */
export interface ScoredFile {
  readonly file: string;
  readonly evaluation: Evaluation;
}

/** Scores answers and prints what was found; returns the exit status. */
export async function runScore(files: readonly string[], flags: ScoreFlags): Promise<number> {
  const { name, scorer, task } = await chosen(flags);
  const texts = files.map((file) => textOf(file, task));
  const renderer = await createRenderer();
  try {
    const evaluator = createEvaluator({ renderer, scorer, extraction: flags.extraction });
    const scored: ScoredFile[] = [];
    // One group, as rewards that compare answers want it; everything else scores each by itself.
    const evaluations = await evaluator.evaluate(
      task,
      texts.map((text) => ({ text })),
    );
    for (const [i, evaluation] of evaluations.entries())
      scored.push({ file: files[i] as string, evaluation });
    if (flags.json) printJson(scored.map((one) => scoreJson(task, one)));
    else for (const line of scoreLines(name, task, scored, flags.evidence)) print(line);
    if (flags.explain) {
      const [own] =
        referenceText(task) === undefined
          ? []
          : await evaluator.evaluate(task, [{ text: referenceText(task) as string }]);
      writeText(flags.explain, await explainPage(explained(name, task, scored, own)));
      if (!flags.json) print(`\nWritten: ${flags.explain}`);
    }
    return Math.max(0, ...scored.map(({ evaluation }) => exitOf(evaluation)));
  } finally {
    await renderer.close();
  }
}

async function chosen({
  task: id,
  ...flags
}: ScoreFlags): Promise<{ name: string; scorer: Scorer; task: Task }> {
  const { spec, tasks, scorer, reward } = await chooseArena(flags);
  const example = tasks.size("test") > 0 ? `; the first is ${tasks.at("test", 0).id}` : "";
  if (id === undefined) throw new UsageError(`Say which task was answered, with --task${example}.`);
  const task = tasks.byId(id);
  const owner = flags.dataset === undefined ? spec.id : tasks.name;
  if (task === undefined) throw new UsageError(`${owner} has no task "${id}"${example}.`);
  return { name: reward ?? scorer.name, scorer, task };
}

function textOf(file: string, task: Task): string {
  if (file !== "@reference") return readInput(file);
  const text = referenceText(task);
  if (text === undefined) throw new UsageError(`Task ${task.id} has no reference to score.`);
  return text;
}

const referenceText = ({ kind, reference }: Task) => (kind === "tsx" ? reference?.tsx : reference?.html);

function explained(
  reward: string,
  task: Task,
  scored: readonly ScoredFile[],
  own: Evaluation | undefined,
): ExplainInput {
  return {
    task,
    reward,
    answers: scored.map(({ file, evaluation }) => ({
      name: file === "-" ? "standard input" : basename(file),
      evaluation,
    })),
    reference: own?.page ? { page: own.page, scorecard: own.scorecard } : null,
  };
}

function exitOf({ scorecard, render }: Evaluation): number {
  return render.status === "rendered" && scorecard.total.value !== null ? 0 : EXIT.failed;
}
