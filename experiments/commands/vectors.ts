import { Command } from "commander";
import { vectorsCommand as runVectors } from "../../rewards/vectors/command.js";

export function vectorsCommand(): Command {
  return new Command("vectors")
    .description("Run worked examples of published reward functions against ours.")
    .argument("<files...>", "files of vectors; images are looked up in the folder images/ beside each")
    .addHelpText(
      "after",
      `
Example:
  webgen vectors vectors/frontcoder.json vectors/vcoder.json

Exit status: 0 nothing failed, 1 something did.`,
    )
    .action(async (files: string[]) => {
      process.exitCode = await runVectors(files);
    });
}
