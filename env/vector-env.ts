import { UsageError } from "../infra/errors.js";
import type { Evaluation } from "./evaluate.js";
import { evaluateActions } from "./evaluate-actions.js";
import {
  type Action,
  type ResetResult,
  type StepResult,
  seededStream,
  toAction,
  WebGenEnv,
  type WebGenEnvOptions,
} from "./web-gen-env.js";

/** Options of a reset of several environments. */
export interface VectorResetOptions {
  readonly seed?: number;
  /** One task id per environment; the same id may stand several times (a group). */
  readonly taskIds?: readonly string[];
}

/**
 * Many environments stepped at once over one renderer, whose browsers bound the concurrency. Environments that hold the
 * same task are scored together, so that a reward can compare the answers of a group.
 */
export class VectorWebGenEnv {
  readonly options: WebGenEnvOptions;
  #envs: WebGenEnv[];
  #closed = false;

  /** `count` environments; `reset({ taskIds })` resizes to the number of ids. */
  constructor(options: WebGenEnvOptions, count = 1) {
    checkCount(count);
    this.options = options;
    this.#envs = this.#open(count);
  }

  get count(): number {
    return this.#envs.length;
  }

  /** Begins an episode in every environment. A seed seeds environment i with the i-th stream of that seed. */
  async reset({ seed, taskIds }: VectorResetOptions = {}): Promise<ResetResult[]> {
    if (this.#closed) throw new UsageError("reset() was called on a closed environment. Make a new one.");
    if (taskIds && taskIds.length !== this.#envs.length) this.#envs = this.#open(taskIds.length);
    const seeds = seed === undefined ? undefined : seededStream(seed).stream("vector");
    return Promise.all(
      this.#envs.map((env, i) =>
        env.reset({
          ...(seeds ? { seed: seeds.stream(i).seed() } : {}),
          ...(taskIds ? { taskId: taskIds[i] as string } : {}),
        }),
      ),
    );
  }

  /** One result per environment, in order. `indices` steps only some of them (those still running), default all. */
  async step(
    actions: readonly Action[],
    indices: readonly number[] = this.#envs.map((_, i) => i),
  ): Promise<StepResult[]> {
    if (actions.length !== indices.length)
      throw new UsageError(
        `step() takes one action per environment: ${indices.length} expected, ${actions.length} came.`,
      );
    const turns = indices.map((index, i) => {
      const env = this.#envs[index];
      if (!env) throw new UsageError(`There is no environment ${index}; there are ${this.#envs.length}.`);
      return { env, task: env.begin().task, action: toAction(actions[i] as Action), position: i };
    });
    const groups = groupBy(turns, ({ task }) => task.id);
    const results = new Array<StepResult>(turns.length);
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const task = (group[0] as (typeof turns)[number]).task;
        const evaluations = await evaluateActions(
          this.options.evaluator,
          task,
          group.map(({ action }) => action),
        );
        group.forEach(({ env, action, position }, i) => {
          results[position] = env.finish(action, evaluations[i] as Evaluation);
        });
      }),
    );
    return results;
  }

  /** The pictures of the last answers, in order; see {@link WebGenEnv.render}. */
  render(): (Uint8Array | null)[] {
    return this.#envs.map((env) => env.render());
  }

  /** Ends all environments. Twice is fine. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.options.onClose?.();
  }

  #open(count: number): WebGenEnv[] {
    const { onClose: _, ...shared } = this.options;
    return Array.from({ length: count }, () => new WebGenEnv(shared));
  }
}

/** Checks a number of environments. Throws a UsageError. */
export function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError(`count must be a whole number of at least 1, but it is ${count}.`);
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
