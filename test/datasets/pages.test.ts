import { expect } from "chai";
import fc from "fast-check";
import { drawPage, LEVELS, pagesTaskSource, SEED_RANGES } from "../../datasets/pages/index.js";
import { PALETTES } from "../../datasets/pages/look.js";
import { SECTION_COUNTS } from "../../datasets/pages/page.js";
import { BRANDS, TOPICS } from "../../datasets/pages/words.js";
import type { Probe, Query } from "../../env/contract/probe.js";
import type { Split, Task } from "../../env/contract/task.js";
import { UsageError } from "../../infra/errors.js";

const SPLITS: readonly Split[] = ["train", "validation", "test"];
const source = pagesTaskSource();
const anyTask = fc
  .tuple(fc.constantFrom(...SPLITS), fc.nat(99_999))
  .map(([split, index]) => source.at(split, index));

/** Every text a probe looks for. */
function wordsOf(probe: Probe): string[] {
  const ofQuery = (query: Query | undefined): string[] =>
    query === undefined
      ? []
      : [query.text, query.name, query.label, query.picture, query.includes, query.like].filter(
          (text) => text !== undefined,
        );
  switch (probe.kind) {
    case "all":
      return probe.of.flatMap(wordsOf);
    case "whole":
      return [...probe.of, ...probe.without].flatMap(wordsOf);
    case "click":
      return [...ofQuery(probe.query), ...probe.expect.flatMap(wordsOf)];
    case "text":
      return [probe.equals];
    case "sequence":
      return [...probe.equals];
    case "groups":
      return probe.groups.flat();
    case "columns":
    case "order":
      return probe.queries.flatMap(ofQuery);
    case "table":
      return probe.rows.flat();
    case "quality":
      return probe.subjects.flatMap(ofQuery);
    case "document":
      return [probe.title];
    case "axe":
    case "legibility":
    case "revealed":
    case "names":
      return [];
    case "numbered":
    case "company":
      return probe.queries.flatMap(ofQuery);
    case "foreign":
      return probe.sections.flat().flatMap(ofQuery);
    default:
      return ofQuery(probe.query);
  }
}

