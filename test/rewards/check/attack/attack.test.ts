import { expect } from "chai";
import { pagesTaskSource } from "../../../../datasets/index.js";
import type { RenderedPage } from "../../../../env/contract/rendered-page.js";
import type { Scorer } from "../../../../env/contract/scoring.js";
import { scored } from "../../../../env/contract/scoring.js";
import { attackLines } from "../../../../experiments/commands/attack-run.js";
import { attackPage } from "../../../../experiments/explain/attack-page.js";
import { createRandom } from "../../../../infra/random.js";
import { attackReward, READ_AT_MOST } from "../../../../rewards/check/attack/attack.js";
import { drawEdit, edited } from "../../../../rewards/check/attack/edits.js";
import {
  correlation,
  READING_CSS,
  readableWords,
  readingShare,
} from "../../../../rewards/check/attack/reading.js";
import { composeReward } from "../../../../rewards/compose.js";
import { defineReward } from "../../../../rewards/reward.js";
import { sharedRenderer } from "../../../support/browser.js";
import { rejection } from "../../../support/rejection.js";

const task = pagesTaskSource().at("test", 4);
const viewport = { width: 800, height: 600 };

const PAGE = `<!DOCTYPE html><html lang="en"><title>Alba</title><style>body{font:20px Arial;background:#fff;color:#222}STYLE</style>
<main><h1>Love better days</h1><p>Alba is a photo studio.</p><p>Open on Monday.</p></main></html>`;
const WORDS = "love better days alba is a photo studio open on monday".split(" ");

async function read(style: string): Promise<string[]> {
  const renderer = await sharedRenderer();
  const html = PAGE.replace("STYLE", style);
  const outcome = await renderer.render({
    artifact: { kind: "html", html },
    viewport,
    plainCss: READING_CSS,
  });
  return readableWords((outcome as { page: RenderedPage }).page);
}

function sourceReward(): Scorer {
  const it = defineReward({
    name: "it",
    needs: ["page"],
    score: ({ completion }) => scored(completion.text.includes("Love better days") ? 1 : 0),
  });
  return composeReward({ name: "source", formula: "it", parts: { it }, onNull: "fail" });
}

describe("what a person reads", function () {
  this.timeout(60_000);

  it("is every word of an ordinary page, on light and on dark ground", async () => {
    expect(await read("")).to.deep.equal(WORDS);
    expect(await read("body{background:#111;color:#eee}")).to.deep.equal(WORDS);
    expect(await read("h1{background:linear-gradient(90deg,#035,#08a);color:#fff}")).to.deep.equal(WORDS);
  });

  for (const [kind, style] of Object.entries({
    blurred: "body{filter:blur(6px)}",
    discs: "body{-webkit-text-security:disc}",
    transparent: "body{color:transparent}",
    reversed: "h1,p{direction:rtl;unicode-bidi:bidi-override}",
    mirrored: "h1,p{transform:scaleX(-1)}",
    "struck through": "h1,p{text-decoration:line-through 1.2em}",
    "of three pixels": "body{font-size:3px}h1{font-size:3px}",
    covered: 'main::after{content:"";position:absolute;inset:0;background:#888}',
  }))
    it(`is next to nothing of text that is ${kind}`, async () => {
      expect(readingShare(await read(style), WORDS)).to.be.at.most(0.3);
    });

  it("counts lost and moved words, and not those beside them", () => {
    expect(readingShare(WORDS, WORDS)).to.equal(1);
    expect(readingShare([], WORDS)).to.equal(0);
    expect(readingShare(["a", "b"], ["a", "b", "c", "d"])).to.equal(0.5);
    expect(readingShare(["a", "x", "b", "y", "z"], ["a", "b"])).to.equal(1);
    expect(readingShare(["a", "x"], ["a", "b", "c"])).to.be.closeTo(1 / 3, 1e-12);
    expect(readingShare(["b", "a"], ["a", "b"])).to.equal(0.5);
    expect(readingShare(["x"], [])).to.equal(1);
  });

  it("holds pixels against one another by Pearson's correlation, and flat ones against nothing", () => {
    const wave = Float64Array.from({ length: 40 }, (_, i) => 100 + 50 * Math.sin(i));
    expect(correlation(wave, wave)).to.be.closeTo(1, 1e-12);
    expect(
      correlation(
        wave,
        wave.map((value) => 300 - value),
      ),
    ).to.be.closeTo(-1, 1e-12);
    expect(correlation(wave, new Float64Array(40).fill(100))).to.equal(0);
  });
});

