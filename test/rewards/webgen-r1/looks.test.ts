import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readSite } from "../../../env/artifact/site/read-site.js";
import { DEFAULT_VIEWPORT } from "../../../env/contract/task.js";
import { createEvaluator, createRenderer, type Renderer, type Task } from "../../../env/index.js";
import { composeReward } from "../../../rewards/compose.js";
import type { JudgeRequest } from "../../../rewards/judge/ask.js";
import { gradedLooks, measuredLooks } from "../../../rewards/systems/webgen-r1/looks.js";

const BAKERY = readFileSync("test/fixtures/site/five-pages.txt", "utf8");
const PATHS = ["/", "/breads", "/order", "/about", "/hours"];

function filesOf(text: string): Readonly<Record<string, string>> {
  const outcome = readSite(text);
  if (outcome.status !== "ok" || outcome.artifact.kind !== "site") throw new Error("The fixture is no site.");
  return outcome.artifact.files;
}

const task: Task = {
  id: "bakery",
  kind: "site",
  prompt: "A bakery.",
  viewport: DEFAULT_VIEWPORT,
  meta: {},
  reference: { files: filesOf(BAKERY) },
};

describe("WebGen-R1's looks of a site", function () {
  this.timeout(60_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer();
  });
  after(() => renderer.close());

  it("are graded by the pictures of all its routes, each named", async () => {
    const asked: JudgeRequest[] = [];
    const judge = async (request: JudgeRequest) => {
      asked.push(request);
      return "Grade: 4";
    };
    const scorer = composeReward({ formula: "looks", parts: { looks: gradedLooks(judge) }, onNull: "fail" });
    const [whole] = await createEvaluator({ renderer, scorer }).evaluate(task, [{ text: BAKERY }]);
    expect(whole?.scorecard.total.value).to.equal(4);
    const [text, ...images] = asked[0]!.messages[0].content;
    expect(new Set(images.map((part) => JSON.stringify(part))).size).to.equal(5);
    const named = (text as { text: string }).text.match(/addresses (.*?) in this order/)?.[1];
    expect(named?.split(", ").map((path) => JSON.parse(path))).to.have.members(PATHS);
    expect((whole?.scorecard.parts.looks?.evidence as { routes: string[] }).routes).to.have.members(PATHS);
  });

  it("are measured route by route against a reference; a route that is not there counts 0", async () => {
    const scorer = composeReward({ formula: "looks", parts: { looks: measuredLooks() }, onNull: "fail" });
    const without = BAKERY.replace(/ *<Route path="hours".*\n/, "").replace(/^.*pages\/Hours.*\n/m, "");
    const [whole, four] = await createEvaluator({ renderer, scorer }).evaluate(task, [
      { text: BAKERY },
      { text: without },
    ]);
    expect(whole?.scorecard.total.value).to.be.closeTo(5, 1e-9);
    const { routes } = whole!.scorecard.parts.looks!.evidence as { routes: Record<string, number> };
    expect(routes).to.have.keys(PATHS);
    const { value, evidence } = four!.scorecard.parts.looks!;
    const left = (evidence as { routes: Record<string, number> }).routes;
    expect(left["/about"]).to.be.closeTo(1, 1e-9);
    expect(left["/hours"]).to.be.below(0.5);
    const mean = PATHS.reduce((sum, path) => sum + left[path]!, 0) / 5;
    expect(value).to.be.closeTo(5 * mean, 1e-9);
  });
});
