import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import { createRandom, type RandomStream } from "../infra/random.js";
import type { Feedback, Observation } from "./contract/observation.js";
import { type Facts, factsOf } from "./contract/scoring.js";
import type { Split, Task, TaskSource } from "./contract/task.js";
import type { Evaluation, Evaluator } from "./evaluate.js";
import { type EvaluatedCompletion, evaluateActions } from "./evaluate-actions.js";
import { feedbackOf } from "./feedback.js";
import { checkResetOptions } from "./make-options.js";

/** An answer: its text, or the completion as the policy returned it. */
export type Action = string | AgentAction;

/** An agent's answer: the completion as its policy returned it, and what it cost. */
export interface AgentAction extends EvaluatedCompletion {
  /** The agent is content and wants no further turn. */
  readonly done?: boolean;
  /** Tokens spent on this action in all, discarded candidates included. */
  readonly tokensSpent?: number;
}

/** Why an episode ended. */
export type EndReason =
  | "completed"
  | "turn_limit"
  | "token_limit"
  | "invalid_artifact"
  | "render_failed"
  | "infrastructure_error";

/** What is told of a step beside its reward. */
export interface StepInfo {
  readonly task: Task;
  readonly turn: number;
  /** Present when the episode ended with this step. */
  readonly endReason?: EndReason;
  readonly evaluation: Evaluation;
  /** Part name -> value, null where it could not be taken. */
  readonly parts: Readonly<Record<string, number | null>>;
  /** Kinds of facts the task asks for, each with whether the answer has them right; empty where no reward tells. */
  readonly facts: Facts;
}

/** The five values of Gymnasium's `step`. `reward` is null when it could not be measured, never 0 for that reason. */
export interface StepResult {
  readonly observation: Observation;
  readonly reward: number | null;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly info: StepInfo;
}

/** Options of a reset: which task the episode gets. */
export interface ResetOptions {
  /** Seeds the choice of tasks. Give it once; later resets go on in the same stream. */
  readonly seed?: number;
  /** This very task instead of the next one of the stream. */
  readonly taskId?: string;
  readonly options?: { readonly split?: Split };
}

/** Outcome of a reset: the first observation of an episode, and its task as JSON. */
export interface ResetResult {
  readonly observation: Observation;
  readonly info: { readonly task: JsonObject };
}

/** Options of an environment that is put together by hand; `make` does it from an id. */
export interface WebGenEnvOptions {
  readonly id: string;
  readonly tasks: TaskSource;
  readonly evaluator: Evaluator;
  /** Answers per episode, default 1. More makes polishing an episode. */
  readonly maxTurns?: number;
  /** Where tasks are drawn from, default "train". */
  readonly split?: Split;
  /** Called once by `close`. */
  readonly onClose?: () => Promise<void>;
}

/** Episode under way: its task, and how far it is. */
interface Episode {
  readonly id: string;
  readonly task: Task;
  turn: number;
  ended: boolean;
  /** PNG of the last answer. */
  picture: Uint8Array | null;
}

/**
 * One task at a time: `reset` deals a task, `step` renders and scores an answer.
 *
 * @example
 * const env = await make("webgen/Pages-v0");
 * const { observation } = await env.reset({ seed: 1 });
 * const { reward, info } = await env.step("<h1>Hello</h1>");
 */
export class WebGenEnv {
  readonly id: string;
  readonly tasks: TaskSource;
  readonly evaluator: Evaluator;
  readonly maxTurns: number;
  readonly #split: Split;
  readonly #onClose: () => Promise<void>;
  #random: RandomStream = createRandom(0).stream("tasks");
  #episode: Episode | undefined;
  #closed = false;

  constructor({
    id,
    tasks,
    evaluator,
    maxTurns = 1,
    split = "train",
    onClose = async () => {},
  }: WebGenEnvOptions) {
    if (!Number.isInteger(maxTurns) || maxTurns < 1)
      throw new UsageError(`maxTurns must be a whole number of at least 1, but it is ${maxTurns}.`);
    this.id = id;
    this.tasks = tasks;
    this.evaluator = evaluator;
    this.maxTurns = maxTurns;
    this.#split = split;
    this.#onClose = onClose;
  }

