import { expect } from "chai";
import { pageChecklist } from "../../datasets/pages/checklist.js";
import { pageFacts } from "../../datasets/pages/facts.js";
import type { Page } from "../../datasets/pages/page.js";
import { BRANDS } from "../../datasets/pages/words.js";
import { BUTTON, HEADLINE, hero, LOOK, PAGE, page, says, section } from "./pages-support.js";

describe("the points of a page", () => {
  const points = (of: Page, said = {}) =>
    pageChecklist(of, Object.values(said)).map(({ title, maxScore }) => [title, maxScore]);

  it("are 70 for what is asked: by topic, and by weight within one", () => {
    // look 7, brand 9, order 16, whole 20; 18 for the sections, 6 each.
    expect(points(PAGE).slice(0, -10)).to.deep.equal([
      ["Teal button", 1.75],
      ["Light background", 1.75],
      ["Serif headings", 1.75],
      ["Large headline", 1.75],
      ["Brand name", 9],
      ["Headline", 6],
      ["Small", 1],
      ["Big one", 3],
      ["Other", 2],
      ["Small", 1],
      ["Big one", 3],
      ["Other", 2],
      ["Order of sections", 16],
      ["These sections and no others", 20],
    ]);
  });

  it("of a section alone are those of order and whole, too", () => {
    expect(points(page(hero)).slice(4, -10)).to.deep.equal([
      ["Brand name", 9],
      ["Headline", 54],
    ]);
  });

  it("are shared with what only the wording says", () => {
    const said = [[], [{ title: "more", description: "More.", probe: says("more"), weight: 3 }]];
    const items = pageChecklist(PAGE, said).filter(({ maxScore }) => maxScore !== undefined);
    expect(items.slice(6, 10).map(({ title, maxScore }) => [title, maxScore])).to.deep.equal([
      ["Small", 0.5],
      ["Big one", 1.5],
      ["Other", 1],
      ["More", 3],
    ]);
    expect(items.map(({ id }) => id)).to.deep.equal(items.map((_, id) => id));
  });

  it("are 30 for what every page owes", () => {
    // Of 24 parts.
    expect(points(PAGE).slice(-10)).to.deep.equal([
      ["Readable contrast", 3.75],
      ["Nothing wider than the window", 2.5],
      ["Landmarks", 2.5],
      ["Heading outline", 2.5],
      ["Accessible names", 2.5],
      ["Keyboard", 2.5],
      ["Small screens", 3.75],
      ["Title and language", 6.25],
      ["Legible text and targets", 2.5],
      ["Nothing covered or cut off", 1.25],
    ]);
  });
});

describe("what every page owes", () => {
  it("is taken on the page's own content of the right kind", () => {
    const probes = pageChecklist(PAGE)
      .slice(-10)
      .map(({ probe }) => probe);
    const [field, text, figure, end] = [
      { role: "textbox", label: "Email" },
      { text: "stats text" },
      { text: "stats anywhere" },
      { text: "end" },
    ];
    const quality = (rule: string, queries: object[], more = {}) => ({
      kind: "quality",
      rule,
      subjects: queries,
      least: 0.9,
      ...more,
    });
    const every = [HEADLINE, BUTTON, field, text, figure, end];
    const readable = [HEADLINE, BUTTON, text, end];
    const operable = [BUTTON, field];
    const phone = { width: 375 };
    expect(probes).to.deep.equal([
      quality("contrast", readable),
      quality("fits", every),
      {
        kind: "all",
        of: [
          quality("landmark", [HEADLINE, BUTTON, field, text], { landmark: "main" }),
          quality("landmark", [end], { landmark: "contentinfo" }),
        ],
      },
      quality("outline", [HEADLINE]),
      quality("named", [HEADLINE, BUTTON, field, figure]),
      quality("focusable", operable),
      quality("fits", every, phone),
      { kind: "document", title: "Luma", language: true },
      { kind: "all", of: [quality("legible", readable), quality("tappable", operable, phone)] },
      quality("uncovered", every),
    ]);
  });
});

describe("the facts of a page", () => {
  const others = { kind: "names", names: BRANDS.filter((name) => name !== "Luma"), most: 2 };
  const probesOf = (of: Page) =>
    Object.fromEntries(pageFacts(of).map(({ topic, facts }) => [topic, facts.map(({ probe }) => probe)]));

  it("are its look, on the opening's own headline and button", () => {
    expect(probesOf(PAGE).look).to.deep.equal([
      { kind: "color", query: BUTTON, of: "background", named: "teal" },
      { kind: "theme", query: HEADLINE, theme: "light" },
      { kind: "typeface", query: HEADLINE, face: "serif" },
      { kind: "length", query: HEADLINE, property: "font-size", min: 40 },
    ]);
    const small = { ...page(section("stats")), look: { ...LOOK, scale: "small" as const } };
    const any = { role: "heading", level: 1 };
    expect(probesOf(small).look).to.deep.equal([
      { kind: "color", query: { role: "button" }, of: "background", named: "teal" },
      { kind: "theme", query: any, theme: "light" },
      { kind: "typeface", query: any, face: "serif" },
      { kind: "length", query: any, property: "font-size", min: 20, max: 40 },
    ]);
    const [, , , large] = pageFacts(PAGE)[0]!.facts;
    expect(large!.description).to.equal("The headline is at least 40 px high.");
    expect(pageFacts(small)[0]!.facts[3]!.description).to.equal("The headline is at most 40 px high.");
  });

  it("are its brand and no list of brands, its order, and all sections by their weightiest facts", () => {
    const probes = probesOf(PAGE);
    expect(probes.brand).to.deep.equal([{ kind: "whole", of: [says("Luma")], without: [others] }]);
    expect(probes.order).to.deep.equal([
      { kind: "order", queries: [HEADLINE, { text: "stats text" }, { text: "end" }] },
    ]);
    expect(probes.whole).to.deep.equal([
      {
        kind: "whole",
        of: [says("Hello"), says("big stats"), says("big footer")],
        without: [
          {
            kind: "foreign",
            sections: [
              [HEADLINE, BUTTON, { role: "textbox", label: "Email" }],
              [{ text: "stats text" }, { text: "stats anywhere" }],
              [{ text: "end" }],
            ],
          },
          others,
        ],
      },
    ]);
    expect(pageFacts(page(hero)).map(({ topic }) => topic)).to.deep.equal(["look", "brand", "hero"]);
    expect(pageFacts(PAGE).at(-2)!.facts[0]!.description).to.equal(
      "The page shows, from top to bottom: hero, stats, footer.",
    );
    const equal = section("stats", {
      facts: ["first", "second"].map((title) => ({ title, description: title, probe: says(title) })),
    });
    expect(probesOf(page(hero, equal)).whole).to.have.deep.nested.property("[0].of[1]", says("first"));
  });
});
