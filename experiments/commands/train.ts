import { readFileSync } from "node:fs";
import { Command } from "commander";
import { createRenderer, makeVector } from "../../index.js";
import { messageOf, UsageError } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { createProgress } from "../../infra/progress.js";
import { openRun } from "../../infra/run-folder.js";
import { mergeRecipe, QUICKSTART, type Recipe } from "../recipe.js";
import { TRAIN_PHASES, train } from "../train.js";
import { onInterrupt } from "./interrupt.js";
import { parseWhole, print, printJson } from "./options.js";

interface TrainFlags {
  readonly seed: number;
  readonly out: string;
  readonly config?: string;
  readonly printConfig?: boolean;
  readonly json?: boolean;
}

export function trainCommand(): Command {
  return new Command("train")
    .description("Train a policy: SFT on reference pages, then GRPO on rendered rewards.")
    .option("--config <json>", "a recipe, or the keys in which it differs from the quickstart's")
    .option("--seed <n>", "seed of everything", parseWhole("--seed"), 1)
    .option("--out <folder>", "run folder; the same folder resumes", "runs/train")
    .option("--print-config", "print the whole recipe and stop")
    .option("--json", "print the checkpoint folders as JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen train --print-config > recipe.json
  webgen train --config recipe.json --seed 3 --out runs/mine
  webgen compare sft=checkpoint:runs/mine/checkpoints/sft grpo=checkpoint:runs/mine/checkpoints/grpo`,
    )
    .action(async (flags: TrainFlags) => {
      const recipe = mergeRecipe(QUICKSTART, flags.config === undefined ? {} : readConfig(flags.config));
      if (flags.printConfig) return printJson(recipe);
      onInterrupt(`Stopped. The same command goes on where ${flags.out} left off.`);
      const stages = await trainInto(recipe, flags);
      if (flags.json) return printJson(stages);
      print(`The policy is in ${stages.grpo}, a Hugging Face folder.`);
    });
}

async function trainInto(recipe: Recipe, { seed, out }: TrainFlags) {
  const progress = createProgress({ plan: TRAIN_PHASES });
  const config = JSON.parse(JSON.stringify({ seed, recipe })) as JsonObject;
  const run = openRun(out, config, { command: `webgen train --seed ${seed} --out ${out}` });
  try {
    const renderer = await createRenderer();
    try {
      const env = await makeVector(recipe.env, { renderer, dataset: recipe.dataset });
      return await train({ recipe, seed, env, run, progress });
    } finally {
      await renderer.close();
    }
  } finally {
    progress.close();
    run.close();
  }
}

function readConfig(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`The recipe ${path} cannot be read: ${messageOf(error)}.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The recipe ${path} is not JSON: ${messageOf(error)}.`);
  }
}
