import type { Renderer } from "../env/contract/rendered-page.js";
import type { Score, Scorecard, Scorer } from "../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type Task } from "../env/contract/task.js";
import { composeReward } from "./compose.js";
import type { AnyReward } from "./reward.js";

/** Options of {@link scoreHtml} and its like. */
export interface ScoreHtmlOptions {
  /** Parts of the task the pages answer; default an html task of 800 x 600 without checklist. */
  readonly task?: Partial<Task>;
  /** HTML of a known good answer; short for `task.reference`. */
  readonly reference?: string;
  /** Default: one Chromium for the whole process, closed when it was not used for a second. */
  readonly renderer?: Renderer;
}

/**
 * Renders one page in a real Chromium and asks one reward about it: the way to unit-test a plugin.
 *
 * @example
 * const score = await scoreHtml(readable, "<!DOCTYPE html><html><body><p>Hello</p></body></html>");
 */
export async function scoreHtml(
  reward: AnyReward,
  html: string,
  options: ScoreHtmlOptions = {},
): Promise<Score> {
  const [score] = await scoreGroup(reward, [html], options);
  return score as Score;
}

/** The same for several answers to one task, for a reward that compares them. */
export async function scoreGroup(
  reward: AnyReward,
  pages: readonly string[],
  options: ScoreHtmlOptions = {},
): Promise<Score[]> {
  const scorer = composeReward({ formula: "it", parts: { it: reward }, onNull: "fail" });
  return (await scorePages(scorer, pages, options)).map(({ parts }) => parts.it as Score);
}

/** Renders pages that answer one task and scores them with a composition: totals and parts. */
export async function scorePages(
  scorer: Scorer,
  pages: readonly string[],
  { task = {}, reference, renderer }: ScoreHtmlOptions = {},
): Promise<Scorecard[]> {
  const { createEvaluator } = await import("../env/evaluate.js");
  const complete: Task = {
    id: `test/${nextTask++}`,
    kind: "html",
    prompt: "",
    viewport: DEFAULT_VIEWPORT,
    meta: {},
    ...(reference === undefined ? {} : { reference: { html: reference } }),
    ...task,
  };
  return withRenderer(renderer, async (using) => {
    const evaluator = createEvaluator({ renderer: using, scorer });
    const completions = pages.map((text) => ({ text }));
    return (await evaluator.evaluate(complete, completions)).map(({ scorecard }) => scorecard);
  });
}

let nextTask = 0;

const IDLE = 1000;
let shared: Promise<Renderer> | undefined;
let users = 0;
let idle: NodeJS.Timeout | undefined;

async function withRenderer<T>(
  given: Renderer | undefined,
  use: (renderer: Renderer) => Promise<T>,
): Promise<T> {
  if (given) return use(given);
  clearTimeout(idle);
  users++;
  try {
    shared ??= import("../env/render/index.js").then(({ createRenderer }) => createRenderer());
    return await use(await shared);
  } finally {
    users--;
    if (users === 0) idle = setTimeout(closeShared, IDLE);
  }
}

async function closeShared(): Promise<void> {
  const renderer = shared;
  shared = undefined;
  await (await renderer?.catch(() => undefined))?.close();
}
