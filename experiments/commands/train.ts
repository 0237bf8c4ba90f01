import { Command } from "commander";
import { commandLine } from "./command-line.js";
import type { TrainFlags } from "./flags.js";
import { onInterrupt } from "./interrupt.js";
import {
  collect,
  datasetOption,
  parseWhole,
  parseWholeList,
  print,
  printJson,
  rewardOption,
} from "./options.js";

export function trainCommand(): Command {
  return new Command("train")
    .option("--recipe <name>", "a recipe: a name (webgen list recipes) or a JSON file", "quickstart")
    .option("--config <json>", "a JSON file of the keys in which the run differs from the recipe")
    .option("--set <key=value>", "one key that differs, e.g. grpo.steps=20; repeatable", collect)
    .option("--env <id>", "environment: its id, or MODULE#EXPORT; default that of the recipe")
    .addOption(datasetOption())
    .option("--levels <list>", "difficulty levels, e.g. 1,2,3", parseWholeList("--levels"))
    .addOption(rewardOption())
    .option("--agent <names>", "agents that learn, one after the other, e.g. grpo or sft,./mine.js#learner")
    .option("--from <checkpoint>", "Hugging Face folder to go on from, in place of a new policy")
    .option("--seed <n>", "seed of everything", parseWhole("--seed"), 1)
    .option("--out <folder>", "run folder; the same folder resumes", "runs/train")
    .option("--print-config", "print the whole recipe and stop")
    .option("--no-tensorboard", "write no event files for TensorBoard")
    .option("--json", "print the checkpoint folders as JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen train --print-config > recipe.json
  webgen train --recipe recipe.json --seed 3 --out runs/mine
  webgen train --from runs/mine/checkpoints/sft --agent grpo --reward "render * checklist" --set grpo.steps=20
  webgen compare sft=checkpoint:runs/mine/checkpoints/sft grpo=checkpoint:runs/mine/checkpoints/grpo`,
    )
    .action(async (flags: TrainFlags, command: Command) => {
      const { recipeOf } = await import("./train-recipe.js");
      const { recipe, notTaken } = recipeOf(flags);
      if (flags.printConfig) return printJson(recipe);
      for (const sentence of notTaken) process.stderr.write(`Not taken from the recipe: ${sentence}\n`);
      onInterrupt(`Stopped. The same command goes on where ${flags.out} left off.`);
      const { train } = await import("../training-run.js");
      const { trainPhases } = await import("../train.js");
      const { createProgress } = await import("../../infra/progress.js");
      const { seed, out, tensorboard = true } = flags;
      const progress = createProgress({ plan: trainPhases(recipe) });
      const trained = await train({
        recipe,
        seed,
        out,
        tensorboard,
        progress,
        command: commandLine(command),
      });
      if (flags.json) return printJson(trained);
      print(`The policy is in ${trained.final}, a Hugging Face folder.`);
    });
}
