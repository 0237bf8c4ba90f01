import type { Renderer } from "../../env/contract/rendered-page.js";
import type { Scorer } from "../../env/contract/scoring.js";
import type { Task } from "../../env/contract/task.js";
import { createEvaluator, type Evaluation, type Evaluator } from "../../env/evaluate.js";
import { type CheatInput, cheatPages } from "./cheats/index.js";
import { corruptedPages } from "./corruptions.js";
import { BLANK_PAGE, colourPages, echoPages, noPages, templatePages } from "./generic-pages.js";
import type { RuleId } from "./rules.js";
import type { CheckThresholds, Sample, ScoredSample } from "./types.js";

/** One task with every answer to it. */
export interface ScoredTask {
  readonly task: Task;
  readonly blank: number | null;
  readonly reference: number | null;
  readonly samples: readonly ScoredSample[];
  /** Rules this task cannot test, with the reason. */
  readonly skipped: readonly { readonly rule: RuleId; readonly reason: string }[];
  /** Per part of the reference's scorecard without a score, why. */
  readonly missing: Readonly<Record<string, string>>;
  /** Largest difference between scores of equal answers, and which answer it was. */
  readonly wobble: { readonly difference: number; readonly name: string; readonly how: string };
}

export interface ScoreOptions {
  readonly scorer: Scorer;
  readonly renderer: Renderer;
  readonly range: readonly [number, number];
  readonly thresholds: CheckThresholds;
  /** How the reward wants a page handed in, e.g. in a fence. */
  readonly form: (html: string) => string;
  readonly onScored?: () => void;
}

/** Share of the range that must lie between the blank page and the reference for anything to be measured along it. */
const LEAST_WAY = 0.05;

/** How many answers are under way at once; each keeps its picture until it is scored. */
const AT_ONCE = 4;

/** Scores the reference, the generic pages, the cheats and the damaged pages of one task. */
export async function scoreTask(task: Task, options: ScoreOptions): Promise<ScoredTask> {
  const { scorer, renderer, range, form } = options;
  const evaluator = createEvaluator({ renderer, scorer });
  const { samples, skipped } = await samplesOf(task, renderer);
  const scored: Omit<ScoredSample, "relative">[] = [];
  let missing: Record<string, string> = {};
  for (let at = 0; at < samples.length; at += AT_ONCE) {
    const chunk = samples.slice(at, at + AT_ONCE);
    const results = await Promise.all(chunk.map((sample) => evaluateOne(evaluator, task, sample, form)));
    for (const [i, evaluation] of results.entries()) {
      const sample = chunk[i] as Sample;
      if (sample.rule === "reference-top") missing = missingParts(evaluation);
      scored.push(toScored(task, sample, evaluation));
      options.onScored?.();
    }
  }
  const firstOf = (rule: RuleId) => scored.find((sample) => sample.rule === rule)?.value ?? null;
  const [blank, reference] = [firstOf("blank-floor"), firstOf("reference-top")];
  const way = blank === null || reference === null ? 0 : reference - blank;
  const measurable = way > LEAST_WAY * (range[1] - range[0]);
  return {
    task,
    blank,
    reference,
    skipped,
    missing,
    samples: scored.map((sample) => ({
      ...sample,
      relative: measurable && sample.value !== null ? (sample.value - (blank as number)) / way : null,
    })),
    wobble: await wobbleOf(evaluator, task, samples, scored, form),
  };
}

async function samplesOf(
  task: Task,
  renderer: Renderer,
): Promise<Pick<ScoredTask, "skipped"> & { samples: Sample[] }> {
  const generic: Sample[] = [
    { rule: "blank-floor", name: "blank", text: BLANK_PAGE },
    ...noPages(),
    ...echoPages(task),
    ...templatePages(),
  ];
  const html = task.reference?.html;
  const input = html === undefined ? null : await inputOf(task, html, renderer);
  if (input === null) return { samples: [...generic, ...colourPages(null)], skipped: [] };
  const cheats = await cheatPages(input);
  return {
    samples: [
      { rule: "reference-top", name: "reference", text: input.html },
      ...generic,
      ...colourPages(await mainColour(input)),
      ...cheats.samples,
      ...corruptedPages(input.html),
    ],
    skipped: cheats.skipped,
  };
}

async function inputOf(task: Task, html: string, renderer: Renderer): Promise<CheatInput | null> {
  const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport: task.viewport });
  return outcome.status === "rendered" ? { task, html, page: outcome.page } : null;
}

/** The most frequent colour of the reference's picture. */
async function mainColour({ page }: CheatInput): Promise<string> {
  const { data } = await page.pixels();
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 64) {
    const colour = `rgb(${data[at]},${data[at + 1]},${data[at + 2]})`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

async function evaluateOne(
  evaluator: Evaluator,
  task: Task,
  { text }: Sample,
  form: ScoreOptions["form"],
): Promise<Evaluation> {
  const [evaluation] = await evaluator.evaluate(task, [{ text: handedIn(text, form) }]);
  return evaluation as Evaluation;
}

/** An answer that is no page stays what it is. */
const handedIn = (text: string, form: ScoreOptions["form"]) =>
  text.includes("<") && !text.includes("```") ? form(text) : text;

function toScored(task: Task, sample: Sample, evaluation: Evaluation): Omit<ScoredSample, "relative"> {
  const { scorecard, page, infrastructureError } = evaluation;
  const message = infrastructureError ?? scorecard.total.message;
  return {
    ...sample,
    task: task.id,
    value: scorecard.total.value,
    parts: Object.fromEntries(Object.entries(scorecard.parts).map(([name, { value }]) => [name, value])),
    picture: page?.png ?? null,
    ...(message === undefined ? {} : { message }),
  };
}

function missingParts({ scorecard }: Evaluation): Record<string, string> {
  return Object.fromEntries(
    Object.entries(scorecard.parts).flatMap(([part, { value, message }]) =>
      value === null ? [[part, message ?? "No reason was given."]] : [],
    ),
  );
}

/** Scores some answers again: one after the other in reverse, then all at once as a group. */
async function wobbleOf(
  evaluator: Evaluator,
  task: Task,
  samples: readonly Sample[],
  scored: readonly Pick<ScoredSample, "value">[],
  form: ScoreOptions["form"],
): Promise<ScoredTask["wobble"]> {
  const chosen = samples
    .map((sample, i) => ({ sample, first: scored[i]?.value ?? null }))
    .filter(
      ({ sample: { rule, name, strength } }) =>
        rule === "reference-top" ||
        rule === "template-floor" ||
        name === "list" ||
        (strength === 3 && rule === "damage-drop"),
    );
  let worst = { difference: 0, name: "", how: "" };
  const compare = (name: string, how: string, first: number | null, again: number | null) => {
    const difference = first === again ? 0 : Math.abs((first ?? Number.NaN) - (again ?? Number.NaN));
    if (Number.isNaN(difference) || difference > worst.difference)
      worst = { difference: Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference, name, how };
  };
  for (const { sample, first } of [...chosen].reverse()) {
    const { scorecard } = await evaluateOne(evaluator, task, sample, form);
    compare(sample.name, "alone, in another order", first, scorecard.total.value);
  }
  const together = await evaluator.evaluate(
    task,
    chosen.map(({ sample }) => ({ text: handedIn(sample.text, form) })),
  );
  for (const [i, { sample, first }] of chosen.entries())
    compare(sample.name, "all at once", first, together[i]?.scorecard.total.value ?? null);
  return worst;
}
