import { expect } from "chai";
import { pagesTaskSource } from "../../../datasets/index.js";
import { createEvaluator, type RenderedPage } from "../../../env/index.js";
import { scoreJson, scoreLines } from "../../../experiments/commands/score-report.js";
import { blockView } from "../../../experiments/explain/blocks.js";
import { differencesOf } from "../../../experiments/explain/differences.js";
import { explainPage } from "../../../experiments/explain/explain-page.js";
import { formulaOf, partCosts } from "../../../experiments/explain/formula-costs.js";
import { failedChecks } from "../../../experiments/explain/located-checks.js";
import { getPreset } from "../../../rewards/index.js";
import { sharedRenderer } from "../../support/browser.js";

const task = pagesTaskSource().at("test", 3);
const right = task.reference?.html ?? "";
const wrong = right
  .replaceAll("#c2247a", "#1d4ed8")
  .replace("Start quiet moments every day", "Begin calm moments today")
  .replace("<tr><td>Sunday</td><td>8 to 16</td></tr>", "");

async function evaluate(...texts: string[]) {
  const evaluator = createEvaluator({ renderer: await sharedRenderer(), scorer: getPreset("pages") });
  return evaluator.evaluate(
    task,
    texts.map((text) => ({ text })),
  );
}

describe("explaining a score", function () {
  this.timeout(120_000);
  let pages: [own: RenderedPage, wanted: RenderedPage];
  let evaluations: Awaited<ReturnType<typeof evaluate>>;

  before(async () => {
    evaluations = await evaluate(wrong, right);
    pages = evaluations.map(({ page }) => page as RenderedPage) as typeof pages;
  });

  it("says what each part costs, which sums to what is missing in a sum of parts", () => {
    const [card, reference] = evaluations.map(({ scorecard }) => scorecard);
    const costs = partCosts(card!, reference!);
    expect(formulaOf(card!)).to.match(/^rep \* render \* padding \* names \* \(0\.94 \* checklist/);
    const lost = costs.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
    expect(lost).to.be.closeTo(reference!.total.value! - card!.total.value!, 1e-9);
    expect(costs.find(({ name }) => name === "checklist")?.cost).to.be.above(0.05);
    expect(costs.find(({ name }) => name === "rep")?.cost).to.equal(0);
  });

  it("matches the texts of both pages and names those that are missing", async () => {
    const { pairs, missing, extra } = await blockView(...pages);
    expect(pairs.find(({ own }) => own.text === "saturday")).to.deep.include({ text: 1 });
    expect(missing.map(({ text }) => text)).to.include.members(["sunday", "8 to 16"]);
    expect(extra.map(({ text }) => text)).to.include("begin calm moments today");
    const [same, none] = [await blockView(pages[1], pages[1]), { missing: [], extra: [] }];
    expect(same).to.deep.include(none);
  });

  it("puts failed checks where the answer has them, else where the reference does", () => {
    const checks = failedChecks(task.checklist ?? [], ...pages);
    const headline = checks.find(({ title }) => title.startsWith("Headline"));
    const heading = pages[0].snapshot.texts.find(({ text }) => text.startsWith("Begin calm"));
    expect(headline?.own).to.deep.equal(heading?.box);
    const table = checks.find(({ title }) => title.startsWith("Table"));
    const day = pages[0].snapshot.texts.find(({ text }) => text === "Day");
    expect(table?.own).to.deep.equal(day?.box);
    expect(table?.points).to.be.below(table?.of ?? 0);
    const outline = checks.find(({ title }) => title === "Heading outline");
    expect(outline).to.deep.include({ own: null });
    expect(outline?.wanted).to.include.keys("x", "y", "width", "height");
    expect(failedChecks(task.checklist ?? [], pages[1], pages[1])).to.deep.equal([]);
  });

  it("crops the places where two renders differ, the most different first, and none of equal ones", async () => {
    const differences = await differencesOf(...pages);
    expect(differences).to.have.length.within(1, 4);
    for (const { x, y, width, height, amount, pictures } of differences) {
      expect(x + width).to.be.at.most(800);
      expect(y).to.be.at.least(0);
      expect(height).to.be.above(0);
      expect(amount).to.be.within(0.03, 1);
      for (const url of pictures) expect(url).to.match(/^data:image\/webp;base64,/);
    }
    expect(await differencesOf(pages[1], pages[1])).to.deep.equal([]);
  });

  it("writes one page that needs nothing else and runs nothing that an answer wrote", async () => {
    const page = await explainPage({
      task: { ...task, prompt: "<script>alert(1)</script>" },
      reward: "pages",
      answers: [{ name: "<b>draft</b>.html", evaluation: evaluations[0]! }],
      reference: { page: pages[1], scorecard: evaluations[1]!.scorecard },
    });
    expect(page).to.include("default-src &#39;none&#39;").and.to.include("&lt;b&gt;draft&lt;/b&gt;.html");
    expect(page)
      .to.not.include("<script>alert(1)")
      .and.not.match(/(?:src|href)="(?:https?:)?\/\//);
    const renderer = await sharedRenderer();
    const outcome = await renderer.render({
      artifact: { kind: "html", html: page },
      viewport: { width: 1280, height: 900 },
    });
    if (outcome.status !== "rendered") throw new Error(JSON.stringify(outcome));
    expect(outcome.page.errors).to.deep.equal([]);
    const texts = outcome.page.snapshot.texts.map(({ text }) => text);
    expect(texts).to.include.members(["Parts", "Matched texts", "Failed checks", "Differences", "Evidence"]);
    const boxes = outcome.page.snapshot.elements.filter(({ attributes }) => attributes.class === "box pair");
    expect(boxes.length).to.be.above(10);
  });

  it("prints a column for each answer and what its parts found", () => {
    const scored = evaluations.map((evaluation, i) => ({
      file: ["wrong.html", "right.html"][i]!,
      evaluation,
    }));
    const lines = scoreLines("pages", task, scored, true);
    expect(lines[0]).to.match(/^pages\/test\/3, scored by pages: rep \* render/);
    expect(lines.find((line) => line.startsWith("  total"))).to.match(/total +0\.\d{3} +1\.000$/);
    expect(lines.join("\n")).to.match(/ {2}checklist\n.*\n? *.*earned .*possible 100/);
    expect(lines.some((line) => line.includes("- Headline"))).to.equal(true);
    expect(scoreLines("pages", task, scored, false).join("\n")).to.not.include("earned");
    expect(scoreJson(task, scored[1]!)).to.deep.include({
      file: "right.html",
      task: task.id,
      render: "rendered",
    });
  });

  it("shows a part that has no score as missing, never as 0", async () => {
    const evaluator = createEvaluator({
      renderer: await sharedRenderer(),
      scorer: getPreset("vcoder/openenv"),
    });
    const [evaluation] = await evaluator.evaluate(task, [{ text: right }]);
    const lines = scoreLines("vcoder/openenv", task, [{ file: "right.html", evaluation: evaluation! }], true);
    expect(lines.find((line) => line.startsWith("  clip"))).to.match(/clip +skipped$/);
    expect(lines.join("\n")).to.include("clip skipped (No image model was given.)");
  });
});
