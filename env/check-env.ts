import { messageOf, UsageError } from "../infra/errors.js";
import type { TaskSource } from "./contract/task.js";
import { referenceAnswer } from "./reference.js";
import type { StepResult, WebGenEnv } from "./web-gen-env.js";

/** One rule and whether the environment keeps it. */
export interface EnvCheck {
  readonly rule: string;
  readonly ok: boolean;
  /** What was expected and what came; for a broken rule also the likely cause. */
  readonly message: string;
}

/** Options of the check of an environment. */
export interface CheckEnvOptions {
  /** How many tasks the reward rules look at, default 3. */
  readonly tasks?: number;
}

/** How far the reference must be above a blank page and above the prompt shown as text. */
export const REWARD_MARGIN = 0.5;

type Rule = readonly [
  rule: string,
  test: (env: WebGenEnv, options: Required<CheckEnvOptions>) => Promise<string>,
];

/**
 * Tests Gymnasium's rules for `reset`, `step` and `close`, then the reward itself: references near the top, blank
 * pages and echoed prompts far below, equal answers scored equally, nothing of the answer in the observation.
 * `open` is called once per rule, so that a broken rule does not hide the next.
 */
export async function checkEnv(
  open: () => Promise<WebGenEnv>,
  options: CheckEnvOptions = {},
): Promise<EnvCheck[]> {
  const checks: EnvCheck[] = [];
  for (const [rule, test] of RULES) {
    const env = await open();
    try {
      checks.push({ rule, ok: true, message: await test(env, { tasks: 3, ...options }) });
    } catch (error) {
      checks.push({ rule, ok: false, message: messageOf(error) });
    } finally {
      await env.close();
    }
  }
  return checks;
}

