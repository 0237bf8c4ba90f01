import { InfrastructureError, messageOf } from "../infra/errors.js";
import { extractionsNamed, OWN_RULES } from "./artifact/extraction.js";
import { readApart } from "./artifact/index.js";
import type { ArtifactOutcome } from "./contract/artifact.js";
import type { Completion } from "./contract/completion.js";
import type { Probe } from "./contract/probe.js";
import type { PagePicture, RenderedPage, Renderer, RenderOutcome } from "./contract/rendered-page.js";
import { type Scorecard, type Scorer, type ScoringContext, unscored } from "./contract/scoring.js";
import type { Task } from "./contract/task.js";
import { looksFor } from "./looks.js";
import { referenceAnswer } from "./reference.js";
import { pagePicture } from "./render/picture.js";

/** Everything that became of one answer. */
export interface Evaluation {
  readonly completion: Completion;
  readonly artifact: ArtifactOutcome;
  readonly render: RenderOutcome;
  readonly page: RenderedPage | null;
  readonly scorecard: Scorecard;
  /** Set when the machine, not the answer, was at fault. */
  readonly infrastructureError?: string;
  /** Times that it was rendered again since its browser, or its own process, ended under it; absent when there was none. */
  readonly retries?: number;
  /** Wall time from text to score in ms. */
  readonly milliseconds: number;
}

/** Options of an evaluator: what renders, what scores, and how answers are read. */
export interface EvaluatorOptions {
  readonly renderer: Renderer;
  readonly scorer: Scorer;
  /** Name of the rules that take the artifact out of an answer, default `webgen`; see `listExtractions`. */
  readonly extraction?: string;
  /** Rendered references kept in memory, default 256. */
  readonly referenceCacheSize?: number;
}

/**
 * Turns answers into evaluations: artifact, render, score. All completions of one call answer the same task. One with a
 * `failure` is neither rendered nor scored.
 */
export interface Evaluator {
  readonly renderer: Renderer;
  readonly scorer: Scorer;
  /** Renders and scores completions of one task; the outcomes stand in the order of the completions. */
  evaluate(task: Task, completions: readonly Completion[]): Promise<Evaluation[]>;
  /**
   * Whether this evaluator made `evaluation` for this task and would make the same of its completion alone, so that an
   * environment need not render and score it again. Default: never.
   */
  vouches?(task: Task, evaluation: Evaluation): boolean;
}

/**
 * Creates an evaluator. One render feeds every reward; the reference of a task is rendered once, and only when a
 * reward needs it. Never rejects for what an answer or a plugin does. Throws a UsageError for unknown extraction rules.
 */
