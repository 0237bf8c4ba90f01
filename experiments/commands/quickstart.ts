import { Command } from "commander";
import { commandLine } from "./command-line.js";
import { onInterrupt } from "./interrupt.js";
import { parseWhole, print, printJson } from "./options.js";

interface QuickstartFlags {
  readonly seed: number;
  readonly out: string;
  readonly tensorboard: boolean;
  readonly json?: boolean;
}

export function quickstartCommand(): Command {
  return new Command("quickstart")
    .option("--seed <n>", "seed of everything", parseWhole("--seed"), 1)
    .option("--out <folder>", "run folder; the same folder resumes", "runs/quickstart")
    .option("--no-tensorboard", "write no event files for TensorBoard")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen quickstart
  webgen quickstart --seed 7 --out runs/q7

Leaves report.html, summary.json, events.jsonl and the checkpoints in the run folder. webgen watch FOLDER shows the run while it goes on.`,
    )
    .action(async ({ seed, out, tensorboard, json }: QuickstartFlags, command: Command) => {
      onInterrupt(`Stopped. The same command goes on where ${out} left off.`);
      const { quickstart } = await import("../quickstart.js");
      const { QUICKSTART } = await import("../recipes/quickstart.js");
      const { formatTable } = await import("../table.js");
      const run = { recipe: QUICKSTART, seed, out, tensorboard, command: commandLine(command) };
      const { summary, reportPath } = await quickstart(run);
      if (json) return printJson(summary);
      print(`\n${formatTable(summary)}\n\nLook at ${reportPath}`);
    });
}
