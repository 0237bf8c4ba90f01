import { Command } from "commander";
import type { ScoreFlags } from "./flags.js";
import { datasetOption, envOption, extractionOption, profileOption, rewardOption } from "./options.js";

export function scoreCommand(): Command {
  return new Command("score")
    .argument(
      "<files...>",
      "the answers: files, - for standard input, or @reference for the task's own reference",
    )
    .addOption(rewardOption())
    .addOption(profileOption())
    .addOption(envOption("environment whose task it is: its id, or MODULE#EXPORT"))
    .addOption(datasetOption())
    .option("--task <id>", "task id, e.g. pages/test/0 (needed)")
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
  webgen score --reward frontcoder --profile compat @reference draft.html --task pages/test/0
  webgen score answers/*.html --task pages/test/3 --reward "render * checklist" --no-evidence

Exit status: 0 scored, 1 an answer did not render or a score could not be taken, 2 a call that cannot be.`,
    )
    .action(async (files: string[], flags: ScoreFlags) => {
      const { runScore } = await import("./score-run.js");
      process.exitCode = await runScore(files, flags);
    });
}
