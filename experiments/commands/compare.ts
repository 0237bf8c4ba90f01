import { Command } from "commander";
import type { Split } from "../../env/contract/task.js";
import type { JsonObject } from "../../infra/json.js";
import { AGENT_GRAMMAR } from "../choose/agent-grammar.js";
import type { Profile } from "../choose/reward.js";
import { unmeasuredNotes } from "../unmeasured.js";
import { commandLine, decisive } from "./command-line.js";
import { onInterrupt } from "./interrupt.js";
import {
  datasetOption,
  envOption,
  parseNumber,
  parseSplit,
  parseWhole,
  parseWholeList,
  print,
  printJson,
  profileOption,
  rewardOption,
} from "./options.js";

interface CompareFlags {
  readonly env: string;
  readonly dataset?: string;
  readonly levels?: number[];
  readonly reward?: string;
  readonly profile?: Profile;
  readonly split: Split;
  readonly tasks: number;
  readonly seeds: number[];
  readonly temperature: number;
  readonly maxTokens: number;
  readonly out: string;
  readonly json?: boolean;
}

export function compareCommand(): Command {
  return new Command("compare")
    .argument("<agents...>", "the agents, see below")
    .addOption(envOption())
    .addOption(datasetOption())
    .option("--levels <list>", "difficulty levels, e.g. 1,2,3", parseWholeList("--levels"))
    .addOption(rewardOption())
    .addOption(profileOption())
    .option("--split <name>", "train, validation or test", parseSplit, "test")
    .option("--tasks <n>", "how many tasks, the first of the split", parseWhole("--tasks", 1), 64)
    .option("--seeds <list>", "sampling seeds, e.g. 1,2,3", parseWholeList("--seeds"), [1])
    .option("--temperature <t>", "sampling temperature, 0 is greedy", parseNumber("--temperature", 0), 1)
    .option("--max-tokens <n>", "tokens an answer may have", parseWhole("--max-tokens", 1), 256)
    .option(
      "--out <folder>",
      "run folder for report.html and summary.json; the same folder resumes",
      "runs/compare",
    )
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      `
${AGENT_GRAMMAR}

Examples:
  webgen compare reference checkpoint:runs/quickstart/checkpoints/grpo
  webgen compare sft=checkpoint:runs/q/checkpoints/sft best=best-of-8:checkpoint:runs/q/checkpoints/sft --seeds 1,2,3
  webgen compare reference ./mine.js#agent --dataset ./mine.js#tasks --reward "render * checklist"
  OPENAI_API_KEY=... webgen compare remote:gpt-5 polish-4:remote:gpt-5 --tasks 16 --max-tokens 8000`,
    )
    .action(async (agents: string[], { levels, out, json, ...flags }: CompareFlags, command: Command) => {
      onInterrupt(`Stopped. The same command goes on where ${out} left off.`);
      const { compare } = await import("../comparison-run.js");
      const { createProgress } = await import("../../infra/progress.js");
      const { formatTable } = await import("../table.js");
      const { summary } = await compare({
        ...flags,
        agents,
        out,
        ...(levels ? { datasetOptions: { levels } } : {}),
        command: commandLine(command),
        record: JSON.parse(JSON.stringify({ agents, ...decisive(command) })) as JsonObject,
        progress: createProgress({ plan: ["Compare"] }),
      });
      if (json) printJson(summary);
      else
        print(
          `\n${[formatTable(summary), ...unmeasuredNotes(summary.agents)].join("\n")}\n\nLook at ${out}/report.html`,
        );
    });
}
