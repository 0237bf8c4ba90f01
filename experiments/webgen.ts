#!/usr/bin/env node
import { Command } from "commander";
import { WebGenError } from "../infra/errors.js";
import { EXIT } from "./commands/exit.js";

/** Each command is loaded only when it is called: tensors, browsers and formulas take their time. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  quickstart: async () => (await import("./commands/quickstart.js")).quickstartCommand(),
  train: async () => (await import("./commands/train.js")).trainCommand(),
  compare: async () => (await import("./commands/compare.js")).compareCommand(),
  render: async () => (await import("./commands/render.js")).renderCommand(),
  score: async () => (await import("./commands/score.js")).scoreCommand(),
  check: async () => (await import("./commands/check.js")).checkCommand(),
  bench: async () => (await import("./commands/bench.js")).benchCommand(),
};

const program = new Command("webgen")
  .description("A gym where agents learn to write web pages from what a real Chromium renders.")
  .showHelpAfterError("(--help shows what is possible)");

try {
  const called = COMMANDS[process.argv[2] ?? ""];
  for (const load of called ? [called] : Object.values(COMMANDS)) program.addCommand(await load());
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof WebGenError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT[error.name as keyof typeof EXIT] ?? 1;
}
