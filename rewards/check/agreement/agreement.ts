import type { RenderedPage, Renderer } from "../../../env/contract/rendered-page.js";
import type { Scorer } from "../../../env/contract/scoring.js";
import type { Task } from "../../../env/contract/task.js";
import { createEvaluator } from "../../../env/evaluate.js";
import { UsageError } from "../../../infra/errors.js";
import { type Brief, briefOf } from "./brief.js";
import { DESIGNS } from "./designs/index.js";
import { GRADED, GRADES } from "./grades.js";
import { RUINS, type RuinInput } from "./ruins/index.js";
import { SPOILED } from "./spoiled.js";
import { summarize } from "./summarize.js";
import type { AgreementReport, AgreementSample } from "./types.js";

/** Options of the check of agreement. */
export interface AgreementOptions {
  /** At least two tasks with an HTML reference in semantic markup; each costs some 300 renders. */
  readonly tasks: readonly Task[];
  readonly renderer: Renderer;
  /** Least and most the reward can be; default 0 to 1. */
  readonly range?: readonly [least: number, most: number];
  /** How the reward wants a page handed in; default as it is. */
  readonly form?: (html: string) => string;
  /** Called after every scored page. */
  readonly onScored?: () => void;
}

/** How many pages are under way at once; each keeps its picture until it is scored. */
const AT_ONCE = 4;

type Page = Omit<AgreementSample, "task" | "value" | "parts" | "message" | "picture"> & {
  readonly html: string;
};

/**
 * Agreement of a reward with people: what it pays for competent designs of several schools, for pages that nobody could use, for
 * pages of which one part is spoiled, and for damage in five grades. The pages are made from each task's reference.
 *
 * @example
 * const report = await checkAgreement(pagesReward(), { tasks: [source.at("test", 2), source.at("test", 3)], renderer });
 * report.competent?.mean; // what an honest page earns, as a share of the range
 * report.inversions; // how often a page that nobody could use earns as much
 */
export async function checkAgreement(scorer: Scorer, options: AgreementOptions): Promise<AgreementReport> {
  const { tasks, renderer, range = [0, 1], form = (html) => html, onScored } = options;
  if (tasks.length < 2)
    throw new UsageError(
      `Agreement is measured on two tasks or more, since pages of the one are foreign to the other; ${tasks.length} came.`,
    );
  const evaluator = createEvaluator({ renderer, scorer });
  const samples: AgreementSample[] = [];
  for (const [index, task] of tasks.entries()) {
    const pages = await pagesOf(task, tasks[(index + 1) % tasks.length]!, index, tasks, renderer);
    for (let at = 0; at < pages.length; at += AT_ONCE) {
      const chunk = pages.slice(at, at + AT_ONCE);
      samples.push(
        ...(await Promise.all(
          chunk.map(async ({ html, ...page }): Promise<AgreementSample> => {
            const [evaluation] = await evaluator.evaluate(task, [{ text: form(html) }]);
            const { scorecard, page: shown, infrastructureError } = evaluation!;
            const message = infrastructureError ?? scorecard.total.message;
            const { value } = scorecard.total;
            onScored?.();
            return {
              ...page,
              task: task.id,
              value: value === null ? null : (value - range[0]) / (range[1] - range[0]),
              parts: Object.fromEntries(
                Object.entries(scorecard.parts).map(([name, part]) => [name, part.value]),
              ),
              picture: shown?.png ?? null,
              ...(message === undefined ? {} : { message }),
            };
          }),
        )),
      );
    }
  }
  return { reward: scorer.name, tasks: tasks.map(({ id }) => id), ...summarize(samples, tasks), samples };
}

/** Every page of a task: the designs, and the ruins, spoiled parts and grades of the reference and of one design. */
async function pagesOf(
  task: Task,
  other: Task,
  index: number,
  tasks: readonly Task[],
  renderer: Renderer,
): Promise<Page[]> {
  const [own, foreign] = await Promise.all([plainOf(task, renderer), plainOf(other, renderer)]);
  const brief = briefOf(task, own, index);
  const foreignBrief = briefOf(other, foreign, index);
  if (brief === null || foreignBrief === null)
    throw new UsageError(
      `The content of the reference of ${brief === null ? task.id : other.id} cannot be told from its markup, so no other design of it can be made; agreement needs references in semantic HTML (h1, nav, section, article, form, table, figure, details, blockquote, footer).`,
    );
  const rivals = [...new Set(tasks.map(({ meta }) => meta.brand).filter((name) => typeof name === "string"))];
  const input = (html: string, foreignHtml: string): RuinInput => ({
    html,
    foreign: foreignHtml,
    prompt: task.prompt,
    brand: brief.content.brand,
    rivals: [...rivals, ...RIVALS].filter((name) => name !== brief.content.brand).slice(0, 5),
  });
  const names = Object.keys(DESIGNS);
  const chosen = names[index % names.length]!;
  const voiced: Brief = { content: foreignBrief.content, look: brief.look };
  const bases = [
    { base: "reference", made: input(task.reference!.html!, other.reference!.html!) },
    { base: chosen, made: input(DESIGNS[chosen]!(brief), DESIGNS[chosen]!(voiced)) },
  ];
  const none = { family: "", grade: 0 };
  return [
    { base: "reference", group: "competent", ...none, name: "reference", html: task.reference!.html! },
    ...names.map(
      (name): Page => ({
        base: name,
        group: "competent",
        ...none,
        name,
        html: DESIGNS[name]!(briefOf(task, own, index + names.indexOf(name))!),
      }),
    ),
    ...bases.flatMap(({ base, made }): Page[] => [
      ...Object.entries(RUINS).flatMap(([family, { kinds }]) =>
        Object.entries(kinds).flatMap(([name, ruin]): Page[] => {
          const html = ruin(made);
          return html === null ? [] : [{ base, group: "ruined", family, grade: 0, name, html }];
        }),
      ),
      ...Object.entries(SPOILED).flatMap(([name, spoil]): Page[] => {
        const html = spoil(made);
        return html === null ? [] : [{ base, group: "spoiled", ...none, name, html }];
      }),
      ...Object.entries(GRADED).flatMap(([family, damage]) =>
        Array.from(
          { length: GRADES },
          (_, i): Page => ({
            base,
            group: "graded",
            family,
            name: `grade ${i + 1}`,
            grade: i + 1,
            html: damage(made.html, i + 1),
          }),
        ),
      ),
    ]),
  ];
}

/** Brands that stand in where the tasks name too few. */
const RIVALS = ["Vela", "Onda", "Nova", "Juno", "Heron", "Quill"];

/** The page that other designs are made from: the reference, or its outline where it has one. */
async function plainOf(task: Task, renderer: Renderer): Promise<RenderedPage> {
  const html = task.reference?.outline ?? task.reference?.html;
  if (task.kind !== "html" || html === undefined)
    throw new UsageError(
      `Agreement is measured on tasks that ask for HTML and have an HTML reference, but ${task.id} is none.`,
    );
  const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport: task.viewport });
  if (outcome.status !== "rendered")
    throw new UsageError(`The reference of ${task.id} does not render: ${outcome.message}`);
  return outcome.page;
}
