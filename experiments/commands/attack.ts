import { Command } from "commander";
import type { AttackFlags } from "./flags.js";
import { datasetOption, envOption, parseNumber, parseSplit, parseWhole, profileOption } from "./options.js";

export function attackCommand(): Command {
  return new Command("attack")
    .argument(
      "<target>",
      "an environment id, or a reward: a preset, a name, a JSON file, a formula; either as MODULE#EXPORT",
    )
    .addOption(profileOption())
    .option("--tasks <n>", "tasks whose references are attacked", parseWhole("--tasks", 1), 2)
    .addOption(envOption("environment whose tasks a reward is attacked on: its id, or MODULE#EXPORT"))
    .addOption(datasetOption())
    .option("--split <name>", "train, validation or test", parseSplit, "test")
    .option("--budget <n>", "pages that are tried at most", parseWhole("--budget", 1), 600)
    .option("--minutes <n>", "minutes after which no page is begun", parseNumber("--minutes", 0.01), 5)
    .option(
      "--above <share>",
      "exit with 1 when an exploit earns more than this share of the range",
      parseNumber("--above", 0, 1),
      0.45,
    )
    .option("--seed <n>", "seed of the search", parseWhole("--seed"), 0)
    .option("--json", "print JSON, with the source of every exploit")
    .option("--out <file>", "write an HTML page with the pictures of all exploits")
    .addHelpText(
      "after",
      `
Examples:
  webgen attack webgen/Pages-v0 --out attack.html
  webgen attack frontcoder --profile compat --minutes 5

Starts from the references of tasks and looks for edits (restyled, covered, dropped, emptied, duplicated, reordered, sprayed with words) that
keep what a page earns while a person can no longer read it. Reading is measured apart from the reward: lines are read when their
pixels agree with the same words painted plainly. What it finds is an exploit to mend, and a fixture for a test.

Exit status: 0 no exploit above --above, 1 some, 2 a call that cannot be.`,
    )
    .action(async (target: string, flags: AttackFlags) => {
      const { runAttack } = await import("./attack-run.js");
      process.exitCode = await runAttack(target, flags);
    });
}
