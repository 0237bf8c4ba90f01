import { expect } from "chai";
import { pagesTaskSource } from "../../datasets/index.js";
import type { Scorecard } from "../../env/contract/scoring.js";
import type { Task } from "../../env/contract/task.js";
import { pagesReward, scorePages } from "../../rewards/index.js";
import {
  blankPage,
  corruptedPages,
  echoPages,
  hiddenPages,
  templatePages,
  type Variant,
} from "../fixtures/pages.js";
import { sharedRenderer } from "../support/browser.js";
import { CORRUPTIONS } from "./corrupt.js";

const tasks = pagesTaskSource();
const scorer = pagesReward();
const task = (index: number): Task => tasks.at("validation", index);
const html = (index: number): string => task(index).reference!.html!;

/** Totals and parts of answers to a task; throws where a total could not be taken. */
async function score(answered: Task, pages: readonly string[]): Promise<Scorecard[]> {
  const cards = await scorePages(scorer, pages, { task: answered, renderer: await sharedRenderer() });
  for (const { total } of cards) if (total.value === null) throw new Error(total.message);
  return cards;
}

async function expectAtMost(limit: number, answered: Task, variants: readonly Variant[]): Promise<void> {
  const cards = await score(
    answered,
    variants.map((variant) => variant.html),
  );
  for (const [v, { total, parts }] of cards.entries()) {
    const found = Object.entries(parts).map(([part, { value }]) => `${part} ${value?.toFixed(3)}`);
    expect(total.value, `${variants[v]!.name} for ${answered.id}: ${found.join(", ")}`).to.be.at.most(limit);
  }
}

describe("the reward of webgen/Pages-v0", function () {
  this.timeout(120_000);

  it("is 1 for the reference", async () => {
    for (let index = 0; index < 10; index++) {
      const [card] = await score(task(index), [html(index)]);
      expect(card!.total.value, JSON.stringify(card!.parts)).to.be.within(0.999, 1.0000001);
    }
  });

  it("is 0 for a blank page, for one colour, and for no page", async () => {
    const colour =
      '<!DOCTYPE html><html><body style="margin:0;height:600px;background:#2563eb"></body></html>';
    const cards = await score(task(0), [blankPage, colour, "I cannot do that."]);
    expect(cards.map(({ total }) => total.value)).to.deep.equal([0, 0, 0]);
  });

  it("is at most 0.25 for templates and for the prompt echoed", async () => {
    for (const index of [0, 1, 2, 3, 4, 5])
      await expectAtMost(0.25, task(index), [...templatePages, ...echoPages(task(index))]);
  });

  it("is at most 0.25 for content that only machines see", async () => {
    await expectAtMost(0.25, task(3), hiddenPages(task(3)));
  });

  it("is at most 0.45 for a page that names every brand, and full for one that names two others", async () => {
    const { brand } = task(4).meta as { brand: string };
    const named = (...names: string[]) =>
      html(4)
        .replaceAll(`>${brand}<`, `>${[brand, ...names].join(" ")}<`)
        .replace(/<h1([^>]*)>/, `<h1$1>${names.join(" ")} `);
    await expectAtMost(0.45, task(4), [
      { name: "five brands", html: named("Vela", "Onda", "Juno", "Heron", "Quill") },
    ]);
    const [card] = await score(task(4), [html(4).replace("</footer>", "<p>Vela and Onda</p></footer>")]);
    expect(card!.parts.names!.value).to.equal(1);
  });

  it("loses with every number of a table, half of what it says, at least half of a part's share", async () => {
    const wrong = html(19).replace(/<td>(\d+) to (\d+)/g, "<td>2$1 to 3$2");
    expect(wrong).to.not.equal(html(19));
    const [card] = await score(task(19), [wrong]);
    const sections = html(19).match(/<section/g)!.length;
    expect(card!.total.value).to.be.at.most(1 - 0.35 / (sections + 4));
  });

  it("is at most 0.45 for a page that says everything five times, and full where two cards say the same", async () => {
    const main = /<main[\s\S]*<\/main>/.exec(html(2))![0];
    const again = html(2).replace(main, () => Array(5).fill(main).join("\n"));
    await expectAtMost(0.45, task(2), [{ name: "five times over", html: again }]);
    const [card] = await score(task(2), [
      html(2).replace("</main>", `${"<p>Included in every plan</p>".repeat(2)}</main>`),
    ]);
    expect(card!.parts.padding!.value).to.equal(1);
  });

  it("is low for the right page of another task", async () => {
    const pages = [0, 1, 2, 3, 4, 5].map((index) => ({ name: task(index).id, html: html(index) }));
    await expectAtMost(0.5, task(6), pages);
  });

  it("does not rise from one step of damage to the next", async () => {
    for (const index of [1, 4]) {
      const variants = corruptedPages(task(index));
      const totals = (
        await score(
          task(index),
          variants.map((variant) => variant.html),
        )
      ).map(({ total }) => total.value!);
      for (let v = 1; v < totals.length; v++)
        expect(totals[v], `${variants[v]!.name}: ${totals.join(" ")}`).to.be.at.most(totals[v - 1]! + 1e-9);
    }
  });

  for (const [name, corrupt] of Object.entries(CORRUPTIONS)) {
    it(`falls as pages are made worse: ${name}`, async () => {
      const strengths = [0, 1, 3, 5];
      const mean = strengths.map(() => 0);
      for (const index of [0, 2, 4]) {
        const cards = await score(
          task(index),
          strengths.map((strength) => corrupt(html(index), strength)),
        );
        for (const [s, { total }] of cards.entries()) mean[s]! += total.value! / 3;
      }
      for (let s = 1; s < mean.length; s++)
        expect(mean[s], mean.join(" ")).to.be.at.most(mean[s - 1]! + 0.01);
      expect(mean.at(-1), mean.join(" ")).to.be.below(0.97);
    });
  }
});
