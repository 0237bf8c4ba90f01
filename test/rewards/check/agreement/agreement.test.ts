import { expect } from "chai";
import { pagesTaskSource } from "../../../../datasets/index.js";
import type { Scorer } from "../../../../env/contract/scoring.js";
import { type AgreementReport, agreementVerdicts, checkAgreement } from "../../../../rewards/check/index.js";
import { composeReward, defineReward, scored } from "../../../../rewards/index.js";
import { sharedRenderer } from "../../../support/browser.js";
import { rejection } from "../../../support/rejection.js";

const source = pagesTaskSource();
const tasks = [source.at("test", 2), source.at("test", 9)];

/** Pays a page by its source alone: the share of the prompt's words that it holds. */
function wordCounter(): Scorer {
  const words = (text: string) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  const it = defineReward({
    name: "it",
    needs: ["page"],
    score({ completion, task }) {
      const [wanted, found] = [words(task.prompt), words(completion.text)];
      return scored([...wanted].filter((word) => found.has(word)).length / wanted.size);
    },
  });
  return composeReward({ name: "words", formula: "it", parts: { it }, onNull: "fail" });
}

describe("the agreement of a reward with people", function () {
  this.timeout(600_000);
  let report: AgreementReport;

  before(async () => {
    report = await checkAgreement(wordCounter(), { tasks, renderer: await sharedRenderer() });
  });

  it("finds that a reward which counts words of the source pays ruined pages like good ones", () => {
    expect(report.unmeasured).to.equal(0);
    expect(report.competent?.mean).to.be.above(0.4);
    expect(report.families.unreadable?.mean).to.be.closeTo(report.competent!.mean, 0.15);
    expect(report.inversions).to.be.above(0.3);
    const broken = agreementVerdicts(report).filter(({ kept }) => !kept);
    expect(broken.map(({ title }) => title)).to.include.members([
      "pages nobody could use are paid next to nothing",
      "a competent page beats one that nobody could use",
    ]);
  });

  it("tries every design, at least sixty ruined kinds of nine families, and five grades", () => {
    expect(Object.keys(report.designs)).to.have.length.at.least(6);
    expect(Object.keys(report.families)).to.have.length(9);
    expect(report.kinds.length).to.be.at.least(60);
    const grades = report.samples.filter(({ group }) => group === "graded").map(({ grade }) => grade);
    expect([...new Set(grades)].sort()).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it("names the dearest kind first, and tells losses beside shares", () => {
    const means = report.kinds.map(({ spread }) => spread.mean);
    expect(means).to.deep.equal([...means].sort((a, b) => b - a));
    const names = report.spoiled.map(({ name }) => name);
    expect(names).to.include.members(["fields without a label to see", "blank pictures"]);
    for (const { share } of report.spoiled) expect(share).to.be.within(0.05, 0.35);
  });

  it("wants two tasks, and references whose content can be told", async () => {
    const renderer = await sharedRenderer();
    const one = await rejection(checkAgreement(wordCounter(), { tasks: tasks.slice(0, 1), renderer }));
    expect(one.message).to.match(/two tasks or more/);
    const odd = { ...tasks[0]!, id: "odd/1", reference: { html: "<p>No heading</p>" } };
    const told = await rejection(checkAgreement(wordCounter(), { tasks: [odd, tasks[1]!], renderer }));
    expect(told.message).to.match(/odd\/1 cannot be told from its markup/);
  });
});
