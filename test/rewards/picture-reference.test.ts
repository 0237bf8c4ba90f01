import { expect } from "chai";
import sharp from "sharp";
import { readArtifact } from "../../env/artifact/index.js";
import { DEFAULT_VIEWPORT } from "../../env/contract/task.js";
import { createEvaluator } from "../../env/evaluate.js";
import { type Scorer, scored, type Task } from "../../env/index.js";
import { composeReward } from "../../rewards/compose.js";
import { visual } from "../../rewards/parts/visual.js";
import { defineReward } from "../../rewards/reward.js";
import { frontcoderReward } from "../../rewards/systems/frontcoder/index.js";
import { design2code } from "../../rewards/systems/vcoder/design2code.js";
import { measuredLooks } from "../../rewards/systems/webgen-r1/looks.js";
import { webgenR1Reward } from "../../rewards/systems/webgen-r1/reward.js";
import { widgetLayout, widgetSsimPart } from "../../rewards/systems/widgetanchor/parts.js";
import { sharedRenderer } from "../support/browser.js";

const DESIGN = `<!DOCTYPE html><html><head><title>Tea</title><style>body{background:#103c2a;color:#fff;font:24px sans-serif}
main{background:#e8c34a;color:#000;padding:60px;margin:40px}</style></head><body><h1>Tea house</h1><main>Open daily</main></body></html>`;
const OTHER = `<!DOCTYPE html><html><head><title>x</title></head><body><p>Something else</p></body></html>`;

describe("a task whose reference is a picture alone", function () {
  this.timeout(60_000);
  let task: Task;

  before(async () => {
    const outcome = readArtifact("html", DESIGN);
    if (outcome.status !== "ok") throw new Error(outcome.refusal.message);
    const renderer = await sharedRenderer();
    const design = await renderer.render({ artifact: outcome.artifact, viewport: DEFAULT_VIEWPORT });
    if (design.status !== "rendered") throw new Error("The design did not render.");
    task = {
      id: "test/picture",
      kind: "html",
      prompt: "A page that looks like the picture.",
      viewport: DEFAULT_VIEWPORT,
      reference: { screenshot: design.page.png },
      meta: {},
    };
  });

  async function scores(scorer: Scorer, of: Task = task) {
    const evaluator = createEvaluator({ renderer: await sharedRenderer(), scorer });
    return evaluator.evaluate(of, [{ text: DESIGN }, { text: OTHER }]);
  }
  const partsOf = async (parts: Parameters<typeof composeReward>[0]["parts"], of: Task = task) =>
    (await scores(composeReward({ formula: Object.keys(parts).join(" + "), parts, onNull: "fail" }), of)).map(
      (evaluation) => evaluation.scorecard.parts,
    );

  it("pays for looking like it", async () => {
    const [same, other] = await partsOf({
      visual: visual(),
      looks: measuredLooks(),
      ssim: widgetSsimPart(),
    });
    expect(same?.visual?.value).to.equal(1);
    expect(same?.looks?.value).to.equal(5);
    expect(same?.ssim?.value).to.be.closeTo(1, 1e-9);
    expect(other?.visual?.value).to.be.below(0.3);
    expect(other?.looks?.value).to.be.below(1.5);
    expect(other?.ssim?.value).to.be.below(0.8);
    expect(same?.visual?.evidence).to.include({ texts: null, fills: null });
  });

  it("may be the picture that the task shows, and no PNG", async () => {
    const jpeg = await sharp(task.reference?.screenshot).jpeg({ quality: 100 }).toBuffer();
    const { reference: _, ...shown } = task;
    const [same, other] = await partsOf({ visual: visual() }, { ...shown, id: "test/shown", image: jpeg });
    expect(same?.visual?.value).to.be.above(0.9);
    expect(other?.visual?.value).to.be.below(0.3);
  });

  it("skips in a sentence what needs markup", async () => {
    const [same] = await partsOf({ design: design2code(), layout: widgetLayout() });
    expect(same?.design).to.include({ value: null, status: "skipped" });
    expect(same?.design?.message).to.match(/picture alone: its blocks of text are not known/);
    expect(same?.layout).to.include({ value: null, status: "skipped" });
    expect(same?.layout?.message).to.match(/picture alone: where its elements lie/);
  });

  it("gives FrontCoder's reward no total, which would be 1 for any page", async () => {
    const [same, other] = await scores(frontcoderReward());
    for (const evaluation of [same, other]) {
      expect(evaluation?.scorecard.total).to.include({ value: null, status: "skipped" });
      expect(evaluation?.scorecard.total.message).to.match(
        /nothing in the task tells a good answer from any other page: checklist skipped .*; similarity skipped/,
      );
      expect(evaluation?.infrastructureError).to.equal(undefined);
    }
  });

  it("has a total by its looks where they are a part of the reward", async () => {
    const [same, other] = await scores(webgenR1Reward({ profile: "dense" }), {
      ...task,
      kind: "html",
      id: "test/dense",
    });
    const looks = [same, other].map((evaluation) => evaluation?.scorecard.parts.looks?.value ?? -1);
    expect(looks[0]).to.equal(5);
    expect(looks[1]).to.be.within(0, 1.5);
    const { reference: _, ...bare } = task;
    const [nothing] = await scores(webgenR1Reward({ profile: "dense" }), { ...bare, id: "test/bare" });
    expect(nothing?.scorecard.total).to.include({ value: null, status: "skipped" });
  });

  it("is the machine's fault when it is no picture, for the parts that need it alone", async () => {
    const broken: Task = { ...task, id: "test/broken", reference: { screenshot: Buffer.from("no picture") } };
    const one = defineReward({ name: "one", needs: [], score: () => scored(1) });
    const scorer = composeReward({
      formula: "one + visual",
      parts: { one, visual: visual() },
      onNull: "fail",
    });
    const [evaluation] = await scores(scorer, broken);
    expect(evaluation?.scorecard.parts.one?.value).to.equal(1);
    expect(evaluation?.scorecard.parts.visual).to.include({ value: null, status: "failed" });
    expect(evaluation?.scorecard.total.value).to.equal(null);
    expect(evaluation?.infrastructureError).to.match(
      /^The reference of task test\/broken is not a picture that can be read/,
    );
  });
});
