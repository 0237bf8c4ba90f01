import { expect } from "chai";
import { pagesTaskSource } from "../../../datasets/index.js";
import type { Task } from "../../../env/contract/task.js";
import { chooseReward } from "../../../experiments/choose/reward.js";
import { KNOWN_FLAWS, RENDERER_LIMITS } from "../../../rewards/check/known-flaws.js";
import { THRESHOLDS } from "../../../rewards/check/types.js";
import {
  checkReward,
  composeReward,
  defineReward,
  getPreset,
  type RewardReport,
  type Scorer,
  scored,
} from "../../../rewards/index.js";
import { rejection } from "../../support/rejection.js";
import { cachedRenderer } from "./cached-renderer.js";

/** Those that are quick to score; the others compare pictures for minutes. */
const PRESETS = [
  "frontcoder/compat",
  "frontcoder/paper",
  "webgen-r1/paper",
  "webgen-r1/dense",
  "vcoder/compat",
];

const task = pagesTaskSource().at("test", 2);
const words = (text: string) => text.match(/[A-Za-z]{3,}/g) ?? [];

async function check(scorer: Scorer, tasks: readonly Task[] = [task], name = "mine"): Promise<RewardReport> {
  return checkReward(scorer, { tasks, renderer: await cachedRenderer(), name });
}

function simple(score: (text: string, task: Task) => number): Scorer {
  const it = defineReward({
    name: "it",
    needs: [],
    score: ({ completion, task: asked }) => scored(score(completion.text, asked)),
  });
  return composeReward({ name: "mine", formula: "it", parts: { it }, onNull: "fail" });
}

let ofPages: Promise<RewardReport> | undefined;

/** The check of webgen/Pages-v0's reward, made once. */
const pagesReport = () => {
  ofPages ??= check(getPreset("pages"), [task], "pages");
  return ofPages;
};

const brokenRules = ({ findings }: RewardReport) => findings.map(({ rule }) => rule).sort();

describe("the check of a reward", function () {
  this.timeout(300_000);

  it("passes the reward of webgen/Pages-v0 within the limits of one render", async () => {
    const report = await pagesReport();
    expect(brokenRules(report)).to.deep.equal(["cheat-late", "cheat-window"]);
    expect(report.passed).to.equal(true);
    expect(report.findings.every(({ limit, known }) => limit && known)).to.equal(true);
    expect(report.tasks).to.deep.equal([{ id: task.id, blank: 0, reference: report.tasks[0]?.reference }]);
    expect(report.thresholds).to.deep.equal(THRESHOLDS);
  });

  it("draws the curve of each damage from the reference down", async () => {
    const { curves } = await pagesReport();
    expect(curves.map(({ rule }) => rule)).to.have.length(5);
    for (const { means } of curves) {
      expect(means).to.have.length(6);
      expect(means[0]).to.equal(1);
      expect(means[5]).to.be.below(0.97);
    }
  });

  it("finds a reward that counts words of the source: hidden, dumped and vanished words pay as well", async () => {
    const report = await check(
      simple((text, { reference }) => {
        const wanted = new Set(words(reference?.html?.replace(/<style>[\s\S]*<\/style>/, "") ?? ""));
        const found = new Set(words(text));
        return [...wanted].filter((word) => found.has(word)).length / wanted.size;
      }),
    );
    expect(brokenRules(report)).to.include.members([
      "cheat-hidden",
      "cheat-dump",
      "cheat-vanishing",
      "damage-move",
    ]);
    expect(report.passed).to.equal(false);
    const hidden = report.findings.find(({ rule }) => rule === "cheat-hidden");
    expect(hidden?.came).to.match(/\d+ of 19 such pages earn more; the most is \d+ % .* it [\d.]+/);
    expect(hidden?.cause).to.include("reads the source");
    expect(hidden?.remedy).to.include("Count only what the picture confirms");
  });

  it("finds a constant reward, and does not measure along a way that is none", async () => {
    const report = await check(simple(() => 0.5));
    expect(brokenRules(report)).to.include.members([
      "reference-top",
      "blank-floor",
      "colour-floor",
      "no-page-floor",
    ]);
    expect(report.rules.find(({ rule }) => rule === "cheat-picture")?.status).to.equal("skipped");
  });

  it("finds a reward that gives another score each time", async () => {
    let calls = 0;
    const report = await check(simple((text) => (text.includes("<h1>") ? 0.9 + (calls++ % 7) / 100 : 0)));
    expect(brokenRules(report)).to.include("same-score");
  });

  it("says which answers have no score, and why", async () => {
    const report = await check(
      simple((text) => {
        if (text.includes("position:absolute")) throw new Error("Boxes are too much for me.");
        return 0.5;
      }),
    );
    const finding = report.findings.find(({ rule }) => rule === "measured");
    expect(finding?.came).to.match(/answers have none, e.g. .*Boxes are too much for me\./);
  });

  it("finds the answer in a prompt", async () => {
    const line = task.reference?.html?.split("\n").find((text) => text.startsWith("header{")) ?? "";
    const leaking = { ...task, id: "leak", prompt: `${task.prompt}\n${line}` };
    const report = await check(
      simple(() => 0.5),
      [leaking],
    );
    expect(report.findings.find(({ rule }) => rule === "no-leak")?.came).to.include("header{");
  });

  it("refuses tasks it cannot make cheats for", async () => {
    const { reference: _, ...bare } = task;
    const error = await rejection(
      check(
        simple(() => 1),
        [bare],
      ),
    );
    expect(error.message).to.match(
      /needs tasks that ask for HTML and have an HTML reference, but pages\/test\/2/,
    );
  });

  for (const name of PRESETS)
    it(`finds in ${name} the flaws that are written down, and no others`, async () => {
      const report = await check((await chooseReward(name)).scorer, [task], name);
      const flaws = [...(KNOWN_FLAWS[name] ?? []), ...RENDERER_LIMITS];
      for (const { rule, known, limit, came } of report.findings) {
        const flaw = flaws.find(({ rules }) => rules.includes(rule));
        expect(known, `${rule}: ${came}`).to.equal(flaw?.what);
        expect(limit, rule).to.equal(flaw?.kind === "limit");
      }
      const broken = brokenRules(report);
      for (const { kind, rules, what } of flaws)
        if (kind === "defect") expect(broken, what).to.include.members([...rules]);
        else
          expect(
            broken.some((rule) => rules.includes(rule)),
            what,
          ).to.equal(true);
      expect(report.passed).to.equal(flaws.every(({ kind }) => kind === "limit"));
    });
});
