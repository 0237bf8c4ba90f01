import type { RenderedPage, Renderer } from "../../../env/contract/rendered-page.js";
import type { Scorer } from "../../../env/contract/scoring.js";
import type { Task } from "../../../env/contract/task.js";
import { createEvaluator, type Evaluator } from "../../../env/evaluate.js";
import { UsageError } from "../../../infra/errors.js";
import { createRandom, type RandomStream } from "../../../infra/random.js";
import { drawEdit, type Edit, edited } from "./edits.js";
import { READING_CSS, readableWords, readingShare } from "./reading.js";

export interface AttackOptions {
  /** Tasks with an HTML reference, which is the page that is attacked. */
  readonly tasks: readonly Task[];
  readonly renderer: Renderer;
  /** Pages that are tried at most, over all tasks; default 600. */
  readonly budget?: number;
  /** Called before every page with how many were tried; true ends the search. */
  readonly stop?: (tried: number) => boolean;
  /** Default 0. */
  readonly seed?: number;
  readonly range?: readonly [least: number, most: number];
  readonly form?: (html: string) => string;
}

/** A page that is paid for what a person no longer reads. */
export interface Exploit {
  readonly task: string;
  readonly edits: readonly string[];
  readonly families: readonly string[];
  readonly html: string;
  /** Shares of the reward's range: what the page earns, and what the page it was made of earned. */
  readonly reward: number;
  readonly before: number;
  /** Share of the words of the page it was made of that a person reads, 0 to 1. */
  readonly reading: number;
  readonly parts: Readonly<Record<string, number | null>>;
  readonly picture: Uint8Array;
}

export interface AttackReport {
  readonly reward: string;
  readonly tried: number;
  /** Pages that had no score or did not render. */
  readonly unscored: number;
  /** Dearest first; of pages made by the same kinds of edits the dearest one. */
  readonly exploits: readonly Exploit[];
}

/** A page counts as an exploit when a person reads at most this share of it ... */
export const READ_AT_MOST = 0.25;
/** ... and it keeps at least this share of what the whole page earned. */
export const KEPT_AT_LEAST = 0.5;

/** Pages from which the search goes on. */
const SURVIVORS = 6;
/** Pages that are tried at once. */
const AT_ONCE = 4;
const MOST_EDITS = 4;

interface Tried {
  readonly edits: readonly Edit[];
  readonly gap: number;
}

/** A page worth less than this much more than one with fewer of its edits is the same exploit. */
const SAME = 0.05;

/**
 * Searches a reward for exploits: edits of good pages, alone and composed, that keep what a page earns while a person can no longer read it.
 * An evolutionary best-of-N: the widest gaps between reward and reading are edited further, and of every exploit it is tried which of its
 * edits it can do without. Equal seeds and budgets try equal pages.
 *
 * @example
 * const { exploits } = await attackReward(pagesReward(), { tasks: [source.at("test", 4)], renderer, budget: 200 });
 * exploits[0]?.edits; // what was done to the page that is paid most for the least
 */
export async function attackReward(scorer: Scorer, options: AttackOptions): Promise<AttackReport> {
  const { tasks, renderer, budget = 600, seed = 0, stop = () => false } = options;
  const evaluator = createEvaluator({ renderer, scorer });
  const exploits: Exploit[] = [];
  let [tried, unscored] = [0, 0];
  const share = Math.ceil(budget / Math.max(1, tasks.length));
  for (const task of tasks) {
    const html = task.reference?.html;
    if (task.kind !== "html" || html === undefined)
      throw new UsageError(
        `An attack starts from a task's HTML reference, but ${task.id} has none; choose other tasks.`,
      );
    const random = createRandom(seed).stream(`attack/${task.id}`);
    const whole = await tryPage(task, html, evaluator, options);
    if (whole === null)
      throw new UsageError(`The reference of ${task.id} has no score, so nothing can be held against it.`);
    let survivors: Tried[] = [];
    let simpler: Edit[][] = [];
    for (let spent = 0; spent < share && !stop(tried); spent += AT_ONCE) {
      const drawn = Array.from(
        { length: AT_ONCE },
        () => simpler.pop() ?? nextEdits(survivors, random, task.prompt),
      );
      const results = await Promise.all(
        drawn.map((edits) => tryPage(task, edited(html, edits), evaluator, options)),
      );
      tried += drawn.length;
      for (const [i, result] of results.entries()) {
        const edits = drawn[i]!;
        if (result === null) {
          unscored++;
          continue;
        }
        const reading = readingShare(result.words, whole.words);
        survivors.push({ edits, gap: result.reward - reading });
        if (reading > READ_AT_MOST || result.reward < KEPT_AT_LEAST * whole.reward) continue;
        if (!exploits.some((known) => known.task === task.id && isSimpler(known, edits, result.reward)))
          simpler = [...without(edits), ...simpler];
        exploits.push({
          task: task.id,
          edits: edits.map(({ name }) => name),
          families: edits.map(({ family }) => family),
          html: edited(html, edits),
          reward: result.reward,
          before: whole.reward,
          reading,
          parts: result.parts,
          picture: result.page.png,
        });
      }
      survivors = survivors.sort((a, b) => b.gap - a.gap).slice(0, SURVIVORS);
    }
  }
  return { reward: scorer.name, tried, unscored, exploits: distinct(exploits) };
}

