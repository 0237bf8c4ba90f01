import { expect } from "chai";
import { pagesTaskSource } from "../../datasets/index.js";
import type { Scorecard } from "../../env/scoring.js";
import type { Task } from "../../env/task.js";
import { pagesReward, scorePages } from "../../rewards/index.js";
import { sharedRenderer } from "../support/browser.js";
import { CORRUPTIONS } from "./corrupt.js";

const tasks = pagesTaskSource();
const scorer = pagesReward();
const COUNT = 8;

async function score(task: Task, pages: readonly string[]): Promise<Scorecard[]> {
  const cards = await scorePages(scorer, pages, { task, renderer: await sharedRenderer() });
  for (const { total } of cards) if (total.value === null) throw new Error(total.message);
  return cards;
}

const TEMPLATE = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Welcome</title><style>
body{margin:0;font-family:sans-serif}header{background:#333;color:#fff;padding:20px}nav a{color:#fff}main{padding:20px}
.card{border:1px solid #ddd;padding:16px;margin:10px 0}footer{background:#eee;padding:16px}</style></head>
<body><header><h1>My Website</h1><nav><a href="#">Home</a> <a href="#">About</a> <a href="#">Contact</a></nav></header>
<main><h2>Welcome</h2><p>Welcome to my website. Lorem ipsum dolor sit amet.</p><div class="card"><h3>One</h3><p>Text</p></div>
<div class="card"><h3>Two</h3><p>Text</p></div><form><label>Name <input></label><button>Send</button></form></main>
<footer><p>All rights reserved.</p></footer></body></html>`;

const FLOOR: Readonly<Record<string, (task: Task) => string>> = {
  "a generic template": () => TEMPLATE,
  "the prompt echoed": ({ prompt }) =>
    `<!DOCTYPE html><html lang="en"><head><title>${prompt}</title></head><body><p>${prompt}</p></body></html>`,
  "the prompt as main heading": ({ prompt }) =>
    `<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><main><h1>${prompt}</h1></main></body></html>`,
  "one colour": () =>
    '<!DOCTYPE html><html><body style="margin:0;height:600px;background:#2563eb"></body></html>',
};

describe("the reward of webgen/Pages-v0", function () {
  this.timeout(90_000);

  it("is 1 for the reference", async () => {
    for (let index = 0; index < COUNT; index++) {
      const task = tasks.at("validation", index);
      const [card] = await score(task, [task.reference!.html!]);
      expect(card!.total.value, JSON.stringify(card!.parts.checklist)).to.be.within(0.999, 1.0000001);
    }
  });

  it("is 0 for a blank page and for no page", async () => {
    const task = tasks.at("validation", 0);
    const cards = await score(task, ["<!DOCTYPE html><html><body></body></html>", "I cannot do that."]);
    expect(cards.map(({ total }) => total.value)).to.deep.equal([0, 0]);
  });

  for (const [name, page] of Object.entries(FLOOR)) {
    it(`is at most 0.25 for ${name}`, async () => {
      for (let index = 0; index < COUNT; index++) {
        const task = tasks.at("validation", index);
        const [card] = await score(task, [page(task)]);
        const parts = Object.entries(card!.parts).map(([part, { value }]) => `${part} ${value}`);
        expect(card!.total.value, `${task.id}: ${parts.join(", ")}`).to.be.at.most(0.25);
      }
    });
  }

  it("is low for the right page of another task", async () => {
    const pages = [0, 1, 2, 3, 4, 5].map((index) => tasks.at("validation", index).reference!.html!);
    const cards = await score(tasks.at("validation", 6), pages);
    for (const { total } of cards) expect(total.value).to.be.below(0.5);
  });

  for (const [name, corrupt] of Object.entries(CORRUPTIONS)) {
    it(`falls as a page is made worse: ${name}`, async () => {
      const mean = new Array<number>(6).fill(0);
      for (let index = 0; index < COUNT; index++) {
        const task = tasks.at("validation", index);
        const cards = await score(
          task,
          mean.map((_, strength) => corrupt(task.reference!.html!, strength)),
        );
        for (const [s, { total }] of cards.entries()) mean[s]! += total.value! / COUNT;
      }
      for (let s = 1; s < mean.length; s++)
        expect(mean[s], mean.join(" ")).to.be.at.most(mean[s - 1]! + 0.01);
      expect(mean[5], mean.join(" ")).to.be.below(0.95);
    });
  }
});
