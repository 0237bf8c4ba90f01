import { Command } from "commander";
import { parseWhole, print } from "./options.js";

interface WatchFlags {
  readonly port: number;
  readonly json?: boolean;
}

export function watchCommand(): Command {
  return new Command("watch")
    .argument("<run>", "run folder, e.g. runs/quickstart")
    .option("--port <n>", "port of 127.0.0.1; 0 for any that is free", parseWhole("--port"), 0)
    .option("--json", "print address and state as one JSON line")
    .addHelpText(
      "after",
      `
Examples:
  webgen watch runs/quickstart
  webgen watch runs/mine --port 6060
  webgen watch runs/mine --json       # {"url": ..., "name": ..., "status": "running", ...}; URL/state.json is the state since

Ctrl-C ends the watch; the run goes on.`,
    )
    .action(async (path: string, { port, json }: WatchFlags) => {
      const { stateOf, watchRun } = await import("../watch/server.js");
      const watch = await watchRun(path, { port });
      const ended = new Promise<void>((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
      });
      if (json) print(JSON.stringify({ url: watch.url, ...stateOf(watch.view()) }));
      else print(`${path} is ${watch.view().status}. Look at ${watch.url} (Ctrl-C ends the watch)`);
      await ended;
      await watch.close();
    });
}
