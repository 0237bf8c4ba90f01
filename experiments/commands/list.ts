import { Command } from "commander";
import { didYouMean } from "../../infra/did-you-mean.js";
import { UsageError } from "../../infra/errors.js";
import { LISTED, type Listed } from "./listed.js";
import { print, printJson } from "./options.js";

export function listCommand(): Command {
  return new Command("list")
    .argument("[kind]", `${LISTED.join(", ")}; default all`)
    .option("--json", "print JSON: {kind: [{name, description}]}")
    .addHelpText(
      "after",
      `
Examples:
  webgen list rewards
  webgen list agents --import ./mine.js
  webgen list --json`,
    )
    .action(async (kind: string | undefined, { json }: { json?: boolean }) => {
      if (kind !== undefined && !LISTED.includes(kind as Listed))
        throw new UsageError(`There is no list of "${kind}".${didYouMean(kind, LISTED)}`);
      const { namesOf } = await import("./list-names.js");
      const kinds = kind === undefined ? LISTED : [kind as Listed];
      const lists = Object.fromEntries(kinds.map((each) => [each, namesOf(each)]));
      if (json) return printJson(lists);
      for (const [each, names] of Object.entries(lists)) {
        if (kind === undefined) print(`${each}:`);
        const width = Math.max(...names.map(({ name }) => name.length));
        for (const { name, description } of names) print(`  ${name.padEnd(width)}  ${description}`.trimEnd());
        if (kind === undefined) print();
      }
    });
}