  /** Begins an episode. Rejects with a UsageError for an unknown task id, for options that do not fit, and after `close`. */
  async reset(request: ResetOptions = {}): Promise<ResetResult> {
    this.#refuseIfClosed("reset");
    checkResetOptions(request);
    const { seed, taskId, options = {} } = request;
    if (seed !== undefined) this.#random = seededStream(seed);
    const task = taskId === undefined ? this.#draw(options.split ?? this.#split) : this.#find(taskId);
    this.#episode = { id: `${this.id}#${++episodes}`, task, turn: 0, ended: false, picture: null };
    return {
      observation: observe(this.#episode, this.maxTurns),
      info: { task: { id: task.id, kind: task.kind, ...task.meta } },
    };
  }

  /** Renders and scores an answer. Throws a UsageError before `reset`, after the end of the episode, or after `close`. */
  async step(action: Action): Promise<StepResult> {
    const { task } = this.begin();
    const completion = toAction(action);
    const [evaluation] = await evaluateActions(this.evaluator, task, [completion]);
    return this.finish(completion, evaluation as Evaluation);
  }

  /** The task of the running episode, checked to be ready for a step. For vector forms that evaluate in groups. */
  begin(): { readonly task: Task } {
    this.#refuseIfClosed("step");
    if (!this.#episode)
      throw new UsageError(
        "step() was called before reset(). Call reset() first; it returns the task to answer.",
      );
    if (this.#episode.ended)
      throw new UsageError(
        "step() was called after the episode ended (terminated or truncated was true). Call reset() to begin the next one.",
      );
    return { task: this.#episode.task };
  }

  /** Books an evaluation made elsewhere for the running episode. For vector forms that evaluate in groups. */
  finish(action: AgentAction, evaluation: Evaluation): StepResult {
    const episode = this.#episode as Episode;
    const { task, turn } = episode;
    const end = endOf({ action, evaluation, turn, maxTurns: this.maxTurns });
    episode.turn += 1;
    episode.ended = end !== undefined;
    episode.picture = evaluation.page?.png ?? null;
    const { scorecard } = evaluation;
    return {
      observation: observe(episode, this.maxTurns, feedbackOf(task, evaluation)),
      reward: scorecard.total.value,
      terminated: end?.how === "terminated",
      truncated: end?.how === "truncated",
      info: {
        task,
        turn,
        evaluation,
        parts: Object.fromEntries(
          Object.entries(scorecard.parts).map(([name, score]) => [name, score.value]),
        ),
        facts: factsOf(scorecard),
        ...(end ? { endReason: end.reason } : {}),
      },
    };
  }

  /**
   * The picture of the episode's last answer: the PNG of the full page, null before the first answer and for one that did not
   * render. Throws a UsageError before `reset`.
   *
   * @example
   * await env.step("<h1>Hello</h1>");
   * writeFileSync("answer.png", env.render() ?? "");
   */
  render(): Uint8Array | null {
    if (!this.#episode)
      throw new UsageError("render() was called before reset(). Call reset() and step() first.");
    return this.#episode.picture;
  }

  /** Ends the environment. Twice is fine. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#onClose();
  }

  #draw(split: Split): Task {
    const size = this.tasks.size(split);
    if (!(size > 0)) throw new UsageError(`${this.tasks.name} has no tasks in its ${split} split.`);
    return this.tasks.at(split, this.#random.integer(0, Math.min(size, 2 ** 31)));
  }

  #find(taskId: string): Task {
    const task = this.tasks.byId(taskId);
    if (task) return task;
    throw new UsageError(
      `${this.tasks.name} has no task "${taskId}". Its ids look like "${this.tasks.at(this.#split, 0).id}".`,
    );
  }

  #refuseIfClosed(method: string): void {
    if (this.#closed) throw new UsageError(`${method}() was called on a closed environment. Make a new one.`);
  }
}

/** An action as an object. */
export function toAction(action: Action): AgentAction {
  if (typeof action === "string") return { text: action };
  if (typeof action?.text === "string") return action;
  throw new UsageError(
    `An action is a string or an object with a string "text", but it is ${JSON.stringify(action)}.`,
  );
}

/** The stream a seed opens, checked. */
export function seededStream(seed: number): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new UsageError(`A seed is a whole number of at least 0, but it is ${seed}.`);
  return createRandom(seed).stream("tasks");
}

/** Episodes begun in this process; numbers them apart. */
let episodes = 0;

function observe({ id, task, turn }: Episode, maxTurns: number, feedback?: Feedback): Observation {
  return {
    taskId: task.id,
    episodeId: id,
    kind: task.kind,
    prompt: task.prompt,
    viewport: task.viewport,
    turn,
    turnsLeft: maxTurns - turn,
    ...(task.image ? { image: task.image } : {}),
    ...(feedback ? { feedback } : {}),
  };
}

/**
 * An episode ends when the agent says so, when its turns are used up, or when the machine fails. The reason names
 * what became of the last answer; running out of turns or tokens is a truncation, the rest is a termination.
 */
function endOf(step: {
  action: AgentAction;
  evaluation: Evaluation;
  turn: number;
  maxTurns: number;
}): { reason: EndReason; how: "terminated" | "truncated" } | undefined {
  const { action, evaluation, turn, maxTurns } = step;
  if (evaluation.infrastructureError !== undefined)
    return { reason: "infrastructure_error", how: "truncated" };
  const last = turn + 1 >= maxTurns;
  if (!last && !action.done) return undefined;
  if (action.finishReason === "length") return { reason: "token_limit", how: "truncated" };
  if (evaluation.artifact.status === "refused") return { reason: "invalid_artifact", how: "terminated" };
  if (evaluation.render.status === "failed") return { reason: "render_failed", how: "terminated" };
  if (maxTurns > 1 && last && !action.done) return { reason: "turn_limit", how: "truncated" };
  return { reason: "completed", how: "terminated" };
}
