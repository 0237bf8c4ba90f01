#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { WebGenError } from "../infra/errors.js";
import { programVersions } from "../infra/versions.js";
import { valueText } from "./commands/command-line.js";
import { EXIT } from "./commands/exit.js";
import { type CommandName, SUMMARIES } from "./commands/summaries.js";

/** Each command is loaded only when it is called: tensors, browsers and formulas take their time. */
const COMMANDS: Record<CommandName, () => Promise<Command>> = {
  quickstart: async () => (await import("./commands/quickstart.js")).quickstartCommand(),
  train: async () => (await import("./commands/train.js")).trainCommand(),
  compare: async () => (await import("./commands/compare.js")).compareCommand(),
  render: async () => (await import("./commands/render.js")).renderCommand(),
  score: async () => (await import("./commands/score.js")).scoreCommand(),
  check: async () => (await import("./commands/check.js")).checkCommand(),
  attack: async () => (await import("./commands/attack.js")).attackCommand(),
  list: async () => (await import("./commands/list.js")).listCommand(),
  watch: async () => (await import("./commands/watch.js")).watchCommand(),
  bench: async () => (await import("./commands/bench.js")).benchCommand(),
};

const program = new Command("webgen")
  .description("A gym where agents learn to write web pages from what a real Chromium renders.")
  .version(programVersions()["webgen-gym"] ?? "unknown", "-V, --version")
  .showHelpAfterError("(--help shows what is possible)")
  .exitOverride()
  .addHelpText("after", "\nExit status: 0 done, 1 failed or a bad outcome, 2 a call that cannot be.");

try {
  // `webgen help compare` is `webgen compare --help`.
  const [, , first = "", second = ""] = process.argv;
  if (first === "help" && second in COMMANDS) process.argv.splice(2, 2, second, "--help");
  const called = process.argv[2] ?? "";
  if (Object.hasOwn(COMMANDS, called)) program.addCommand(await load(called as CommandName));
  else for (const [name, summary] of Object.entries(SUMMARIES)) program.command(name).description(summary);
  await program.parseAsync();
} catch (error) {
  process.exitCode = statusOf(error);
}

/** A command that knows the config of the working folder and imports the user's modules before it acts. */
async function load(name: CommandName): Promise<Command> {
  const command = (await COMMANDS[name]())
    .description(SUMMARIES[name])
    .copyInheritedSettings(program)
    .option(
      "--import <module>",
      "a module of yours that registers environments, rewards, data sets, agents or extraction rules; repeatable",
      (module: string, before: readonly string[] = []) => [...before, module],
    )
    .hook("preAction", async (_, action) => {
      const modules = (action.opts().import ?? []) as string[];
      if (modules.length === 0) return;
      const { importModule } = await import("./choose/module.js");
      for (const module of modules) await importModule(module);
    });
  const { applyConfig } = await import("./commands/config-file.js");
  await applyConfig(command);
  for (const option of command.options)
    if (option.defaultValue !== undefined) option.defaultValueDescription ??= valueText(option.defaultValue);
  return command;
}

/** Says what ended the command, unless commander did already. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (!(error instanceof WebGenError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return error.name === "UsageError" ? EXIT.usage : EXIT.failed;
}
