#!/usr/bin/env node
import { Command } from "commander";
import { WebGenError } from "../infra/errors.js";
import { benchCommand } from "./commands/bench.js";
import { checkCommand } from "./commands/check.js";
import { compareCommand } from "./commands/compare.js";
import { EXIT } from "./commands/exit.js";
import { quickstartCommand } from "./commands/quickstart.js";
import { renderCommand } from "./commands/render.js";
import { scoreCommand } from "./commands/score.js";
import { trainCommand } from "./commands/train.js";
import { vectorsCommand } from "./commands/vectors.js";

const program = new Command("webgen")
  .description("A gym where agents learn to write web pages from what a real Chromium renders.")
  .showHelpAfterError("(--help shows what is possible)")
  .addCommand(quickstartCommand())
  .addCommand(trainCommand())
  .addCommand(compareCommand())
  .addCommand(renderCommand())
  .addCommand(scoreCommand())
  .addCommand(checkCommand())
  .addCommand(benchCommand())
  .addCommand(vectorsCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof WebGenError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT[error.name as keyof typeof EXIT] ?? 1;
}
