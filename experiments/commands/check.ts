import { Command } from "commander";
import type { CheckFlags } from "./flags.js";
import { datasetOption, envOption, parseSplit, parseWhole, profileOption } from "./options.js";

export function checkCommand(): Command {
  return new Command("check")
    .argument(
      "<target>",
      "an environment id, or a reward: a preset, a name, a JSON file, a formula; either as MODULE#EXPORT",
    )
    .addOption(profileOption())
    .option("--tasks <n>", "tasks the reward is tried on", parseWhole("--tasks", 1), 3)
    .addOption(envOption("environment whose tasks a reward is tried on: its id, or MODULE#EXPORT"))
    .addOption(datasetOption())
    .option("--split <name>", "train, validation or test", parseSplit, "test")
    .option("--strict", "let known limits fail the check, too")
    .option("--no-agreement", "leave out competent designs and ruined pages (some 300 renders a task)")
    .option("--json", "print JSON")
    .option("--out <file>", "write an HTML page with pictures of every cheat and its score")
    .addHelpText(
      "after",
      `
Examples:
  webgen check webgen/Pages-v0 --out check.html
  webgen check frontcoder --profile compat
  webgen check my-reward.json --tasks 1 --json

A reward is tried on pages whose worth is known: the reference, blank and generic pages, cheats, and the reference damaged step
by step; and competent designs of six schools against some eighty kinds of pages that nobody could use. Limits that a shipped preset is known to have are named and do not fail the check; defects of released code do.

Exit status: 0 passed, 1 findings, 2 a call that cannot be.`,
    )
    .action(async (target: string, flags: CheckFlags) => {
      const { runCheck } = await import("./check-run.js");
      process.exitCode = await runCheck(target, flags);
    });
}
