import { writeFileSync } from "node:fs";
import { checkEnv } from "../../env/check-env.js";
import type { Renderer } from "../../env/contract/rendered-page.js";
import type { Scorer } from "../../env/contract/scoring.js";
import type { Task, TaskSource } from "../../env/contract/task.js";
import { make } from "../../env/registry.js";
import { createRenderer } from "../../env/render/index.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import { checkAgreement, checkReward, presetFacts } from "../../rewards/check/index.js";
import { type ArenaChoice, chooseArena } from "../choose/arena.js";
import { chooseEnv } from "../choose/env.js";
import { exportOf } from "../choose/module.js";
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
import { EXIT } from "./exit.js";
import type { CheckFlags } from "./flags.js";
import { print, printJson } from "./options.js";

/** Checks an environment or a reward and prints what was found; returns the exit status. */
export async function runCheck(target: string, flags: CheckFlags): Promise<number> {
  const subject = await subjectOf(target, flags);
  const renderer = await createRenderer();
  try {
    const result = await check(target, subject, flags, renderer);
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
    return verdictOf(result, flags.strict) ? 0 : EXIT.failed;
  } finally {
    await renderer.close();
  }
}

/** What is checked. */
interface Subject {
  /** Id of the environment, when one is checked. */
  readonly env: string | null;
  readonly name: string | null;
  readonly configured: boolean;
  readonly scorer: Scorer;
  readonly tasks: TaskSource;
}

/** Finds what is checked; a wrong name is told before a browser is started. */
async function subjectOf(target: string, { profile, env, dataset }: CheckFlags): Promise<Subject> {
  const isEnv = await namesEnv(target);
  if (isEnv && profile !== undefined)
    throw new UsageError(`--profile belongs to a preset, and ${target} is an environment; leave it out.`);
  const choice: ArenaChoice = isEnv
    ? { env: target }
    : { env, reward: target, ...(profile ? { profile } : {}), ...(dataset ? { dataset } : {}) };
  const { spec, tasks, scorer, reward, configured } = await chooseArena(choice);
  return { env: isEnv ? spec.id : null, name: reward, configured, scorer, tasks };
}

/** True for an id, and for the export of a module that is an environment. */
async function namesEnv(target: string): Promise<boolean> {
  if (/-v\d+$/.test(target)) return true;
  const exported = await exportOf(target);
  if (typeof exported !== "object" || exported === null || !("scorer" in exported && "tasks" in exported))
    return false;
  await chooseEnv(target);
  return true;
}

async function check(
  target: string,
  { env, name, configured, scorer, tasks }: Subject,
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
  const pages =
    agreement && tasks.size(split) >= 2
      ? await checkAgreement(scorer, {
          tasks: Array.from({ length: Math.min(Math.max(2, tried.length), tasks.size(split)) }, (_, i) =>
            tasks.at(split, i),
          ),
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
