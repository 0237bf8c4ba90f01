import { expect } from "chai";
import { drawLook, type Look, PALETTES } from "../../datasets/pages/look.js";
import { drawPage, LEVELS, type Page, SECTION_COUNTS, writePage } from "../../datasets/pages/page.js";
import { writePrompt } from "../../datasets/pages/prompt.js";
import {
  allExist,
  buttonNamed,
  counted,
  itemCount,
  listed,
  type Section,
  saying,
  subjects,
} from "../../datasets/pages/section.js";
import { pagesTaskSource, SEED_RANGES } from "../../datasets/pages/source.js";
import { UsageError } from "../../infra/errors.js";
import { createRandom } from "../../infra/random.js";
import { foot, hero, LOOK, names, PAGE, page, says, section } from "./pages-support.js";

describe("a drawn page", () => {
  const drawAll = () =>
    LEVELS.flatMap((level) => Array.from({ length: 60 }, (_, seed) => drawPage(seed, level)));
  const names = ({ sections }: Page) => sections.map(({ name }) => name);

  it("has as many sections as its level allows, in their places", () => {
    const pages = drawAll();
    for (const each of pages) {
      const [fewest, most] = SECTION_COUNTS[each.level - 1]!;
      const all = names(each);
      expect(all.length).to.be.within(fewest, most);
      expect(new Set(all).size).to.equal(all.length);
      expect(all.indexOf("hero")).to.equal(all.includes("navigation") ? 1 : 0);
      if (all.includes("footer")) expect(all.at(-1)).to.equal("footer");
      if (all.includes("call")) expect(all.slice(all.indexOf("call") + 1).join()).to.match(/^(footer)?$/);
      expect(all.indexOf("navigation")).to.be.at.most(0);
    }
    const sizes = LEVELS.map(
      (level) =>
        new Set(pages.filter((each) => each.level === level).map((each) => each.sections.length)).size,
    );
    expect(sizes).to.deep.equal([2, 2, 2, 2, 3]);
  });

  it("has sections from the level on at which they appear", () => {
    const pages = drawAll();
    const of = (level: number) => new Set(pages.filter((each) => each.level === level).flatMap(names));
    expect([...of(1)].sort()).to.deep.equal(["cards", "form", "hero", "stats"]);
    const second = ["cards", "footer", "form", "hero", "navigation", "pricing", "stats", "steps", "table"];
    expect([...of(2)].sort()).to.deep.equal(second);
    expect([...of(3)].sort()).to.deep.equal([...second, "faq", "gallery", "testimonials"].sort());
    expect([...of(4)].sort()).to.deep.equal([...second, "call", "faq", "gallery", "testimonials"].sort());
    const share = (name: Section["name"]) => {
      const own = pages.filter(({ level }) => level === 5);
      return own.filter((each) => names(each).includes(name)).length / own.length;
    };
    expect(share("navigation")).to.be.within(0.55, 0.95);
    expect(share("call")).to.be.within(0.25, 0.75);
  });

  it("has looks of all kinds, dark ones less often", () => {
    const looks = Array.from({ length: 300 }, (_, seed) => drawLook(createRandom(seed)));
    const share = (test: (look: Look) => boolean) => looks.filter(test).length / looks.length;
    expect(share(({ theme }) => theme === "dark")).to.be.within(0.2, 0.45);
    expect(share(({ theme }) => theme === "light")).to.be.within(0.55, 0.8);
    expect(share(({ face }) => face === "serif")).to.be.within(0.35, 0.65);
    expect(share(({ face }) => face === "sans-serif")).to.be.within(0.35, 0.65);
    expect(share(({ scale }) => scale === "large")).to.be.within(0.35, 0.65);
    expect(share(({ scale }) => scale === "small")).to.be.within(0.35, 0.65);
    expect(new Set(looks.map(({ palette }) => palette.name)).size).to.equal(PALETTES.length);
  });

  it("is written with its sections in their landmarks and the styles they ask for", () => {
    const top = section("navigation", {
      landmark: "navigation",
      lines: ["<nav>top</nav>"],
      styles: ["link"],
    });
    const lines = writePage(page(top, hero, section("stats"), foot)).split("\n");
    expect(lines.slice(0, 6)).to.deep.equal([
      "<!DOCTYPE html>",
      '<html lang="en">',
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width">',
      "<title>Luma</title>",
      "<style>",
    ]);
    expect(lines.slice(lines.indexOf("</style>"))).to.deep.equal([
      "</style>",
      "<nav>top</nav>",
      "<main>",
      "<p>hero</p>",
      "<p>stats</p>",
      "</main>",
      "<p>footer</p>",
      "</html>",
    ]);
    expect(lines).to.include("a{color:inherit;text-decoration:none}");
    expect(lines.join()).to.not.contain("nav{");
    const style = (look: Partial<Look>) => writePage({ ...PAGE, look: { ...LOOK, ...look } });
    expect(style({}))
      .to.contain(`--a:${PALETTES[0]!.accent};--t:${PALETTES[0]!.tint}`)
      .and.contain("3.5rem")
      .and.contain("Times");
    expect(style({ theme: "dark" }))
      .to.contain(`--t:${PALETTES[0]!.shade}`)
      .and.contain("color-scheme:dark");
    expect(style({ face: "sans-serif", scale: "small" }))
      .to.contain("2.2rem")
      .and.not.contain("Times");
  });
});

