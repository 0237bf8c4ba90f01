import { defer, from } from "rxjs";
import type { Task, TaskSource } from "../env/contract/task.js";
import { referenceAnswer } from "../env/reference.js";
import type { VectorWebGenEnv } from "../env/vector-env.js";
import { UsageError } from "../infra/errors.js";
import { createRandom, type RandomStream } from "../infra/random.js";
import type { Learner, TrainEvent } from "./agent.js";
import { type ConversationOf, plainConversation } from "./conversation.js";
import type { AdamWSettings, Sequence } from "./policy/engine/engine.js";
import type { TrainablePolicy } from "./policy/policy.js";
import { learningRateAt, type Schedule } from "./schedule.js";

/** Options of supervised fine-tuning on the references of tasks. */
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
  readonly optimizer?: AdamWSettings;
  /** What the policy reads of an observation, default `plainConversation`: the prompt alone. */
  readonly conversation?: ConversationOf;
  /** Begin after this many steps already done, default 0. */
  readonly completedSteps?: number;
  /** `num_tokens` of the last of those steps, from where the count goes on, default 0. */
  readonly completedTokens?: number;
  /** Runs after each step and before its event is emitted, e.g. to log it and to write a checkpoint. */
  readonly afterStep?: (event: TrainEvent) => Promise<void>;
  /** Told in a sentence of tasks that are left out since they have no reference to learn from. Default: a process warning. */
  readonly onSkip?: (message: string) => void;
}

/**
 * Supervised fine-tuning on reference pages: cross-entropy on the answer's tokens only. Epochs are shuffled by the
 * seed, so a resumed run sees the very batches an uninterrupted one would.
 *
 * @throws UsageError when no task of the train split has a reference that can be written.
 */
export const sft: Learner<SftOptions> = {
  name: "sft",
  train(env, options) {
    const batchAt = createBatches(env, options);
    return defer(() => from(learn(options, batchAt)));
  },
};

async function* learn(
  options: SftOptions,
  batchAt: (step: number) => Sequence[],
): AsyncGenerator<TrainEvent> {
  const { policy, steps, learningRate, optimizer, completedSteps = 0, afterStep = async () => {} } = options;
  let tokens = options.completedTokens ?? 0;
  for (let step = completedSteps + 1; step <= steps; step++) {
    const rate = learningRateAt(learningRate, step, steps);
    const loss = { kind: "crossEntropy" as const, sequences: batchAt(step) };
    const started = performance.now();
    const result = await policy.engine.step(loss, { ...optimizer, learningRate: rate });
    const seconds = (performance.now() - started) / 1000;
    tokens += result.tokens;
    const metrics = {
      loss: result.loss,
      ...(result.entropy === undefined ? {} : { entropy: result.entropy }),
      grad_norm: result.gradientNorm,
      learning_rate: rate,
      num_tokens: tokens,
      num_trained_tokens: result.tokens,
      "time/train_seconds": seconds,
    };
    const event = { phase: "sft", step, steps, metrics };
    await afterStep(event);
    yield event;
  }
}

/** The batch of each step: demonstrations in shuffled epochs, encoded on first use. */
function createBatches(env: VectorWebGenEnv, options: SftOptions): (step: number) => Sequence[] {
  const { policy, seed, batchSize, revisionShare = 0, conversation } = options;
  const { tasks } = env.options;
  const usable = usableTasks(tasks, options);
  const encoded = new Map<number, Sequence>();
  const orders = new Map<number, number[]>();
  const encode = (index: number): Sequence => {
    const known = encoded.get(index);
    if (known) return known;
    const task = tasks.at("train", index);
    const random = createRandom(seed).stream("revisions").stream(index);
    const failedChecks = random.next() < revisionShare ? someChecks(task, random) : undefined;
    const sequence = encodeDemonstration(policy, task, {
      ...(failedChecks ? { failedChecks } : {}),
      ...(conversation ? { conversation } : {}),
    });
    encoded.set(index, sequence);
    return sequence;
  };
  const orderOf = (epoch: number): number[] => {
    const known = orders.get(epoch);
    if (known) return known;
    const order = createRandom(seed).stream("sft").stream(epoch).shuffle(usable);
    orders.clear();
    orders.set(epoch, order);
    return order;
  };
  return (step) =>
    Array.from({ length: batchSize }, (_, i) => {
      const position = (step - 1) * batchSize + i;
      return encode(orderOf(Math.floor(position / usable.length))[position % usable.length] as number);
    });
}

/** Indices of the train tasks that can be shown as demonstrations. */
function usableTasks(tasks: TaskSource, { demonstrations, onSkip = warn }: SftOptions): number[] {
  const available = Math.max(0, Math.min(demonstrations, tasks.size("train")));
  const all = Array.from({ length: available }, (_, index) => index);
  const usable = all.filter((index) => referenceAnswer(tasks.at("train", index)) !== undefined);
  if (usable.length === 0)
    throw new UsageError(
      `${tasks.name} has no demonstrations: none of the first ${available} tasks of its train split has a reference that can be written.`,
    );
  if (usable.length < available) {
    const skipped = all
      .filter((index) => !usable.includes(index))
      .map((index) => tasks.at("train", index).id);
    onSkip(
      `${skipped.length} of ${available} tasks have no reference that can be written and are not shown as demonstrations: ${skipped.slice(0, 3).join(", ")}${skipped.length > 3 ? ", ..." : ""}.`,
    );
  }
  return usable;
}

const warn = (message: string) => process.emitWarning(message, "DemonstrationWarning");

/** Titles of one to three checks of a task; undefined when it has none. */
function someChecks({ checklist = [] }: Task, random: RandomStream): string[] | undefined {
  const titles = checklist.map(({ title }) => title);
  return titles.length === 0 ? undefined : random.shuffle(titles).slice(0, random.integer(1, 4));
}

export interface DemonstrationOptions {
  /** Shows the answer as a second turn, after one that failed these checks. */
  readonly failedChecks?: readonly string[];
  /** What the policy reads of an observation, default `plainConversation`. */
  readonly conversation?: ConversationOf;
}

/**
 * A task with its reference as a training sequence. Throws a UsageError for a task without a reference that can be
 * written: one that has a picture alone, say.
 */
export function encodeDemonstration(
  policy: TrainablePolicy,
  task: Task,
  { failedChecks, conversation = plainConversation }: DemonstrationOptions = {},
): Sequence {
  const { id: taskId, kind, prompt, viewport, image } = task;
  const answer = referenceAnswer(task);
  if (answer === undefined)
    throw new UsageError(`Task ${taskId} has no reference, so it cannot serve as a demonstration.`);
  const unseen = { answer: "", reward: null, parts: {}, findings: [], errors: [] };
  const observation = {
    ...{ taskId, kind, prompt, viewport, turn: failedChecks ? 1 : 0, turnsLeft: 1 },
    episodeId: `${taskId} demonstration`,
    ...(image ? { image } : {}),
    ...(failedChecks ? { feedback: { ...unseen, failedChecks } } : {}),
  };
  return policy.encodeExample(conversation(observation), answer);
}