describe("webgen/Pages-v0", () => {
  it("sets labels of numbers apart from them, as the prompt does, so that both read and copy alike", () => {
    const tasks = Array.from({ length: 80 }, (_, index) => source.at("train", index));
    const labels = tasks.flatMap(({ prompt, reference }) =>
      [...reference!.html!.matchAll(/<b>(\d+)<\/b>([^<]+)<\/p>/g)].map(([, amount, label]) => ({
        prompt,
        said: `${amount}${label}`,
      })),
    );
    expect(labels).to.have.length.above(10);
    for (const { prompt, said } of labels) expect(prompt).to.include(said);
  });

  it("names the kind of every fact, and of what is owed on any page none", () => {
    for (const index of [2, 3, 4]) {
      const { checklist = [], meta } = source.at("test", index);
      const kinds = new Set(checklist.map(({ kind }) => kind));
      const named: Record<string, string> = { hero: "opening", stats: "numbers", faq: "questions" };
      const sections = (meta.sections as string[]).map((name) => named[name] ?? name);
      const always = ["look", "brand", "headline", "button", "order of sections", "all of it, nothing else"];
      expect([...kinds]).to.have.members([...always, ...sections, undefined]);
      const owed = checklist.filter(({ kind }) => kind === undefined);
      expect(owed.reduce((sum, { maxScore }) => sum + maxScore, 0)).to.be.closeTo(30, 0.05);
    }
  });

  it("gives equal tasks for equal arguments, from any source", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SPLITS), fc.nat(99_999), (split, index) => {
        expect(pagesTaskSource().at(split, index)).to.deep.equal(source.at(split, index));
      }),
      { numRuns: 50 },
    );
  });

  it("finds every task by its id", () => {
    fc.assert(
      fc.property(anyTask, (task) => {
        expect(source.byId(task.id)).to.deep.equal(task);
      }),
      { numRuns: 50 },
    );
    for (const id of ["pages/test/-1", "pages/test/01", "pages/test/100000", "pages/dev/1", "other/test/1"]) {
      expect(source.byId(id), id).to.equal(undefined);
    }
  });

  it("splits its seeds into ranges that do not overlap", () => {
    const ranges = Object.values(SEED_RANGES).sort(([a], [b]) => a - b);
    for (let index = 1; index < ranges.length; index++) {
      expect(ranges[index]![0]).to.be.at.least(ranges[index - 1]![1]);
    }
    for (const split of SPLITS)
      expect(source.size(split)).to.equal(SEED_RANGES[split][1] - SEED_RANGES[split][0]);
  });

  it("asks for nothing in the test split that it asked for in training", () => {
    const prompts = (split: Split) =>
      Array.from({ length: 2000 }, (_, index) => source.at(split, index).prompt);
    const known = new Set(prompts("train"));
    expect(prompts("test").filter((prompt) => known.has(prompt))).to.deep.equal([]);
  });

  it("keeps ids and tasks the same in a source of fewer levels", () => {
    const easy = pagesTaskSource({ levels: [2, 1, 2] });
    expect(easy.size("test")).to.equal((source.size("test") / 5) * 2);
    for (let index = 0; index < 20; index++) {
      const task = easy.at("test", index);
      expect(task.meta.level).to.equal(1 + (index % 2));
      expect(source.byId(task.id)).to.deep.equal(task);
    }
    expect(easy.byId("pages/test/2")).to.equal(undefined);
    const last = easy.at("test", easy.size("test") - 1);
    expect(source.byId(last.id)).to.deep.equal(last);
  });

  it("says what is wrong with levels and indices", () => {
    expect(() => pagesTaskSource({ levels: [] })).to.throw(UsageError, "whole numbers from 1 to 5");
    expect(() => pagesTaskSource({ levels: [1, 6] })).to.throw(UsageError, "got [1,6]");
    expect(() => pagesTaskSource({ levels: "1,2" } as never)).to.throw(UsageError, 'got "1,2"');
    expect(() => pagesTaskSource({ level: 1 } as never)).to.throw(UsageError, 'it has no "level"');
    for (const index of [-1, 0.5, 100_000, Number.NaN]) {
      expect(() => source.at("test", index)).to.throw(RangeError, "from 0 to 99999");
    }
  });

  it("draws pages with as many sections as their level says", () => {
    for (const level of LEVELS) {
      const [fewest, most] = SECTION_COUNTS[level - 1]!;
      const counts = Array.from({ length: 300 }, (_, seed) => drawPage(seed, level).sections.length);
      expect(Math.min(...counts)).to.equal(fewest);
      expect(Math.max(...counts)).to.equal(most);
    }
  });

  it("uses every kind of section, look, topic and brand", () => {
    const tasks = Array.from({ length: 2000 }, (_, index) => source.at("train", index));
    const seen = (pick: (task: Task) => readonly unknown[]) =>
      new Set(tasks.flatMap((task) => [...pick(task)]));
    expect(seen(({ meta }) => meta.sections as string[])).to.have.lengthOf(13);
    expect(seen(({ meta }) => [meta.palette])).to.have.lengthOf(PALETTES.length);
    expect(seen(({ meta }) => [meta.theme, meta.face, meta.scale])).to.have.lengthOf(6);
    expect(seen(({ meta }) => [meta.topic])).to.have.lengthOf(TOPICS.length);
    expect(seen(({ meta }) => [meta.brand])).to.have.lengthOf(BRANDS.length);
  });
});

