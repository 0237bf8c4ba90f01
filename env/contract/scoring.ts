import type { JsonValue } from "../../infra/json.js";
import type { ArtifactOutcome } from "./artifact.js";
import type { Completion } from "./completion.js";
import type { PagePicture, RenderedPage, RenderOutcome } from "./rendered-page.js";
import type { Task } from "./task.js";

/**
 * - `ok`: measured; `value` is a finite number.
 * - `failed`: could not be measured (a judge was down, the plugin threw, its deadline passed); `value` is null.
 * - `skipped`: does not apply to this task (no reference, no checklist); `value` is null.
 */
export type ScoreStatus = "ok" | "failed" | "skipped";

/** One measurement. A score that could not be taken is null, never 0. */
export interface Score {
  readonly value: number | null;
  readonly status: ScoreStatus;
  /** Whatever shows how the value came about: counts, matched pairs, failed checks. */
  readonly evidence?: JsonValue;
  /** One sentence for a person. */
  readonly message?: string;
  /** Facts that the answer was asked for: by their kind, whether all of the kind are right. Reported beside the value. */
  readonly facts?: Facts;
}

/** Kinds of facts a task asks for, e.g. `brand` or `navigation`, each with whether the answer has them right. */
export type Facts = Readonly<Record<string, boolean>>;

/** A measured score. */
export function scored(value: number, evidence?: JsonValue): Score {
  return { value, status: "ok", ...(evidence === undefined ? {} : { evidence }) };
}

/** A score that could not be taken, with the reason. */
export function unscored(status: "failed" | "skipped", message: string): Score {
  return { value: null, status, message };
}

/**
 * What a reward wants the environment to have ready. Each thing is made once, however many rewards ask for it.
 * `accessibility` is an audit by axe-core; its result is the last of `page.probes`, after those of the checklist.
 * `legibility` is the page once more with nothing in the way of its letters, as `page.plain`, and `motion` the page a little
 * later, as `page.later`. `alternatives` are the other good answers of the task beside `reference`. `reading` is how much of the page's text can be read, as the result of a `legibility` probe.
 */
export type Need =
  | "page"
  | "probes"
  | "reference"
  | "alternatives"
  | "accessibility"
  | "legibility"
  | "motion"
  | "reading";

/** Everything the environment knows of one answer. */
export interface ScoringContext {
  readonly task: Task;
  readonly completion: Completion;
  readonly artifact: ArtifactOutcome;
  readonly render: RenderOutcome;
  /** The rendered answer; null when the artifact was refused or the render failed. */
  readonly page: RenderedPage | null;
  /** The rendered reference; null when the task has none that is markup, or no reward needs it. */
  readonly reference: RenderedPage | null;
  /** The other good answers of the task, rendered; none when it has none, or no reward needs `alternatives`. */
  readonly alternatives?: readonly RenderedPage[];
  /**
   * What the answer should look like: the picture of `reference`, else the reference's screenshot, else the image that the task
   * shows; null when there is none of them, or no reward needs a reference.
   */
  readonly referencePicture: PagePicture | null;
  /** Why the task's reference could not be had, in one sentence. Rewards that need a reference fail then, the others do not. */
  readonly referenceFailure?: string;
  /** Aborted when the caller no longer waits. */
  readonly signal?: AbortSignal;
}

/** Everything a reward may look at. */
export interface RewardContext extends ScoringContext {
  /** Aborted when the part's deadline passes. */
  readonly signal: AbortSignal;
}

/** The outcome of one answer: the total and the parts it was composed of. */
export interface Scorecard {
  readonly total: Score;
  readonly parts: Readonly<Record<string, Score>>;
}

/** Facts of an answer over all parts of its scorecard; where several parts declare a kind, all must find it right. */
export function factsOf({ total, parts }: Scorecard): Facts {
  const facts: Record<string, boolean> = {};
  for (const score of [total, ...Object.values(parts)])
    for (const [kind, right] of Object.entries(score.facts ?? {}))
      facts[kind] = right && facts[kind] !== false;
  return facts;
}

/**
 * What the environment asks for a verdict. `rewards/` composes one from plugins; anything of this shape will do.
 * All contexts of one call answer the same task (a group), so a scorer may compare them with one another.
 */
export interface Scorer {
  readonly name: string;
  readonly needs: ReadonlySet<Need>;
  /** Whether a score may depend on the other contexts of the call (a tournament), default false. */
  readonly comparesAnswers?: boolean;
  /** One scorecard per context, in order. Never rejects for what a plugin does: that becomes a failed part. */
  score(contexts: readonly ScoringContext[]): Promise<Scorecard[]>;
}