/** The lists that lack one of these edits; none of a single edit. */
function without(edits: readonly Edit[]): Edit[][] {
  return edits.length < 2 ? [] : edits.map((_, i) => edits.filter((_, j) => j !== i));
}

/** Whether an exploit gets by with fewer of these edits, for about the same. */
function isSimpler(
  known: Pick<Exploit, "edits" | "reward">,
  edits: readonly Edit[],
  reward: number,
): boolean {
  const names = edits.map(({ name }) => name);
  return (
    known.edits.length < names.length &&
    known.edits.every((name) => names.includes(name)) &&
    known.reward > reward - SAME
  );
}

/** A fresh page half of the time, else a survivor with one edit more or one edit changed. */
function nextEdits(survivors: readonly Tried[], random: RandomStream, prompt: string): Edit[] {
  const fresh = () => drawEdit(random, prompt);
  if (survivors.length === 0 || random.next() < 0.5)
    return Array.from({ length: random.integer(1, 3) }, fresh);
  const { edits } = random.pick(survivors);
  if (edits.length < MOST_EDITS && random.next() < 0.6) return [...edits, fresh()];
  const at = random.integer(0, edits.length);
  return edits.map((edit, i) => (i === at ? fresh() : edit));
}

interface PageResult {
  readonly reward: number;
  readonly words: readonly string[];
  readonly parts: Readonly<Record<string, number | null>>;
  readonly page: RenderedPage;
}

async function tryPage(
  task: Task,
  html: string,
  evaluator: Evaluator,
  { renderer, range = [0, 1], form = (page) => page }: AttackOptions,
): Promise<PageResult | null> {
  const [evaluations, plain] = await Promise.all([
    evaluator.evaluate(task, [{ text: form(html) }]),
    renderer.render({ artifact: { kind: "html", html }, viewport: task.viewport, plainCss: READING_CSS }),
  ]);
  const { scorecard } = evaluations[0]!;
  const { value } = scorecard.total;
  if (value === null || plain.status !== "rendered") return null;
  return {
    reward: (value - range[0]) / (range[1] - range[0]),
    words: await readableWords(plain.page),
    parts: Object.fromEntries(Object.entries(scorecard.parts).map(([name, part]) => [name, part.value])),
    page: plain.page,
  };
}

/**
 * The dearest exploit of every kind. Pages that differ only in numbers and in what is restyled are of one kind, and one that adds edits to
 * another for about the same reward is none of its own.
 */
function distinct(exploits: readonly Exploit[]): Exploit[] {
  const best = new Map<string, { readonly kinds: ReadonlySet<string>; readonly exploit: Exploit }>();
  for (const exploit of exploits) {
    const kinds = new Set(
      exploit.edits.map((name) => name.replace(/^[^{]*(?=\{)/, "").replace(/-?[\d.]+/g, "#")),
    );
    const key = [...kinds].sort().join(" + ");
    const known = best.get(key);
    if (!known || exploit.reward > known.exploit.reward) best.set(key, { kinds, exploit });
  }
  const all = [...best.values()];
  return all
    .filter(
      ({ kinds, exploit }) =>
        !all.some(
          (other) =>
            other.kinds.size < kinds.size &&
            [...other.kinds].every((kind) => kinds.has(kind)) &&
            other.exploit.reward > exploit.reward - SAME,
        ),
    )
    .map(({ exploit }) => exploit)
    .sort((a, b) => b.reward - a.reward);
}
