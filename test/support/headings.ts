import type { ScoringContext } from "../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT } from "../../env/contract/task.js";
import { type Scorer, scored, type Task, type TaskSource, unscored } from "../../env/index.js";

const WORDS = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven"];
const SIZES = { train: 100, validation: 10, test: 20 } as const;
const OFFSETS = { train: 0, validation: 1000, test: 2000 } as const;

/** A tiny task set for tests: "show this word as the heading". */
export const headingTasks: TaskSource = {
  name: "test/Headings-v0",
  size: (split) => SIZES[split],
  at(split, index) {
    if (index < 0 || index >= SIZES[split]) throw new RangeError(`No ${split} task ${index}.`);
    return taskOf(`${split}/${index}`, OFFSETS[split] + index);
  },
  byId(id) {
    const [, split, index] = /^(train|validation|test)\/(\d+)$/.exec(id) ?? [];
    if (!split || Number(index) >= SIZES[split as keyof typeof SIZES]) return undefined;
    return this.at(split as keyof typeof SIZES, Number(index));
  },
};

function taskOf(id: string, n: number): Task {
  const word = `${WORDS[n % WORDS.length]} ${n}`;
  return {
    id,
    kind: "html",
    prompt: `A page whose heading reads "${word}".`,
    viewport: DEFAULT_VIEWPORT,
    reference: { html: headingPage(word) },
    meta: { word },
  };
}

/** A page with one heading. */
export const headingPage = (word: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><h1>${word}</h1></body></html>`;

/** 1 when a visible heading holds the task's word, 0.25 when any heading is there, 0 otherwise. */
export const headingScorer: Scorer = {
  name: "heading",
  needs: new Set(["page"]),
  score: async (contexts) =>
    contexts.map((context) => {
      const total = scored(headingScore(context));
      return { total, parts: { heading: total, extra: unscored("skipped", "Nothing to measure.") } };
    }),
};

function headingScore({ page, task }: ScoringContext): number {
  if (!page) return 0;
  const headings = page.snapshot.elements.filter(({ tag }) => tag === "h1").map(({ index }) => index);
  const texts = page.snapshot.texts
    .filter(({ element }) => headings.includes(element))
    .map(({ text }) => text.trim());
  if (texts.includes(String(task.meta.word))) return 1;
  return texts.length > 0 ? 0.25 : 0;
}