describe("edits", () => {
  it("are drawn from seven families, and the same for the same seed", () => {
    const names = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 200 }, () => drawEdit(random, task.prompt));
    };
    expect(names(1).map(({ name }) => name)).to.deep.equal(names(1).map(({ name }) => name));
    expect(new Set(names(1).map(({ family }) => family)).size).to.equal(7);
  });

  it("are whole declarations, with their number where it belongs", () => {
    const random = createRandom(5);
    const names = Array.from({ length: 600 }, () => drawEdit(random, task.prompt))
      .filter(({ family }) => family === "restyle")
      .map(({ name }) => name);
    expect(names.join(" ")).to.not.match(/§|#(?![0-9a-f]{3}\b)/i);
    expect(
      names.some((name) =>
        /mix-blend-mode:difference!important;color:#fff!important;margin:[\d.]+px/.test(name),
      ),
    ).to.equal(true);
    expect(
      names.some((name) => /repeating-linear-gradient\(45deg,#111 0 2px,#eee 2px [\d.]+px\)/.test(name)),
    ).to.equal(true);
  });

  it("give equal pages for equal pages, however often they are applied", () => {
    const random = createRandom(6);
    for (let i = 0; i < 120; i++) {
      const edit = drawEdit(random, task.prompt);
      expect(edit.apply(task.reference!.html!), edit.name).to.equal(edit.apply(task.reference!.html!));
    }
  });

  it("change a page, one after the other", () => {
    const random = createRandom(3);
    const html = task.reference!.html!;
    const changed = Array.from({ length: 60 }, () => edited(html, [drawEdit(random, task.prompt)]));
    expect(changed.filter((page) => page === html).length).to.be.below(10);
    const edits = [drawEdit(random, task.prompt), drawEdit(random, task.prompt)];
    expect(edited(html, edits)).to.equal(edits[1]!.apply(edits[0]!.apply(html)));
  });
});

describe("an attack on a reward", function () {
  this.timeout(300_000);

  it("finds that a reward which reads the source pays pages that nobody can read", async () => {
    const renderer = await sharedRenderer();
    const report = await attackReward(sourceReward(), { tasks: [task], renderer, budget: 24, seed: 1 });
    expect(report.tried).to.equal(24);
    expect(report.exploits.length).to.be.at.least(3);
    for (const { reading, reward, html, edits } of report.exploits) {
      expect(reading).to.be.at.most(READ_AT_MOST);
      expect(reward).to.equal(1);
      expect(html).to.not.equal(task.reference!.html);
      expect(edits).to.have.length.at.least(1);
    }
    expect(attackLines(report, 0.45)[0]).to.match(
      /^The reward source: 24 pages tried, \d+ kinds of exploits/,
    );
    const page = await attackPage(report, 0.45);
    expect(page).to.include("exploits of source are paid more than 0.45").and.to.include("data:image/");
    expect(page).to.not.match(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it("finds nothing where nothing is paid, and stops when it is told to", async () => {
    const renderer = await sharedRenderer();
    const half = defineReward({
      name: "it",
      needs: [],
      score: ({ completion }) => scored(completion.text === task.reference?.html ? 1 : 0),
    });
    const scorer = composeReward({ name: "exact", formula: "it", parts: { it: half }, onNull: "fail" });
    const report = await attackReward(scorer, {
      tasks: [task],
      renderer,
      budget: 400,
      stop: (tried) => tried >= 8,
    });
    expect(report).to.deep.include({ tried: 8, exploits: [] });
    expect(attackLines(report, 0.45)).to.have.length(1);
  });

  it("wants references of HTML", async () => {
    const { reference: _, ...bare } = task;
    const told = await rejection(
      attackReward(sourceReward(), { tasks: [bare], renderer: await sharedRenderer() }),
    );
    expect(told.message).to.match(/has none; choose other tasks/);
  });
});
