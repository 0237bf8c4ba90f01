import { Command } from "commander";
import { type Evaluation, make, type StepResult } from "../../index.js";
import { UsageError } from "../../infra/errors.js";
import type { JsonValue } from "../../infra/json.js";
import { EXIT } from "./exit.js";
import { print, printJson, readInput } from "./options.js";

interface ScoreFlags {
  readonly env: string;
  readonly task: string;
  readonly json?: boolean;
  readonly evidence?: boolean;
}

export function scoreCommand(): Command {
  return new Command("score")
    .description("Score answers to a task, part by part.")
    .argument(
      "<files...>",
      "the answers: files, - for standard input, or @reference for the task's own reference",
    )
    .option("--env <id>", "environment id", "webgen/Pages-v0")
    .requiredOption("--task <id>", "task id, e.g. pages/test/0")
    .option("--evidence", "show what each part found")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen score page.html --task pages/test/0 --evidence
  webgen score @reference draft.html --task pages/test/0 --json

Exit status: 0 scored, 3 an answer did not render, 4 a score could not be taken.`,
    )
    .action(async (files: string[], flags: ScoreFlags) => {
      const env = await make(flags.env);
      try {
        const results: { file: string; result: StepResult }[] = [];
        for (const file of files) {
          await env.reset({ taskId: flags.task });
          results.push({
            file,
            result: await env.step(answerOf(file, env.tasks.byId(flags.task)?.reference?.html)),
          });
        }
        if (flags.json) printJson(results.map(({ file, result }) => toJson(file, result)));
        else for (const { file, result } of results) printScores(file, result, flags);
        process.exitCode = Math.max(0, ...results.map(({ result }) => exitOf(result)));
      } finally {
        await env.close();
      }
    });
}

function answerOf(file: string, reference: string | undefined): string {
  if (file !== "@reference") return readInput(file);
  if (reference === undefined) throw new UsageError("The task has no reference to score.");
  return reference;
}

function exitOf({ reward, info }: StepResult): number {
  if (reward === null) return EXIT.InfrastructureError;
  return info.evaluation.render.status === "rendered" ? 0 : EXIT.Refusal;
}

function toJson(file: string, { reward, info }: StepResult): JsonValue {
  const { scorecard, render } = info.evaluation;
  const parts = Object.fromEntries(
    Object.entries(scorecard.parts).map(([name, score]) => [name, { ...score }]),
  );
  return { file, task: info.task.id, reward, render: render.status, endReason: info.endReason, parts };
}

function printScores(file: string, { reward, info }: StepResult, { evidence }: ScoreFlags): void {
  print(`${file}: ${show(reward)}${outcome(info.evaluation)}`);
  for (const [name, score] of Object.entries(info.evaluation.scorecard.parts)) {
    print(`  ${name.padEnd(14)} ${show(score.value)}${score.message ? `  ${score.message}` : ""}`);
    if (evidence && score.evidence !== undefined)
      print(JSON.stringify(score.evidence, null, 2).replace(/^/gm, "      "));
  }
}

function outcome({ render, infrastructureError }: Evaluation): string {
  if (infrastructureError !== undefined) return ` (${infrastructureError})`;
  return render.status === "rendered" ? "" : ` (${render.message})`;
}

const show = (value: number | null) => (value === null ? "null " : value.toFixed(3));
