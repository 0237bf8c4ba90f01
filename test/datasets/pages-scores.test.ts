import { expect } from "chai";
import { pagesTaskSource } from "../../datasets/index.js";
import type { Task } from "../../env/contract/task.js";
import { blankPage, corruptedPages, echoPages, hiddenPages, templatePages } from "../fixtures/pages.js";
import { sharedRenderer } from "../support/browser.js";

const source = pagesTaskSource();
const tasks = Array.from({ length: 40 }, (_, index) => source.at("test", index));

/** Scores of the items, 0 to 1. */
async function itemScores(task: Task, html: string): Promise<number[]> {
  const renderer = await sharedRenderer();
  const outcome = await renderer.render({
    artifact: { kind: "html", html },
    viewport: task.viewport,
    probes: task.checklist!.map(({ probe }) => probe!),
    deadline: 15_000,
  });
  if (outcome.status !== "rendered") throw new Error(`${task.id} did not render: ${JSON.stringify(outcome)}`);
  return outcome.page.probes.map(({ score, detail }, index) => {
    if (score === null) throw new Error(`Item ${index} of ${task.id} has no score: ${detail}`);
    return score;
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Points earned of those possible. */
async function fraction(task: Task, html: string): Promise<number> {
  const points = task.checklist!.map(({ maxScore }) => maxScore);
  const earned = (await itemScores(task, html)).reduce(
    (sum, score, index) => sum + score * points[index]!,
    0,
  );
  return earned / points.reduce((sum, value) => sum + value, 0);
}
const all = <T>(work: readonly Promise<T>[]) => Promise.all(work);

describe("scores of webgen/Pages-v0 in a real browser", function () {
  this.timeout(90_000);

  it("the reference has the maximum on each item, on every level", async () => {
    await all(
      tasks.map(async (task) => {
        const scores = await itemScores(task, task.reference!.html!);
        expect(scores, task.id).to.deep.equal(task.checklist!.map(() => 1));
      }),
    );
  });

  it("a blank page has nothing", async () => {
    const scores = await all(tasks.slice(0, 10).map((task) => fraction(task, blankPage)));
    expect(scores).to.deep.equal(new Array(10).fill(0));
  });

  it("the prompt handed back, which names brand and business, stays below 0.22", async () => {
    await all(
      tasks.slice(0, 20).flatMap((task) =>
        echoPages(task).map(async ({ name, html }) => {
          expect(await fraction(task, html), `${task.id} as ${name}`).to.be.below(0.22);
        }),
      ),
    );
  });

  it("a good-looking template that answers no request stays below 0.2, and below 0.08 on average", async () => {
    for (const { name, html } of templatePages) {
      const scores = await all(tasks.slice(0, 20).map((task) => fraction(task, html)));
      expect(Math.max(...scores), name).to.be.below(0.2);
      expect(mean(scores), name).to.be.below(0.08);
    }
  });

  it("content that nobody can see counts for nothing but the document's title", async () => {
    await all(
      [tasks[1]!, tasks[3]!, tasks[4]!].flatMap((task) =>
        hiddenPages(task).map(async ({ name, html }) => {
          expect(await fraction(task, html), `${task.id} with ${name}`).to.be.at.most(0.065);
        }),
      ),
    );
  });

  it("damage lowers the score with every step", async () => {
    await all(
      tasks.slice(5, 15).map(async (task) => {
        const variants = corruptedPages(task);
        const scores = await all(variants.map(({ html }) => fraction(task, html)));
        for (let step = 1; step < scores.length; step++) {
          const what = `${task.id}: ${variants[step]!.name} (${scores.map((score) => score.toFixed(3)).join(", ")})`;
          expect(scores[step], what).to.be.at.most(scores[step - 1]! + 1e-9);
        }
        expect(scores[1], task.id).to.be.below(1);
        expect(scores[2], task.id).to.be.below(scores[1]!);
      }),
    );
  });
});