export function createEvaluator({
  renderer,
  scorer,
  extraction = OWN_RULES,
  referenceCacheSize = 256,
}: EvaluatorOptions): Evaluator {
  extractionsNamed(extraction);
  const references = new Map<string, Promise<ReferenceViews>>();
  /** The task of each evaluation that does not hang on the other answers of its call. */
  const independent = new WeakMap<Evaluation, Task>();

  function referenceOf(task: Task): Promise<ReferenceViews> {
    const known = references.get(task.id);
    if (known) return known;
    const views = viewReference(task, renderer, scorer.needs.has("alternatives"));
    views.catch(() => references.delete(task.id));
    references.set(task.id, views);
    if (references.size > referenceCacheSize) references.delete(references.keys().next().value as string);
    return views;
  }

  async function renderAnswer(
    task: Task,
    artifact: ArtifactOutcome,
    onRetry: () => void,
  ): Promise<RenderOutcome> {
    if (artifact.status === "refused") return { status: "skipped", message: artifact.refusal.message };
    const checks = scorer.needs.has("probes")
      ? (task.checklist ?? []).flatMap((item) => item.probe ?? [])
      : [];
    const probes: Probe[] = [
      ...checks,
      ...(scorer.needs.has("reading") ? [{ kind: "legibility" as const }] : []),
      ...(scorer.needs.has("accessibility") ? [{ kind: "axe" as const }] : []),
    ];
    const { viewport, siteProbes } = task;
    const visits = siteProbes && scorer.needs.has("probes") ? { siteProbes } : {};
    const looks = looksFor(scorer.needs);
    return renderer.render({ artifact: artifact.artifact, viewport, probes, ...visits, ...looks, onRetry });
  }

  async function evaluate(task: Task, completions: readonly Completion[]): Promise<Evaluation[]> {
    const started = performance.now();
    const isViewed = scorer.needs.has("reference") || scorer.needs.has("alternatives");
    const viewing = settle(isViewed ? referenceOf(task) : Promise.resolve(NO_REFERENCE));
    const answers = await Promise.all(
      completions.map(async (completion) => {
        const read = await settle(readApart(task.kind, completion.text, { extraction }));
        const artifact = read.value ?? unread(task, read.error);
        const problem = completion.failure ?? read.error;
        let retries = 0;
        const rendering = () => settle(renderAnswer(task, artifact, () => retries++));
        const { value: render, error: failure }: Settled<RenderOutcome> =
          problem === undefined ? await rendering() : { error: problem };
        return { completion, artifact, render, failure, retries, milliseconds: performance.now() - started };
      }),
    );
    const { value: reference = NO_REFERENCE, error: referenceFailure } = await viewing;
    const contexts = answers.map(({ completion, artifact, render }): ScoringContext | undefined => {
      if (render === undefined) return undefined;
      const page = render.status === "rendered" ? render.page : null;
      return {
        ...{ task, completion, artifact, render, page, ...reference },
        ...(referenceFailure === undefined ? {} : { referenceFailure }),
      };
    });
    const scoringStarted = performance.now();
    const scorecards = await scoreAll(contexts);
    const scoring = performance.now() - scoringStarted;
    const evaluations = answers.map(
      ({ completion, artifact, render, failure, retries, milliseconds }, i): Evaluation => {
        const scorecard = scorecards[i] ?? unmeasured(failure);
        const fault = failure ?? (scorecard.total.value === null ? referenceFailure : undefined);
        return {
          completion,
          artifact,
          render: render ?? { status: "skipped", message: failure ?? "" },
          page: render?.status === "rendered" ? render.page : null,
          scorecard,
          milliseconds: milliseconds + scoring,
          ...(fault === undefined ? {} : { infrastructureError: fault }),
          ...(retries === 0 ? {} : { retries }),
        };
      },
    );
    if (!scorer.comparesAnswers || evaluations.length === 1)
      for (const evaluation of evaluations) independent.set(evaluation, task);
    return evaluations;
  }

  /** One scorecard for each context, in order; nobody is asked about an answer that the machine could not render. */
  async function scoreAll(contexts: readonly (ScoringContext | undefined)[]) {
    const measurable = contexts.filter((context) => context !== undefined);
    const scorecards = measurable.length > 0 ? await scorer.score(measurable) : [];
    let next = 0;
    return contexts.map((context) => (context ? scorecards[next++] : undefined));
  }

  return {
    renderer,
    scorer,
    evaluate,
    vouches: (task, evaluation) => independent.get(evaluation)?.id === task.id,
  };
}

/** Stands for an answer that the machine could not read. */
function unread({ kind }: Task, message = ""): ArtifactOutcome {
  return { status: "refused", kind, refusal: { reason: "too_complex", message } };
}

/** The reference of a task as rewards see it. */
type ReferenceViews = Pick<ScoringContext, "reference" | "referencePicture" | "alternatives">;

const NO_REFERENCE: ReferenceViews = { reference: null, referencePicture: null };

/** Renders the reference of a task, with its alternatives where they are wanted, or reads its picture where there is no source. */
async function viewReference(
  task: Task,
  renderer: Renderer,
  withAlternatives: boolean,
): Promise<ReferenceViews> {
  const source = referenceAnswer(task);
  if (source === undefined) return { reference: null, referencePicture: await referencePicture(task) };
  const others = withAlternatives && task.kind === "html" ? (task.reference?.alternatives ?? []) : [];
  const [reference, ...alternatives] = await Promise.all(
    [source, ...others].map((each) => renderReference(task, each, renderer)),
  );
  return {
    reference: reference!,
    referencePicture: reference!,
    ...(alternatives.length > 0 ? { alternatives } : {}),
  };
}

async function renderReference(task: Task, source: string, renderer: Renderer): Promise<RenderedPage> {
  const artifact = await readApart(task.kind, source);
  if (artifact.status === "refused")
    throw new InfrastructureError(
      `The reference of task ${task.id} is not a page: ${artifact.refusal.message}`,
    );
  const outcome = await renderer.render({ artifact: artifact.artifact, viewport: task.viewport });
  if (outcome.status === "rendered") return outcome.page;
  throw new InfrastructureError(`The reference of task ${task.id} did not render: ${outcome.message}`);
}

async function referencePicture({ id, reference, image }: Task): Promise<PagePicture | null> {
  const bytes = reference?.screenshot ?? image;
  return bytes === undefined ? null : pagePicture(bytes, `The reference of task ${id}`);
}

function unmeasured(message = "The machine gave no reason."): Scorecard {
  return { total: unscored("failed", message), parts: {} };
}

interface Settled<T> {
  readonly value?: T;
  readonly error?: string;
}

async function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
