import { type RewardContext, type Score, type ScoringContext, unscored } from "../env/contract/scoring.js";
import type { DiskCache } from "../infra/cache.js";
import { messageOf } from "../infra/errors.js";
import { isApart, measureApart } from "./apart/measure-apart.js";
import { type AnyReward, isGroupReward } from "./reward.js";
import { storedScores } from "./stored-scores.js";

/**
 * Asks one reward about every context and returns one score each, whatever the reward does: one that throws, hangs
 * past `deadline` milliseconds, or returns something that is no score gives a failed score that says so, and so does one that
 * needs a reference where the reference could not be had. A single reward is
 * asked about all contexts side by side, a group reward once. One that was made by its name is asked in a process of its own about
 * what takes long to measure. (Another that blocks the thread cannot be interrupted; keep long work asynchronous.)
 */
export function measure(
  reward: AnyReward,
  contexts: readonly ScoringContext[],
  deadline: number,
): Promise<Score[]> {
  if (contexts.length === 0) return Promise.resolve([]);
  const referenceFailure = contexts[0]?.referenceFailure;
  if (referenceFailure !== undefined && reward.needs.includes("reference"))
    return Promise.resolve(contexts.map(() => unscored("failed", referenceFailure)));
  if (isGroupReward(reward)) return measureGroup(reward, contexts, deadline);
  return Promise.all(
    contexts.map((context) =>
      guarded(reward.name, deadline, [context], async ([own]) => [
        (isApart(reward, context) ? await measureApart(reward, context) : undefined) ??
          (await reward.score(own as RewardContext)),
      ]).then(([score]) => score as Score),
    ),
  );
}

/** The same, with scores of a reward that carries a version looked for in a cache, and kept there. */
export async function measureStored(
  reward: AnyReward,
  contexts: readonly ScoringContext[],
  deadline: number,
  cache: DiskCache | undefined,
): Promise<readonly Score[]> {
  const { name, version } = reward;
  if (!cache || version === undefined || contexts.length === 0) return measure(reward, contexts, deadline);
  const stored = (some: readonly ScoringContext[]) =>
    storedScores(cache, { name, version }, some, () => measure(reward, some, deadline));
  if (isGroupReward(reward)) return stored(contexts);
  return (await Promise.all(contexts.map((context) => stored([context])))).flat();
}

function measureGroup(
  reward: Extract<AnyReward, { scoreGroup: unknown }>,
  contexts: readonly ScoringContext[],
  deadline: number,
): Promise<Score[]> {
  return guarded(reward.name, deadline, contexts, async (own) => reward.scoreGroup(own));
}

async function guarded(
  name: string,
  deadline: number,
  contexts: readonly ScoringContext[],
  ask: (contexts: readonly RewardContext[]) => Promise<readonly Score[]>,
): Promise<Score[]> {
  const failed = (message: string) => contexts.map(() => unscored("failed", message));
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Score[]>((resolve) => {
    timer = setTimeout(() => {
      resolve(failed(`Reward "${name}" did not answer within ${deadline} ms.`));
      controller.abort(new Error(`The deadline of ${deadline} ms passed.`));
    }, deadline);
  });
  const own = contexts.map((context) => ({
    ...context,
    signal: context.signal ? AbortSignal.any([context.signal, controller.signal]) : controller.signal,
  }));
  const asked = ask(own).then(
    (scores) => {
      if (!Array.isArray(scores) || scores.length !== contexts.length)
        return failed(
          `Reward "${name}" should return ${contexts.length} scores, but returned ${show(scores)}.`,
        );
      return scores.map((score) => checkScore(name, score));
    },
    (error: unknown) => failed(`Reward "${name}" threw: ${messageOf(error)}`),
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The score when it is one; else a failed score that says what came instead. */
export function checkScore(name: string, score: unknown): Score {
  const failed = (what: string) => unscored("failed", `Reward "${name}" ${what}`);
  if (typeof score !== "object" || score === null)
    return failed(`should return a score such as scored(0.5), but returned ${show(score)}.`);
  const { value, status } = score as Partial<Score>;
  if (status === "ok")
    return typeof value === "number" && Number.isFinite(value)
      ? (score as Score)
      : failed(`says ok, but its value is ${show(value)} instead of a finite number.`);
  if (status === "failed" || status === "skipped")
    return value === null
      ? (score as Score)
      : failed(`says ${status}, but its value is ${show(value)} instead of null.`);
  return failed(`returned the status ${show(status)}; it should be "ok", "failed" or "skipped".`);
}

function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
