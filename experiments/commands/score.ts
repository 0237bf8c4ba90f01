import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { Command } from "commander";
import {
  createEvaluator,
  createRenderer,
  type Evaluation,
  type Scorer,
  specOf,
  type Task,
} from "../../index.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import { type ExplainInput, explainPage } from "../explain/explain-page.js";
import { EXIT } from "./exit.js";
import { extractionOption, print, printJson, readInput } from "./options.js";
import { chooseReward, type Profile, parseProfile } from "./reward-choice.js";
import { scoreJson, scoreLines } from "./score-report.js";

interface ScoreFlags {
  readonly env: string;
  readonly preset?: string;
  readonly profile?: Profile;
  readonly task: string;
  readonly json?: boolean;
  readonly extraction: string;
  readonly evidence: boolean;
  readonly explain?: string;
}

/** One answer and what became of it. */
export interface ScoredFile {
  readonly file: string;
  readonly evaluation: Evaluation;
}

export function scoreCommand(): Command {
  return new Command("score")
    .description("Score answers to a task, part by part, with what each part found.")
    .argument(
      "<files...>",
      "the answers: files, - for standard input, or @reference for the task's own reference",
    )
    .option(
      "--preset <name>",
      "a preset, a reward, or a reward as a JSON file; default that of the environment",
    )
    .option(
      "--profile <name>",
      "of a preset: paper (as published, mended) or compat (as released)",
      parseProfile,
    )
    .option("--env <id>", "environment whose task it is", "webgen/Pages-v0")
    .requiredOption("--task <id>", "task id, e.g. pages/test/0")
    .addOption(extractionOption())
    .option("--no-evidence", "print values alone")
    .option(
      "--explain <file>",
      "write an HTML page: answer beside reference, matched texts, failed checks, differences",
    )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen score page.html --task pages/test/0 --explain why.html
  webgen score --preset frontcoder --profile compat @reference draft.html --task pages/test/0
  webgen score answers/*.html --task pages/test/3 --no-evidence

Exit status: 0 scored, 3 an answer did not render, 4 a score could not be taken.`,
    )
    .action(async (files: string[], flags: ScoreFlags) => {
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
          write(flags.explain, await explainPage(explained(name, task, scored, own)));
          if (!flags.json) print(`\nWritten: ${flags.explain}`);
        }
        process.exitCode = Math.max(0, ...scored.map(({ evaluation }) => exitOf(evaluation)));
      } finally {
        await renderer.close();
      }
    });
}

async function chosen({
  env,
  preset,
  profile,
  task: id,
}: ScoreFlags): Promise<{ name: string; scorer: Scorer; task: Task }> {
  const spec = specOf(env);
  if (preset === undefined && profile !== undefined)
    throw new UsageError("--profile belongs to a preset; name one with --preset, e.g. --preset frontcoder.");
  const { name, scorer } =
    preset === undefined ? { name: null, scorer: await spec.scorer({}) } : chooseReward(preset, profile);
  const task = (await spec.tasks({})).byId(id);
  if (task === undefined) throw new UsageError(`${env} has no task "${id}"; an id looks like pages/test/0.`);
  return { name: name ?? scorer.name, scorer, task };
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
  if (render.status !== "rendered") return EXIT.Refusal;
  return scorecard.total.value === null ? EXIT.InfrastructureError : 0;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InfrastructureError(`Cannot write ${path}: ${messageOf(error)}.`);
  }
}