describe("the checklist of a page", () => {
  it("is worth 100 points, 70 of them for what the prompt asks, each item numbered, titled, described and with a probe", () => {
    fc.assert(
      fc.property(anyTask, ({ checklist = [] }) => {
        expect(checklist.map(({ id }) => id)).to.deep.equal(checklist.map((_, id) => id));
        for (const item of checklist) {
          expect(item.maxScore).to.be.above(0);
          expect(item.title).to.match(/^[A-Z]/);
          expect(item.description).to.match(/^[A-Z].*[.]$/);
          expect(item.probe).to.not.equal(undefined);
        }
        const points = (items: typeof checklist) => items.reduce((sum, { maxScore }) => sum + maxScore, 0);
        const universal = checklist.findIndex(({ title }) => title === "Readable contrast");
        expect(points(checklist.slice(0, universal))).to.be.closeTo(70, 0.05);
        expect(points(checklist.slice(universal))).to.be.closeTo(30, 0.05);
      }),
      { numRuns: 100 },
    );
  });

  it("has an item of its own for the brand, for the order and for all sections, and one at least for each section", () => {
    fc.assert(
      fc.property(anyTask, ({ checklist = [], meta }) => {
        const sections = meta.sections as string[];
        const titles = checklist.map(({ title }) => title);
        expect(titles.filter((title) => title === "Brand name")).to.have.lengthOf(1);
        const several = sections.length > 1 ? 1 : 0;
        expect(titles.filter((title) => title === "Order of sections")).to.have.lengthOf(several);
        expect(titles.filter((title) => title === "These sections and no others")).to.have.lengthOf(several);
        expect(titles.length).to.be.at.least(4 + 1 + sections.length + 10);
      }),
      { numRuns: 50 },
    );
  });

  it("asks for what only this wording says", function () {
    this.timeout(60_000);
    const tasks = Array.from({ length: 1000 }, (_, index) => source.at("train", 5 * index + 4));
    const check = (said: RegExp, title: RegExp, section: string) => {
      let [with_, without] = [0, 0];
      for (const { prompt, checklist = [], meta } of tasks) {
        if (!(meta.sections as string[]).includes(section)) continue;
        const asked = said.test(prompt);
        expect(
          checklist.some((item) => title.test(item.title)),
          prompt,
        ).to.equal(asked);
        if (asked) with_++;
        else without++;
      }
      expect(Math.min(with_, without), String(said)).to.be.above(10);
    };
    check(/captioned/, /^Captions$/, "gallery");
    check(/ band "/, /^Band$/, "call");
    check(/big numbers/, /^Big numbers$/, "stats");
    check(/plans in a row/, /^Plans in a row$/, "pricing");
    check(/ fields, /, /^Number of fields$/, "form");
  });

  it("tests nothing that the prompt does not say", () => {
    fc.assert(
      fc.property(anyTask, ({ prompt, checklist = [] }) => {
        for (const { probe } of checklist) {
          for (const text of wordsOf(probe!)) expect(prompt.toLowerCase()).to.include(text.toLowerCase());
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has the look that the prompt asks for", () => {
    fc.assert(
      fc.property(anyTask, ({ prompt, meta }) => {
        const { palette, theme, face, scale } = meta as Record<string, string>;
        const typeface = face === "serif" ? /\bserif headings/ : /\bsans headings/;
        expect(prompt).to.match(new RegExp(`\\b${palette} buttons`));
        expect(prompt).to.match(new RegExp(`\\b${theme}\\b`));
        expect(prompt).to.match(typeface);
        expect(prompt).to.match(new RegExp(`\\b${scale} headline`));
      }),
      { numRuns: 100 },
    );
  });

  it("is data: it survives JSON", () => {
    fc.assert(
      fc.property(anyTask, ({ checklist }) => {
        expect(JSON.parse(JSON.stringify(checklist))).to.deep.equal(checklist);
      }),
      { numRuns: 30 },
    );
  });
});

describe("the reference of a page", () => {
  it("is one line per rule and element, closed, and loads nothing", () => {
    fc.assert(
      fc.property(anyTask, ({ reference }) => {
        const html = reference!.html!;
        expect(html).to.match(/^<!DOCTYPE html>\n<html lang="en">\n/);
        expect(html).to.match(/\n<\/html>$/);
        expect(html).to.not.match(/https?:|url\(|<script|<img|<link|@import/);
        expect(html.split("\n").filter((line) => line.trim() === "")).to.deep.equal([]);
      }),
      { numRuns: 100 },
    );
  });

  it("is written with few different lines of CSS", () => {
    const lines = new Set<string>();
    for (let index = 0; index < 1000; index++) {
      const style = /<style>\n([\s\S]*?)\n<\/style>/.exec(source.at("train", index).reference!.html!)![1]!;
      for (const line of style.split("\n")) lines.add(line);
    }
    expect(lines.size).to.be.at.most(70);
  });
});