describe("the prompt of a page", () => {
  const writeAll = () => Array.from({ length: 120 }, (_, seed) => writePrompt(PAGE, createRandom(seed)));

  it("says brand, topic, look and the sections in their order", () => {
    const prompts = writeAll();
    for (const { text, facts } of prompts) {
      expect(text).to.contain("Luma").and.contain("bar");
      for (const words of [/\bteal buttons/, /\blight\b/, /\bserif headings/, /\blarge headline/])
        expect(text).to.match(words);
      expect(text).to.match(/a hero.*a stats.*a footer/s);
      expect(text).to.not.match(/undefined|Stryker|\.\.| {2}/);
      expect(facts).to.deep.equal([[], [], []]);
    }
    expect(new Set(prompts.map(({ text }) => text)).size).to.be.above(80);
    const sans = writePrompt({ ...PAGE, look: { ...LOOK, face: "sans-serif" } }, createRandom(1)).text;
    expect(sans).to.match(/\bsans headings/);
  });

  it("ends with a list, or with the look as often as not", () => {
    const prompts = writeAll();
    const listedOnes = prompts.filter(({ text }) => text.includes("\n- "));
    expect(listedOnes.length).to.be.within(8, 40);
    for (const { text } of listedOnes) expect(text).to.match(/Sections:\n- a hero\n- a stats\n- a footer$/);
    const last = prompts.filter(({ text }) => /a footer\.?$/.test(text)).length - listedOnes.length;
    expect(last).to.be.within(25, 75);
  });

  it("brings the facts of the wording that it picks", () => {
    const fact = { title: "more", description: "More.", probe: says("more") };
    const talking = section("stats", { requests: ["plain stats", saying("loud stats", fact)] });
    const both = Array.from({ length: 40 }, (_, seed) =>
      writePrompt(page(hero, talking), createRandom(seed)),
    );
    for (const { text, facts } of both)
      expect(facts).to.deep.equal([[], text.includes("loud stats") ? [fact] : []]);
    expect(both.filter(({ text }) => text.includes("plain stats")).length).to.be.within(8, 32);
  });
});

