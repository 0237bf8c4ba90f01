import { checkEnv } from "../../env/check-env.js";
import type { Renderer } from "../../env/contract/rendered-page.js";
import type { Task } from "../../env/contract/task.js";
import { make } from "../../env/registry.js";
import { createRenderer } from "../../env/render/index.js";
import { checkAgreement, checkReward, presetFacts } from "../../rewards/check/index.js";
import { chooseSubject, type Subject } from "../choose/subject.js";
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
import { writeText } from "./write-text.js";

/** Checks an environment or a reward and prints what was found; returns the exit status. */
export async function runCheck(target: string, flags: CheckFlags): Promise<number> {
  const subject = await chooseSubject(target, flags);
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
      writeText(flags.out, await checkPage(result));
      if (!flags.json) print(`Written: ${flags.out}`);
    }
    return verdictOf(result, flags.strict) ? 0 : EXIT.failed;
  } finally {
    await renderer.close();
  }
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
