import { writeFileSync } from "node:fs";
import { Command } from "commander";
import {
  checkAgreement,
  checkEnv,
  checkReward,
  createRenderer,
  make,
  presetFacts,
  type Renderer,
  type Split,
  specOf,
  type Task,
} from "../../index.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import { checkPage } from "../explain/check-page.js";
import type { CheckResult } from "../explain/check-result.js";
import {
  agreementJson,
  agreementLines,
  envLines,
  rewardJson,
  rewardLines,
  verdictOf,
} from "./check-report.js";
import { parseSplit, parseWhole, print, printJson } from "./options.js";
import { chooseReward, type Profile, parseProfile } from "./reward-choice.js";

interface CheckFlags {
  readonly profile?: Profile;
  readonly tasks: number;
  readonly env: string;
  readonly split: Split;
  readonly agreement: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

export function checkCommand(): Command {
  return new Command("check")
    .description("Test an environment by Gymnasium's rules, and a reward by what it pays.")
    .argument("<target>", "an environment id, a preset, a reward, or a reward as a JSON file")
    .option(
      "--profile <name>",
      "of a preset: paper (as published, mended) or compat (as released)",
      parseProfile,
    )
    .option("--tasks <n>", "tasks the reward is tried on", parseWhole("--tasks", 1), 3)
    .option("--env <id>", "environment whose tasks a reward is tried on", "webgen/Pages-v0")
    .option("--split <name>", "train, validation or test", parseSplit, "test")
    .option("--strict", "let known limits fail the check, too")
    .option("--no-agreement", "leave out competent designs and ruined pages (some 300 renders a task)")
    .option("--json", "print JSON")
    .option("--out <file>", "write an HTML page with pictures of every cheat and its score")
    .addHelpText(
      "after",
      `
Examples:
  webgen check webgen/Pages-v0 --out check.html
  webgen check frontcoder --profile compat
  webgen check my-reward.json --tasks 1 --json

A reward is tried on pages whose worth is known: the reference, blank and generic pages, cheats, and the reference damaged step
by step; and competent designs of six schools against some eighty kinds of pages that nobody could use. Limits that a shipped preset is known to have are named and do not fail the check; defects of released code do.

Exit status: 0 passed, 1 findings, 2 a call that cannot be.`,
    )
    .action(async (target: string, flags: CheckFlags) => {
      const open = opener(target, flags);
      const renderer = await createRenderer();
      try {
        const result = await check(target, await open(), flags, renderer);
        if (flags.json)
          printJson({
            target,
            env: result.env,
            reward: rewardJson(result.reward),
            agreement: agreementJson(result),
          });
        else
          for (const line of [
            ...envLines(result.env),
            ...rewardLines(result.reward, flags.strict),
            ...agreementLines(result),
          ])
            print(line);
        if (flags.out) {
          write(flags.out, await checkPage(result));
          if (!flags.json) print(`Written: ${flags.out}`);
        }
        if (!verdictOf(result, flags.strict)) process.exitCode = 1;
      } finally {
        await renderer.close();
      }
    });
}

/** What is checked; a wrong name is told before a browser is started. */
function opener(target: string, { profile, env }: CheckFlags) {
  if (/-v\d+$/.test(target)) {
    const spec = specOf(target);
    if (profile !== undefined)
      throw new UsageError(`--profile belongs to a preset, and ${target} is an environment; leave it out.`);
    return async () => ({
      env: target,
      name: null,
      configured: true,
      scorer: await spec.scorer({}),
      tasks: await spec.tasks({}),
    });
  }
  const spec = specOf(env);
  const chosen = chooseReward(target, profile);
  return async () => ({ env: null, ...chosen, tasks: await spec.tasks({}) });
}

async function check(
  target: string,
  { env, name, configured, scorer, tasks }: Awaited<ReturnType<ReturnType<typeof opener>>>,
  { tasks: count, split, agreement }: CheckFlags,
  renderer: Renderer,
): Promise<CheckResult> {
  const checks =
    env === null ? null : await checkEnv(() => make(env, { renderer }), { tasks: Math.min(count, 3) });
  const tried = Array.from(
    { length: Math.min(count, tasks.size(split)) },
    (_, i): Task => tasks.at(split, i),
  );
  const onScored = progress();
  const reward = await checkReward(scorer, {
    tasks: tried,
    renderer,
    name: name ?? scorer.name,
    configured,
    onScored,
  });
  const facts = presetFacts(name ?? scorer.name);
  const pages = agreement
    ? await checkAgreement(scorer, {
        tasks: Array.from({ length: Math.max(2, tried.length) }, (_, i) => tasks.at(split, i)),
        renderer,
        range: facts.range,
        form: facts.form,
        onScored,
      })
    : null;
  return { target, env: checks, reward, agreement: pages, published: facts.published };
}

/** Counts answers on a terminal's standard error; silent elsewhere. */
function progress(): () => void {
  let scored = 0;
  return () => {
    if (process.stderr.isTTY) process.stderr.write(`\r${++scored} answers scored \r`);
  };
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InfrastructureError(`Cannot write ${path}: ${messageOf(error)}.`);
  }
}