const RULES: readonly Rule[] = [
  [
    "step before reset is refused",
    async (env) => {
      await expectUsageError(() => env.step("<p>early</p>"), "step() before reset()");
      return "A UsageError says to call reset() first.";
    },
  ],
  [
    "reset deals an observation",
    async (env) => {
      const { observation, info } = await env.reset({ seed: 1 });
      expect(
        typeof observation.prompt === "string" && observation.prompt.trim() !== "",
        "The prompt is empty.",
      );
      expect(
        observation.turn === 0 && observation.turnsLeft === env.maxTurns,
        "The first turn is not counted as 0.",
      );
      expect(observation.feedback === undefined, "The first observation already carries feedback.");
      expect(JSON.stringify(info).length > 0, "info is not JSON.");
      return `Task ${observation.taskId}: "${observation.prompt.slice(0, 60)}"`;
    },
  ],
  [
    "equal seeds deal equal tasks, different seeds different ones",
    async (env) => {
      const deal = async (seed: number) => {
        const ids = [(await env.reset({ seed })).observation.taskId];
        for (let i = 0; i < 4; i++) ids.push((await env.reset()).observation.taskId);
        return ids.join(" ");
      };
      const [first, again, other] = [await deal(5), await deal(5), await deal(6)];
      expect(
        first === again,
        `Seed 5 dealt "${first}" and then "${again}". Draw tasks only from the seeded stream.`,
      );
      expect(first !== other, `Seeds 5 and 6 both dealt "${first}". Is the seed used?`);
      return `Seed 5 deals ${first}.`;
    },
  ],
  [
    "the observation does not hold the answer",
    async (env) => {
      const { observation } = await env.reset({ seed: 1 });
      const reference = env.tasks.byId(observation.taskId)?.reference;
      const seen = JSON.stringify({ ...observation, image: undefined });
      for (const answer of [reference?.html, reference?.tsx, ...Object.values(reference?.files ?? {})])
        expect(
          !answer || !seen.includes(JSON.stringify(answer).slice(1, -1)),
          "The reference's source is in the observation.",
        );
      return "Neither source nor files of the reference are shown.";
    },
  ],
  [
    "step returns the five values and ends the episode within maxTurns",
    async (env) => {
      await env.reset({ seed: 1 });
      let result: StepResult | undefined;
      for (let turn = 0; turn < env.maxTurns; turn++) {
        result = await env.step("<!DOCTYPE html><html><body><p>Hello</p></body></html>");
        const { reward, terminated, truncated } = result;
        expect(
          reward === null || Number.isFinite(reward),
          `The reward is ${reward}; it must be finite, or null if not measured.`,
        );
        expect(
          typeof terminated === "boolean" && typeof truncated === "boolean",
          "terminated and truncated are not booleans.",
        );
        if (terminated || truncated) break;
      }
      expect(
        result !== undefined && (result.terminated || result.truncated),
        `${env.maxTurns} steps did not end the episode.`,
      );
      expect(result?.info.endReason !== undefined, "The last step names no endReason.");
      await expectUsageError(() => env.step("<p>late</p>"), "step() after the end");
      return `Ended as ${result?.info.endReason}; a further step is refused.`;
    },
  ],
  [
    "an answer that is no page ends as invalid_artifact, not as an exception",
    async (env) => {
      const { observation } = await env.reset({ seed: 1 });
      const { info } = await env.step({ text: "", done: true });
      expect(
        info.endReason === "invalid_artifact",
        `An empty answer to ${observation.taskId} ended as ${info.endReason}.`,
      );
      return info.evaluation.render.status === "skipped" ? info.evaluation.render.message : "";
    },
  ],
  [
    "close is final, twice is fine",
    async (env) => {
      await env.close();
      await env.close();
      await expectUsageError(() => env.reset(), "reset() after close()");
      return "A closed environment refuses reset().";
    },
  ],
  [
    "equal answers are scored equally",
    async (env) => {
      const answer = referenceOf(env.tasks, 0) ?? "<!DOCTYPE html><html><body><h1>Same</h1></body></html>";
      const [first, second] = [await scoreOf(env, 0, answer), await scoreOf(env, 0, answer)];
      expect(first === second, `The same answer scored ${first} and then ${second}.`);
      return `Twice ${first}.`;
    },
  ],
  [
    "the reference scores far above a blank page and the echoed prompt",
    async (env, { tasks }) => {
      const lines: string[] = [];
      for (let index = 0; index < tasks; index++) {
        const reference = referenceOf(env.tasks, index);
        if (reference === undefined) return "Not applicable: the tasks have no reference.";
        const { prompt, id } = env.tasks.at("train", index);
        const top = await scoreOf(env, index, reference);
        const blank = await scoreOf(env, index, "<!DOCTYPE html><html><body></body></html>");
        const echo = await scoreOf(
          env,
          index,
          `<!DOCTYPE html><html><body><p>${escapeHtml(prompt)}</p></body></html>`,
        );
        const rival = Math.max(blank ?? 0, echo ?? 0);
        expect(top !== null, `The reference of ${id} could not be scored.`);
        expect(
          (top as number) - rival >= REWARD_MARGIN,
          `On ${id} the reference scores ${top}, a blank page ${blank}, the echoed prompt ${echo}: less than ${REWARD_MARGIN} apart. The reward pays for something other than the task.`,
        );
        lines.push(`${id}: reference ${show(top)}, blank ${show(blank)}, echo ${show(echo)}`);
      }
      return lines.join("; ");
    },
  ],
];

function referenceOf(tasks: TaskSource, index: number): string | undefined {
  return referenceAnswer(tasks.at("train", index));
}

async function scoreOf(env: WebGenEnv, index: number, text: string): Promise<number | null> {
  await env.reset({ taskId: env.tasks.at("train", index).id });
  return (await env.step({ text, done: true })).reward;
}

async function expectUsageError(act: () => Promise<unknown>, what: string): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof UsageError) return;
    throw new Error(`${what} threw ${messageOf(error)} instead of a UsageError.`);
  }
  throw new Error(`${what} was accepted; it must throw a UsageError.`);
}

function expect(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

const show = (value: number | null) => (value === null ? "null" : value.toFixed(3));

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