describe("words for sections", () => {
  it("are lists, articles, numbers and probes", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).to.deep.equal([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
    expect(listed(["a", "b"], "or")).to.equal("a or b");
    expect(["Send", "Ask us", "Enter", "In", "Open", "Up"].map(buttonNamed)).to.deep.equal([
      "a Send button",
      "an Ask us button",
      "an Enter button",
      "an In button",
      "an Open button",
      "an Up button",
    ]);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((length) => counted(new Array(length)))).to.deep.equal([
      "no",
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "7",
    ]);
    expect(allExist([{ text: "a" }, { text: "b" }])).to.deep.equal({
      kind: "all",
      of: [
        { kind: "exists", query: { text: "a" } },
        { kind: "exists", query: { text: "b" } },
      ],
    });
    expect(subjects("field", [{ text: "a" }])).to.deep.equal([{ query: { text: "a" }, kind: "field" }]);
    const threes = (level: number) =>
      Array.from({ length: 400 }, (_, seed) =>
        itemCount(createRandom(seed), { brand: "", topic: "", tail: "", level }),
      ).filter((count) => count === 3).length / 400;
    expect(threes(3)).to.be.within(0.42, 0.58);
    expect(threes(4)).to.be.within(0.22, 0.38);
  });
});

describe("the source of pages", () => {
  const source = pagesTaskSource();

  it("numbers the tasks of some levels without gaps", () => {
    expect(source.size("train")).to.equal(1_000_000);
    expect(source.size("test")).to.equal(100_000);
    const some = pagesTaskSource({ levels: [5, 2, 2] });
    expect(some.size("train")).to.equal(400_000);
    expect([0, 1, 2, 3].map((index) => some.at("train", index).id)).to.deep.equal([
      "pages/train/1",
      "pages/train/4",
      "pages/train/6",
      "pages/train/9",
    ]);
    expect(some.at("validation", 39_999).id).to.equal("pages/validation/99999");
    for (const index of [-1, 40_000, 0.5, Number.NaN])
      expect(() => some.at("validation", index), String(index)).to.throw(
        RangeError,
        `Task indices of the validation split are whole numbers from 0 to 39999; got ${index}.`,
      );
  });

  it("finds a task by its id, if it is of a level that is wanted", () => {
    expect(source.byId("pages/test/7")).to.deep.equal(source.at("test", 7));
    expect(source.at("test", 7).meta).to.deep.include({ seed: 2_000_007, level: 3 });
    const third = pagesTaskSource({ levels: [3] });
    expect(third.byId("pages/test/7")?.id).to.equal("pages/test/7");
    for (const id of [
      "pages/test/8",
      "pages/test/100000",
      "pages/test/07",
      "pages/other/7",
      "xpages/test/7",
      "pages/test/7x",
      "pages/test/",
      "pages/test/1000000002",
    ])
      expect(third.byId(id), id).to.equal(undefined);
    expect(third.byId("pages/test/99997")?.id).to.equal("pages/test/99997");
    expect(source.byId("pages/train/0")?.meta.seed).to.equal(SEED_RANGES.train[0]);
  });

  it("refuses options that there are not", () => {
    expect(() => pagesTaskSource({ level: 1, size: 2 } as object)).to.throw(
      UsageError,
      'webgen/Pages-v0 has the option "levels"; it has no "level", "size".',
    );
    for (const levels of [[], [0], [6], [1.5], [1, 7], 3, "1", null])
      expect(() => pagesTaskSource({ levels } as object), JSON.stringify(levels)).to.throw(
        UsageError,
        `The levels of webgen/Pages-v0 are a list of whole numbers from 1 to 5; got ${JSON.stringify(levels)}.`,
      );
  });

  it("tells of each task what it is", () => {
    const { id, kind, prompt, viewport, reference, meta } = source.at("train", 4);
    const drawnPage = drawPage(4, 5);
    expect([id, kind, viewport]).to.deep.equal(["pages/train/4", "html", source.at("test", 0).viewport]);
    expect(reference).to.deep.equal({ html: writePage(drawnPage) });
    expect(prompt).to.equal(writePrompt(drawnPage, createRandom(4).stream("pages-v0/prompt")).text);
    expect(meta).to.deep.equal({
      seed: 4,
      level: 5,
      brand: drawnPage.brand,
      topic: drawnPage.topic,
      palette: drawnPage.look.palette.name,
      theme: drawnPage.look.theme,
      face: drawnPage.look.face,
      scale: drawnPage.look.scale,
      sections: names(drawnPage),
    });
  });
});
