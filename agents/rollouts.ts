import type { VectorWebGenEnv } from "../env/vector-env.js";
import type { StepResult } from "../env/web-gen-env.js";
import { UsageError } from "../infra/errors.js";
import type { RandomStream } from "../infra/random.js";
import type { Stopwatch } from "../infra/stopwatch.js";
import { type ConversationOf, plainConversation } from "./conversation.js";
import type { Policy, PolicyCompletion, Sampling } from "./policy/policy.js";
import { toAction } from "./policy-agent.js";

/** One answer with its verdict. */
export interface Rollout {
  readonly completion: PolicyCompletion;
  readonly result: StepResult;
}

/** Options of rollouts: groups of answers to drawn tasks. */
export interface RolloutOptions {
  readonly policy: Policy;
  /** Different tasks per batch. */
  readonly tasksPerStep: number;
  /** Answers per task (the group). */
  readonly groupSize: number;
  readonly sampling: Omit<Sampling, "seed">;
  /** What the policy reads of an observation, default `plainConversation`: the prompt alone. */
  readonly conversation?: ConversationOf;
  /** Tasks whose answers are generated together while the last ones render, default 4. */
  readonly tasksPerChunk?: number;
  /** Train tasks below this index are left to the demonstrations, default 0. */
  readonly firstTask?: number;
}

/** Busy time of the two halves of the work, which overlap. */
export interface RolloutWatches {
  readonly generate: Stopwatch;
  readonly score: Stopwatch;
}

/**
 * Samples a batch of rollouts, `groupSize` a task and side by side. The next chunk of tasks is generated while the
 * browser renders and scores the last.
 */
export async function collectRollouts(
  env: VectorWebGenEnv,
  options: RolloutOptions,
  random: RandomStream,
  watches: RolloutWatches,
): Promise<Rollout[]> {
  const { policy, groupSize, sampling, conversation = plainConversation, tasksPerChunk = 4 } = options;
  const taskIds = drawTasks(env, options, random.stream("tasks"));
  const resets = await env.reset({ taskIds: taskIds.flatMap((id) => Array<string>(groupSize).fill(id)) });
  const seeds = random.stream("sampling");
  const chunks: Promise<Rollout[]>[] = [];
  for (let task = 0; task < taskIds.length; task += tasksPerChunk) {
    const first = task * groupSize;
    const observations = resets
      .slice(first, first + tasksPerChunk * groupSize)
      .map((reset) => reset.observation);
    const seed = seeds.stream(task).seed();
    const completions = await watches.generate.time(
      policy.generate(observations.map(conversation), { ...sampling, seed }),
    );
    const chunk = score(env, first, completions, watches.score);
    // Awaited below; until then a failure must not count as unhandled.
    chunk.catch(() => {});
    chunks.push(chunk);
  }
  return (await Promise.all(chunks)).flat();
}

async function score(
  env: VectorWebGenEnv,
  first: number,
  completions: readonly PolicyCompletion[],
  watch: Stopwatch,
): Promise<Rollout[]> {
  const indices = completions.map((_, i) => first + i);
  const results = await watch.time(env.step(completions.map(toAction), indices));
  return completions.map((completion, i) => ({ completion, result: results[i] as StepResult }));
}

/** Ids of different train tasks from `firstTask` on. */
function drawTasks(env: VectorWebGenEnv, options: RolloutOptions, random: RandomStream): string[] {
  const { tasks } = env.options;
  const { tasksPerStep, firstTask = 0 } = options;
  const size = Math.min(tasks.size("train"), 2 ** 31);
  if (size - firstTask < tasksPerStep)
    throw new UsageError(
      `GRPO draws ${tasksPerStep} tasks a step, but ${tasks.name} has ${Math.max(0, size - firstTask)} train tasks from index ${firstTask} on.`,
    );
  const ids = new Set<string>();
  while (ids.size < tasksPerStep) ids.add(tasks.at("train", random.integer(firstTask, size)).id);
  return [...ids];
}
