import { Command } from "commander";
import { checkEnv, createRenderer, make } from "../../index.js";
import { parseWhole, print, printJson } from "./options.js";

interface CheckFlags {
  readonly tasks: number;
  readonly json?: boolean;
}

export function checkCommand(): Command {
  return new Command("check")
    .description("Test an environment: Gymnasium's rules, then its reward.")
    .argument("<env>", 'an environment id, e.g. "webgen/Pages-v0"')
    .option("--tasks <n>", "tasks the reward rules look at", parseWhole("--tasks", 1), 3)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen check webgen/Pages-v0
  webgen check webgen/Pages-v0 --tasks 10 --json

Exit status: 0 all rules kept, 1 a rule broken.`,
    )
    .action(async (id: string, { tasks, json }: CheckFlags) => {
      const renderer = await createRenderer();
      try {
        const checks = await checkEnv(() => make(id, { renderer }), { tasks });
        if (json) printJson(checks);
        else
          for (const { rule, ok, message } of checks)
            print(`${ok ? "ok    " : "BROKEN"} ${rule}\n       ${message}`);
        if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
      } finally {
        await renderer.close();
      }
    });
}
