import { concatMap, defer, type Observable, range } from "rxjs";
import type { Task } from "../env/contract/task.js";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import { UsageError } from "../infra/errors.js";
import { createRandom, type RandomStream } from "../infra/random.js";
import type { Learner, TrainEvent } from "./agent.js";
import { plainConversation } from "./conversation.js";
import type { Sequence } from "./policy/engine/engine.js";
import type { TrainablePolicy } from "./policy/policy.js";
import { learningRateAt, type Schedule } from "./schedule.js";

export interface SftOptions {
  readonly policy: TrainablePolicy;
  readonly seed: number;
  /** Optimiser steps in all. */
  readonly steps: number;
  /** Demonstrations per step. */
  readonly batchSize: number;
  /** The first so many tasks of the train split, with their references, are the demonstrations. */
  readonly demonstrations: number;
  /**
   * Share of the demonstrations shown as a second turn, default 0: up to three of the task's checks, drawn at random, stand
   * below the prompt as failed, and the answer is the reference. Teaches what `polish` will ask for.
   */
  readonly revisionShare?: number;
  readonly learningRate: Schedule;
  /** Begin after this many steps already done, default 0. */
  readonly completedSteps?: number;
  /** Runs after each step and before its event is emitted, e.g. to log it and to write a checkpoint. */
  readonly afterStep?: (event: TrainEvent) => Promise<void>;
}

/**
 * Supervised fine-tuning on reference pages: cross-entropy on the answer's tokens only. Epochs are shuffled by the
 * seed, so a resumed run sees the very batches an uninterrupted one would.
 */
export const sft: Learner<SftOptions> = {
  name: "sft",
  train(env, options) {
    const { policy, steps, learningRate, completedSteps = 0, afterStep = async () => {} } = options;
    const batchAt = createBatches(env, options);
    async function runStep(step: number): Promise<TrainEvent> {
      const rate = learningRateAt(learningRate, step, steps);
      const started = performance.now();
      const result = await policy.engine.step(
        { kind: "crossEntropy", sequences: batchAt(step) },
        { learningRate: rate },
      );
      const seconds = (performance.now() - started) / 1000;
      const metrics = {
        loss: result.loss,
        grad_norm: result.gradientNorm,
        learning_rate: rate,
        num_tokens: result.tokens,
        "time/train_seconds": seconds,
      };
      const event = { phase: "sft", step, steps, metrics };
      await afterStep(event);
      return event;
    }
    return range(completedSteps + 1, Math.max(0, steps - completedSteps)).pipe(
      concatMap((step) => defer(() => runStep(step))),
    ) as Observable<TrainEvent>;
  },
};

/** The batch of each step: demonstrations in shuffled epochs, encoded on first use. */
function createBatches(env: VectorWebGenEnv, options: SftOptions): (step: number) => Sequence[] {
  const { policy, seed, batchSize, demonstrations, revisionShare = 0 } = options;
  const { tasks } = env.options;
  const available = Math.min(demonstrations, tasks.size("train"));
  if (!(available >= 1)) throw new UsageError(`${tasks.name} has no demonstrations in its train split.`);
  const encoded = new Map<number, Sequence>();
  const orders = new Map<number, number[]>();
  const encode = (index: number): Sequence => {
    const known = encoded.get(index);
    if (known) return known;
    const task = tasks.at("train", index);
    const random = createRandom(seed).stream("revisions").stream(index);
    const failed = random.next() < revisionShare ? someChecks(task, random) : undefined;
    const sequence = encodeDemonstration(policy, task, failed);
    encoded.set(index, sequence);
    return sequence;
  };
  const orderOf = (epoch: number): number[] => {
    const known = orders.get(epoch);
    if (known) return known;
    const order = createRandom(seed)
      .stream("sft")
      .stream(epoch)
      .shuffle(Array.from({ length: available }, (_, i) => i));
    orders.clear();
    orders.set(epoch, order);
    return order;
  };
  return (step) =>
    Array.from({ length: batchSize }, (_, i) => {
      const position = (step - 1) * batchSize + i;
      return encode(orderOf(Math.floor(position / available))[position % available] as number);
    });
}

/** Titles of one to three checks of a task; undefined when it has none. */
function someChecks({ checklist = [] }: Task, random: RandomStream): string[] | undefined {
  const titles = checklist.map(({ title }) => title);
  return titles.length === 0 ? undefined : random.shuffle(titles).slice(0, random.integer(1, 4));
}

/**
 * A task with its reference as a training sequence; with `failedChecks` as the answer to a turn that failed them. Throws a
 * UsageError for a task without a reference.
 */
export function encodeDemonstration(
  policy: TrainablePolicy,
  task: Task,
  failedChecks?: readonly string[],
): Sequence {
  const { id: taskId, kind, prompt, viewport } = task;
  const answer = kind === "tsx" ? task.reference?.tsx : task.reference?.html;
  if (answer === undefined)
    throw new UsageError(`Task ${taskId} has no reference, so it cannot serve as a demonstration.`);
  const unseen = { answer: "", reward: null, parts: {}, findings: [], errors: [] };
  const feedback = failedChecks && { ...unseen, failedChecks };
  const turn = feedback ? 1 : 0;
  const observation = {
    taskId,
    kind,
    prompt,
    viewport,
    turn,
    turnsLeft: 1,
    ...(feedback ? { feedback } : {}),
  };
  return policy.encodeExample(plainConversation(observation), answer);
}
