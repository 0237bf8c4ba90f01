import { Command } from "commander";
import { quickstart } from "../quickstart.js";
import { QUICKSTART } from "../recipe.js";
import { formatTable } from "../table.js";
import { onInterrupt } from "./interrupt.js";
import { parseWhole, print, printJson } from "./options.js";

interface QuickstartFlags {
  readonly seed: number;
  readonly out: string;
  readonly json?: boolean;
}

export function quickstartCommand(): Command {
  return new Command("quickstart")
    .description(
      "Train a small policy on rendered rewards and compare agents, in about ten minutes on two cores.",
    )
    .option("--seed <n>", "seed of everything", parseWhole("--seed"), 1)
    .option("--out <folder>", "run folder; the same folder resumes", "runs/quickstart")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen quickstart
  webgen quickstart --seed 7 --out runs/q7

Leaves report.html, summary.json, events.jsonl and the checkpoints in the run folder.`,
    )
    .action(async ({ seed, out, json }: QuickstartFlags) => {
      onInterrupt(`Stopped. The same command goes on where ${out} left off.`);
      const command = `webgen quickstart --seed ${seed} --out ${out}`;
      const { summary, reportPath } = await quickstart({ recipe: QUICKSTART, seed, out, command });
      if (json) return printJson(summary);
      print(`\n${formatTable(summary)}\n\nLook at ${reportPath}`);
    });
}
