import { expect } from "chai";
import fc from "fast-check";
import { drawBrief, LEVELS } from "../../datasets/pages-v1/brief.js";
import { ASKED_POINTS, OWED_POINTS } from "../../datasets/pages-v1/checklist.js";
import { requestTaskSource } from "../../datasets/pages-v1/index.js";
import { TOPICS } from "../../datasets/pages-v1/lexicon/index.js";
import { DARK_GROUNDS, LIGHT_GROUNDS } from "../../datasets/pages-v1/lexicon/names.js";
import { writePage } from "../../datasets/pages-v1/page.js";
import { SCHOOLS } from "../../datasets/pages-v1/schools/index.js";
import type { Probe } from "../../env/contract/probe.js";
import { UsageError } from "../../infra/errors.js";
import { sharedRenderer } from "../support/browser.js";

const source = requestTaskSource();
const words = (text: string) => text.toLowerCase().match(/[a-z][a-z'-]*/g) ?? [];
const anyTask = fc.nat(9_999).map((index) => source.at("train", index));

/** What a person must find on the page for a probe to hold, clicks apart. */
function textsOf(probe: Probe): string[] {
  if (probe.kind === "all") return probe.of.flatMap(textsOf);
  if (probe.kind === "text") return [probe.equals];
  if (probe.kind === "groups") return probe.groups.flat();
  if (probe.kind !== "exists") return [];
  return [probe.query?.text, probe.query?.includes].filter((text) => text !== undefined);
}

describe("webgen/Pages-v1", () => {
  it("gives equal tasks for equal arguments, finds each by its id, and has no task in two splits", () => {
    fc.assert(
      fc.property(fc.constantFrom("train", "validation", "test" as const), fc.nat(9_999), (split, index) => {
        const task = source.at(split, index);
        expect(requestTaskSource().at(split, index)).to.deep.equal(task);
        expect(source.byId(task.id)).to.deep.equal(task);
        expect(task.meta.level).to.equal(1 + (index % 5));
      }),
      { numRuns: 25 },
    );
    const seeds = (["train", "validation", "test"] as const).map((split) => source.at(split, 0).meta.seed);
    expect(new Set(seeds).size).to.equal(3);
    expect(source.byId("requests/test/100000")).to.equal(undefined);
    expect(() => source.at("test", -1)).to.throw(RangeError, /0 to 99999/);
  });

  it("refuses options that there are not and levels that cannot be", () => {
    expect(() => requestTaskSource({ level: 1 } as object)).to.throw(UsageError, /has no "level"/);
    expect(() => requestTaskSource({ levels: [0] })).to.throw(UsageError, /1 to 5; got \[0\]/);
    expect(requestTaskSource({ levels: [3, 3] }).at("test", 1).meta.level).to.equal(3);
  });

  it("has forty topics and three thousand words at least, and eight schools", function () {
    this.timeout(120_000);
    const prompts = Array.from({ length: 5_000 }, (_, i) => source.at("train", i).prompt);
    expect(new Set(prompts.flatMap(words)).size).to.be.at.least(3_000);
    expect(new Set(TOPICS.map(({ name }) => name)).size).to.be.at.least(40);
    expect(SCHOOLS).to.have.length.at.least(8);
    expect(new Set(prompts).size).to.equal(5_000);
  });

  it("weighs what is asked with 70 points and what every page owes with 30", () => {
    fc.assert(
      fc.property(anyTask, ({ checklist = [] }) => {
        const owed = checklist.slice(-5).reduce((sum, { maxScore }) => sum + maxScore, 0);
        const all = checklist.reduce((sum, { maxScore }) => sum + maxScore, 0);
        expect(owed).to.be.closeTo(OWED_POINTS, 0.1);
        expect(all - owed).to.be.closeTo(ASKED_POINTS, 0.1);
      }),
      { numRuns: 50 },
    );
  });

  it("asks for all parts and nothing else where there are several, in an item of its own", () => {
    for (let index = 0; index < 40; index++) {
      const { checklist = [], meta } = source.at("test", index);
      const whole = checklist.filter(({ kind }) => kind === "all of it, nothing else");
      expect(whole).to.have.length((meta.parts as string[]).length > 1 ? 1 : 0);
      for (const { probe, maxScore } of whole) {
        expect(maxScore).to.be.closeTo(
          2.5 * checklist.find(({ kind }) => kind === "opening")!.maxScore,
          0.02,
        );
        if (probe?.kind !== "whole") throw new Error(`A ${probe?.kind} where a whole belongs.`);
        expect(probe.of).to.have.length((meta.parts as string[]).length);
        expect(probe.without.map(({ kind }) => kind)).to.deep.equal(["foreign", "names"]);
      }
    }
  });

  it("says in the prompt all that is checked, but for what must be worked out", () => {
    for (let index = 0; index < 200; index++) {
      const { prompt, checklist = [] } = source.at("train", index);
      const flat = prompt.toLowerCase();
      const { parts } = drawBrief(index, LEVELS[index % 5]!);
      const computed = /^(order|schedule|shares|ranking|counter)$/;
      const free = new Set(parts.filter(({ name }) => computed.test(name)).map(({ name }) => name));
      for (const { title, probe } of checklist.slice(0, -5)) {
        if (free.has(title.toLowerCase())) continue;
        for (const text of textsOf(probe!))
          expect(flat, `${title} of task ${index}`).to.include(text.toLowerCase());
      }
    }
  });

  it("leaves things to work out: weekdays, sums, percentages and places are not in the prompt", () => {
    const wanting = Array.from({ length: 300 }, (_, i) => i).filter((index) => {
      const { prompt, checklist = [] } = source.at("train", index);
      return checklist.some(({ probe }) =>
        textsOf(probe!).some((text) => !prompt.toLowerCase().includes(text.toLowerCase())),
      );
    });
    expect(wanting.length / 300).to.be.above(0.4);
  });

  it("has references that cannot be cut from the prompt: each says things of its own, in markup of its own", () => {
    fc.assert(
      fc.property(anyTask, ({ prompt, reference }) => {
        const pages = [reference!.html!, ...reference!.alternatives!];
        expect(new Set(pages).size).to.equal(3);
        const known = new Set(words(prompt));
        for (const html of pages) {
          const body = html.slice(html.indexOf("<body")).replace(/<script[\s\S]*?<\/script>|<[^>]*>/g, " ");
          expect(words(body).filter((word) => !known.has(word)).length).to.be.at.least(1);
        }
        const tags = pages.map((html) =>
          [...html.matchAll(/<(\w+(?: class="[^"]*")?)/g)].map(([, tag]) => tag).join(" "),
        );
        expect(new Set(tags).size).to.equal(3);
      }),
      { numRuns: 60 },
    );
  });

  it("names grounds that are as light or as dark as they are called", () => {
    const mean = (color: string) =>
      (color.match(/[0-9a-f]{2}/g) ?? []).reduce((sum, pair) => sum + Number.parseInt(pair, 16), 0) / 3;
    for (const [name, color] of LIGHT_GROUNDS) expect(mean(color), name).to.be.above(220);
    for (const [name, color] of DARK_GROUNDS) expect(mean(color), name).to.be.below(60);
  });

  describe("its pages", function () {
    this.timeout(300_000);

    for (const school of SCHOOLS)
      it(`${school.name}: does all that the checklist asks`, async () => {
        const renderer = await sharedRenderer();
        for (let index = 0; index < 15; index++) {
          const { checklist = [], viewport, id } = source.at("test", index);
          const brief = drawBrief(2_000_000 + index, LEVELS[index % 5]!);
          const outcome = await renderer.render({
            artifact: { kind: "html", html: writePage(brief, school) },
            viewport,
            probes: checklist.map(({ probe }) => probe!),
            deadline: 60_000,
          });
          if (outcome.status !== "rendered") throw new Error(`${id}: ${JSON.stringify(outcome)}`);
          expect(outcome.page.errors, id).to.deep.equal([]);
          const short = outcome.page.probes.flatMap(({ score, detail }, i) =>
            score === 1 ? [] : [`${id} ${checklist[i]!.title}: ${score} ${detail}`],
          );
          expect(short).to.deep.equal([]);
        }
      });
  });

  it("pays a page that stands still less than one that reacts", async function () {
    this.timeout(120_000);
    const renderer = await sharedRenderer();
    const index = Array.from({ length: 100 }, (_, i) => i).find((each) =>
      drawBrief(2_000_000 + each, LEVELS[each % 5]!).parts.some(({ name }) => name === "tabs"),
    )!;
    const { checklist = [], viewport, reference } = source.at("test", index);
    const at = checklist.findIndex(({ title }) => title === "Tabs");
    const score = async (html: string) => {
      const outcome = await renderer.render({
        artifact: { kind: "html", html },
        viewport,
        probes: [checklist[at]!.probe!],
      });
      if (outcome.status !== "rendered") throw new Error(outcome.message);
      return outcome.page.probes[0]!.score;
    };
    expect(await score(reference!.html!)).to.equal(1);
    const still = reference!
      .html!.replace(/<script[\s\S]*?<\/script>/, "")
      .replace(/(role="tabpanel") hidden/g, "$1");
    expect(await score(still)).to.be.below(0.9);
  });
});
