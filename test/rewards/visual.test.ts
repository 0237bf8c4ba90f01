import { expect } from "chai";
import { pagesTaskSource } from "../../datasets/index.js";
import { composeReward, scorePages, visual } from "../../rewards/index.js";
import { sharedRenderer } from "../support/browser.js";
import { CORRUPTIONS } from "./corrupt.js";

const tasks = pagesTaskSource();
const scorer = composeReward({ formula: "visual", parts: { visual: visual() }, onNull: "fail" });

async function looks(pages: readonly string[], reference: string): Promise<number[]> {
  const cards = await scorePages(scorer, pages, { reference, renderer: await sharedRenderer() });
  return cards.map(({ total }) => {
    if (total.value === null) throw new Error(total.message);
    return total.value;
  });
}

const reference = (index: number): string => tasks.at("validation", index).reference!.html!;

describe("visual similarity", function () {
  this.timeout(60_000);

  it("is 1 for the reference and 0 for a blank page", async () => {
    for (const index of [0, 1, 2, 3]) {
      const [same, blank] = await looks(
        [reference(index), "<!DOCTYPE html><html><body></body></html>"],
        reference(index),
      );
      expect(same).to.be.closeTo(1, 1e-9);
      expect(blank).to.equal(0);
    }
  });

  it("is that of the nearest good answer where a task has several", async () => {
    const [html, second, third] = [reference(4), reference(5), reference(6)];
    const of = async (page: string, alternatives?: readonly string[]) => {
      const task = { reference: { html, ...(alternatives ? { alternatives } : {}) } };
      const [card] = await scorePages(scorer, [page], { task, renderer: await sharedRenderer() });
      return card!.total.value!;
    };
    expect(await of(second)).to.be.below(0.8);
    expect(await of(second, [third, second])).to.be.closeTo(1, 1e-9);
    expect(await of(html, [third, second])).to.be.closeTo(1, 1e-9);
    expect(await of(second, [third])).to.be.at.least(await of(second));
  });

  it("is low for pages that ignore the task", async () => {
    const generic = [
      `<!DOCTYPE html><html><head><style>header{background:#333;color:#fff;padding:20px}.card{border:1px solid #ddd;padding:16px}</style>
      </head><body><header><h1>My Website</h1></header><main><h2>Welcome</h2><p>Lorem ipsum dolor sit amet.</p>
      <div class="card">One</div><div class="card">Two</div></main><footer>All rights reserved.</footer></body></html>`,
      '<!DOCTYPE html><html><body style="background:#2563eb;height:600px;margin:0"></body></html>',
      `<!DOCTYPE html><html><body><p>${tasks.at("validation", 0).prompt}</p></body></html>`,
    ];
    for (const index of [0, 1, 2, 3, 4, 5])
      for (const score of await looks(generic, reference(index))) expect(score).to.be.below(0.25);
  });

  it("counts no text that nobody sees", async () => {
    const texts = "<h1>Grow basil at home</h1><p>Everything a shelf of herbs needs.</p>";
    const page = (body: string, css: string) =>
      `<!DOCTYPE html><html><style>${css}</style><body>${body}</body></html>`;
    const target = page(texts, "");
    const [white, clear, shown] = await looks(
      [page(texts, "h1,p{color:#fff}"), page(texts, "h1,p{opacity:0}"), page(texts, "h1,p{color:#333}")],
      target,
    );
    expect(white).to.be.below(0.05);
    expect(clear).to.be.below(0.05);
    expect(shown).to.be.above(0.8);
  });

  for (const [name, corrupt] of Object.entries(CORRUPTIONS)) {
    it(`falls as a page is made worse: ${name}`, async () => {
      const strengths = [0, 1, 3, 5];
      const mean = new Array<number>(strengths.length).fill(0);
      const count = 4;
      for (let index = 0; index < count; index++) {
        const scores = await looks(
          strengths.map((strength) => corrupt(reference(index), strength)),
          reference(index),
        );
        for (const [s, score] of scores.entries()) mean[s]! += score / count;
      }
      for (let s = 1; s < mean.length; s++)
        expect(mean[s], mean.join(" ")).to.be.at.most(mean[s - 1]! + 0.005);
      expect(mean.at(-1), mean.join(" ")).to.be.below(0.9);
    });
  }
});
