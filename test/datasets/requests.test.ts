import { expect } from "chai";
import {
  type AskedLook,
  type Brief,
  drawBrief,
  frameFacts,
  frameSubjects,
  LEVELS,
  noOtherNames,
} from "../../datasets/pages-v1/brief.js";
import { requestChecklist } from "../../datasets/pages-v1/checklist.js";
import { TOPICS } from "../../datasets/pages-v1/lexicon/index.js";
import { clicked, gone, inOrder, type Part, says, subjectsOf } from "../../datasets/pages-v1/part.js";
import { PART_KINDS } from "../../datasets/pages-v1/parts/index.js";
import { writeRequest } from "../../datasets/pages-v1/prompt.js";
import type { Probe } from "../../env/contract/probe.js";
import { createRandom } from "../../infra/random.js";

const part = (name: string, ...texts: string[]): Part => ({
  name,
  asks: [`the ${name} of ask`],
  sentences: [`The sentence of ${name}.`],
  titles: [name],
  blocks: [],
  facts: texts.map((text) => ({ title: text, description: `It says ${text}.`, probe: says(text) })),
  subjects: subjectsOf("text", texts),
});
const OPEN: AskedLook = { accent: null, ground: null, dark: false, face: null, align: null };
const PLAIN: Brief = {
  seed: 1,
  level: 1,
  topic: TOPICS[0]!,
  calling: "an old bakery",
  brand: "Krume",
  headline: "Bread first",
  action: "Order",
  look: OPEN,
  links: [],
  menu: false,
  parts: [part("prices", "tart"), part("team", "Ada", "Bo")],
  ordered: false,
  footer: null,
};
const FULL: Brief = {
  ...PLAIN,
  look: {
    accent: ["moss", "#445522"],
    ground: ["ivory", "#fffff0"],
    dark: false,
    face: "serif",
    align: "left",
  },
  links: ["About", "Visit", "News"],
  menu: true,
  ordered: true,
  footer: "Krume 2027",
};
const HEADLINE = { role: "heading", level: 1, like: "Bread first" };
const BUTTON = { role: ["button", "link"], text: "Order" };

describe("a brief", () => {
  const drawAll = () =>
    LEVELS.flatMap((level) => Array.from({ length: 80 }, (_, seed) => drawBrief(seed, level)));

  it("has as many parts as its level allows, one of a family, the call at the end", () => {
    const briefs = drawAll();
    const counts = new Map<number, Set<number>>();
    for (const { level, parts } of briefs) {
      counts.set(level, (counts.get(level) ?? new Set()).add(parts.length));
      const names = parts.map(({ name }) => name);
      expect(new Set(names).size).to.equal(names.length);
      if (names.includes("call")) expect(names.at(-1)).to.equal("call");
    }
    expect(
      [...counts].map(([level, sizes]) => [level, Math.min(...sizes), Math.max(...sizes)]),
    ).to.deep.equal([
      [1, 1, 2],
      [2, 2, 3],
      [3, 3, 4],
      [4, 4, 5],
      [5, 5, 7],
    ]);
  });

  it("has kinds of parts from the level on at which they appear", () => {
    const briefs = drawAll();
    const of = (level: number) =>
      new Set(
        briefs.filter((each) => each.level === level).flatMap(({ parts }) => parts.map(({ name }) => name)),
      );
    const first = of(1);
    expect(PART_KINDS.filter(({ level }) => level === 1)).to.have.length(5);
    expect(first.size).to.equal(5);
    for (const late of ["form", "ranking", "questions", "tabs", "call"])
      expect([...first]).to.not.include(late);
    expect([...of(2)])
      .to.include("questions")
      .and.to.not.include("form");
    expect([...of(3)])
      .to.include("form")
      .and.to.not.include("call");
    expect([...of(4)]).to.include("call");
  });

  it("is framed from level 2 on, with a menu from level 3 on", () => {
    const briefs = drawAll();
    const some = (level: number, has: (brief: Brief) => boolean) => {
      const own = briefs.filter((brief) => brief.level === level);
      const share = own.filter(has).length / own.length;
      return share === 0 ? "none" : share === 1 ? "all" : "some";
    };
    const links = (brief: Brief) => brief.links.length > 0;
    const menu = (brief: Brief) => brief.menu;
    const footer = (brief: Brief) => brief.footer !== null;
    expect(LEVELS.map((level) => some(level, links))).to.deep.equal(["none", "some", "some", "some", "some"]);
    expect(LEVELS.map((level) => some(level, menu))).to.deep.equal(["none", "none", "some", "some", "some"]);
    expect(LEVELS.map((level) => some(level, footer))).to.deep.equal([
      "none",
      "some",
      "some",
      "some",
      "some",
    ]);
    for (const { links, menu, brand, topic, headline, action, calling } of briefs) {
      if (links.length > 0) expect(links.length).to.be.within(2, 4);
      expect(new Set(links).size).to.equal(links.length);
      if (menu) expect(links).to.not.deep.equal([]);
      expect(brand).to.match(/^\S.*\S$/);
      expect(topic.headlines).to.include(headline);
      expect(topic.callings).to.include(calling);
      expect(topic.actions.slice(0, 2)).to.include(action);
    }
  });

  it("leaves each part of the look open at times, and names grounds of the right shade", () => {
    const briefs = drawAll();
    for (const key of ["accent", "ground", "face", "align"] as const) {
      const asked = briefs.filter(({ look }) => look[key] !== null).length / briefs.length;
      expect(asked, key).to.be.within(0.2, 0.85);
    }
    expect(briefs.filter(({ look }) => look.dark).length / briefs.length).to.be.within(0.2, 0.5);
    for (const { look } of briefs)
      if (look.ground) {
        const mean =
          look.ground[1].match(/[0-9a-f]{2}/g)!.reduce((sum, pair) => sum + Number.parseInt(pair, 16), 0) / 3;
        expect(mean < 128, look.ground[0]).to.equal(look.dark);
      }
    expect(briefs.some(({ ordered }) => ordered)).to.equal(true);
    expect(briefs.some(({ ordered }) => !ordered)).to.equal(true);
  });
});

describe("what a brief's frame asks", () => {
  it("is little where all is open", () => {
    expect(
      frameFacts(PLAIN).map(({ title, facts }) => [title, facts.map(({ probe }) => probe)]),
    ).to.deep.equal([
      ["brand", [{ kind: "whole", of: [says("Krume")], without: [noOtherNames(PLAIN)] }, says("old bakery")]],
      [
        "opening",
        [
          { kind: "text", query: { role: "heading", level: 1 }, equals: "Bread first" },
          { kind: "exists", query: BUTTON },
        ],
      ],
    ]);
    for (const [calling, noun] of [
      ["a shop", "shop"],
      ["the shop", "shop"],
      ["two sisters", "sisters"],
      ["another shop", "another shop"],
      ["shop of a kind", "shop of a kind"],
    ] as const)
      expect(frameFacts({ ...PLAIN, calling })[0]!.facts[1]!.probe, calling).to.deep.equal(says(noun));
    expect(frameFacts({ ...PLAIN, ordered: true, parts: PLAIN.parts.slice(0, 1) })).to.have.length(2);
  });

  it("lets no page name other brands than its own, but for two that may be words", () => {
    const { kind, names, most } = noOtherNames(PLAIN) as Extract<Probe, { kind: "names" }>;
    expect([kind, most]).to.deep.equal(["names", 2]);
    expect(names).to.include("Fern").and.not.include("Krume");
    const own = noOtherNames({ ...PLAIN, brand: "Fern & Oak" }) as { names?: string[] };
    expect(own.names).to.not.include.members(["Fern"]);
    expect(own.names).to.not.include.members(["Oak"]);
    const headed = noOtherNames({ ...PLAIN, headline: "Sage and more" }) as { names?: string[] };
    expect(headed.names).to.not.include("Sage");
  });

  it("is the look, the navigation, the footer and the order where they are named", () => {
    const facts = new Map(
      frameFacts(FULL).map(({ title, facts }) => [title, facts.map(({ probe }) => probe)]),
    );
    expect([...facts.keys()]).to.deep.equal(["brand", "opening", "look", "navigation", "footer", "order"]);
    expect(facts.get("look")).to.deep.equal([
      { kind: "color", query: BUTTON, of: "background", near: "#445522" },
      { kind: "color", query: HEADLINE, of: "background", near: "#fffff0" },
      { kind: "typeface", query: HEADLINE, face: "serif" },
      { kind: "style", query: HEADLINE, property: "text-align", oneOf: ["left", "start", "-webkit-auto"] },
    ]);
    const links = ["About", "Visit", "News"].map((text) => ({
      role: "link",
      text,
      within: { role: "navigation" },
    }));
    expect(facts.get("navigation")).to.deep.equal([
      {
        kind: "all",
        of: [...links.map((query) => ({ kind: "exists", query })), { kind: "order", queries: links }],
      },
      {
        kind: "all",
        of: [
          { kind: "exists", query: { role: "button", text: "Menu" }, width: 375 },
          { kind: "count", query: links[0], equals: 0, width: 375 },
        ],
      },
    ]);
    expect(facts.get("footer")).to.deep.equal([
      { kind: "exists", query: { includes: "Krume 2027", within: { role: "contentinfo" } } },
    ]);
    expect(facts.get("order")).to.deep.equal([inOrder(["tart", "Ada"])]);
    const centered = frameFacts({ ...PLAIN, look: { ...OPEN, align: "center" } }).at(-1)!.facts;
    expect(centered.map(({ probe }) => probe)).to.deep.equal([
      { kind: "style", query: HEADLINE, property: "text-align", oneOf: ["center", "-webkit-center"] },
    ]);
    expect(
      frameFacts({ ...FULL, menu: false }).find(({ title }) => title === "navigation")!.facts,
    ).to.have.length(1);
  });

  it("holds for every brief's headline, button and links, unless a menu hides them", () => {
    const control = (query: object) => ({ query, kind: "control" });
    expect(frameSubjects(FULL)).to.deep.equal([{ query: HEADLINE, kind: "heading" }, control(BUTTON)]);
    expect(frameSubjects({ ...FULL, menu: false }).slice(2)).to.deep.equal(
      ["About", "Visit", "News"].map((text) =>
        control({ role: "link", text, within: { role: "navigation" } }),
      ),
    );
  });
});

describe("the checklist of a request", () => {
  it("shares 70 points among what is asked and 30 among what every page owes", () => {
    const items = requestChecklist(PLAIN);
    expect(items.map(({ id, title, kind, maxScore }) => [id, title, kind, maxScore])).to.deep.equal([
      // 70 points over the brand, which weighs 1.75, three parts and the whole, which weighs two and a half.
      [0, "Brand", "brand", 16.9],
      [1, "Opening", "opening", 9.66],
      [2, "Prices", "prices", 9.66],
      [3, "Team", "team", 9.66],
      [4, "All of it, nothing else", "all of it, nothing else", 24.14],
      [5, "Readable", undefined, 6],
      [6, "Fits the window", undefined, 6],
      [7, "Names and keyboard", undefined, 6],
      [8, "Title and language", undefined, 6],
      [9, "Nothing covered or cut off", undefined, 6],
    ]);
    expect(requestChecklist(FULL).map(({ kind }) => kind))
      .to.include("order of sections")
      .and.not.include("order");
    // 70 over 11.75: 1.75 for the brand, 1.5 for the order, one for each of six others, two and a half for the whole.
    const points = new Map(requestChecklist(FULL).map(({ kind, maxScore }) => [kind, maxScore]));
    expect(["brand", "opening", "order of sections"].map((kind) => points.get(kind))).to.deep.equal([
      10.43, 5.96, 8.94,
    ]);
    expect(
      requestChecklist({ ...PLAIN, parts: [...PLAIN.parts, part("x", "y"), part("z", "y")] })[0]!.maxScore,
    ).to.equal(13.24);
  });

  it("has one probe for one fact and all of them for several, described in a row", () => {
    const [, , prices, team] = requestChecklist(PLAIN);
    expect(prices).to.include({ description: "It says tart." });
    expect(prices!.probe).to.deep.equal(says("tart"));
    expect(team).to.include({ description: "It says Ada. It says Bo." });
    expect(team!.probe).to.deep.equal({ kind: "all", of: [says("Ada"), says("Bo")] });
  });

  it("takes what every page owes on the content that it is about", () => {
    const field = { query: { role: "textbox", name: "Email" }, kind: "field" as const };
    const title = { query: { text: "Team" }, kind: "heading" as const };
    const parts = [{ ...part("team", "Ada"), subjects: [...subjectsOf("text", ["Ada"]), field, title] }];
    const [readable, fits, named, document, uncovered] = requestChecklist({ ...PLAIN, parts }).slice(-5);
    const [text, heading] = [{ text: "Ada" }, { text: "Team" }];
    const rule = (name: string, subjects: object[], width?: number) => ({
      kind: "quality",
      rule: name,
      subjects,
      ...(width === undefined ? {} : { width }),
    });
    const readables = [HEADLINE, BUTTON, text, heading];
    const every = [HEADLINE, BUTTON, text, field.query, heading];
    expect(readable!.probe).to.deep.equal({
      kind: "all",
      of: [rule("contrast", readables), rule("legible", readables)],
    });
    expect(fits!.probe).to.deep.equal({ kind: "all", of: [rule("fits", every), rule("fits", every, 375)] });
    expect(named!.probe).to.deep.equal({
      kind: "all",
      of: [rule("named", [BUTTON, field.query]), rule("focusable", [BUTTON, field.query])],
    });
    expect(document!.probe).to.deep.equal({ kind: "document", title: "Krume", language: true });
    expect(uncovered!.probe).to.deep.equal(rule("uncovered", every));
  });

  it("is made of probes as parts write them", () => {
    expect(gone("x")).to.deep.equal({ kind: "count", query: { text: "x" }, equals: 0 });
    expect(clicked("x", [says("y")])).to.deep.equal({
      kind: "click",
      query: { role: ["button", "tab", "link", "radio"], text: "x" },
      expect: [{ kind: "exists", query: { includes: "y" } }],
    });
    expect(inOrder(["a", "b"])).to.deep.equal({ kind: "order", queries: [{ text: "a" }, { text: "b" }] });
    expect(subjectsOf("field", ["a"])).to.deep.equal([{ query: { text: "a" }, kind: "field" }]);
  });
});

describe("the request for a page", () => {
  const requests = (brief: Brief) =>
    Array.from({ length: 150 }, (_, seed) => writeRequest(brief, createRandom(seed).stream("request")));
  const said = (texts: readonly string[], pattern: RegExp) =>
    texts.filter((text) => pattern.test(text)).length;

  it("says everything that is checked, in whole sentences", () => {
    for (const text of [...requests(PLAIN), ...requests(FULL), ...requests({ ...FULL, ordered: false })]) {
      for (const word of ["Krume", "old bakery", "Bread first", "Order"]) expect(text).to.contain(word);
      expect(text).to.match(/the prices of ask|the sentence of prices/i);
      expect(text).to.match(/the team of ask|the sentence of team/i);
      expect(text).to.not.match(/undefined|null|function|\[object| {2}| \.|\.\.| ,|Stryker/);
      expect(text).to.equal(text.trim());
    }
  });

  it("names what the brief names, and nothing that is open", () => {
    for (const text of [...requests(FULL), ...requests({ ...FULL, ordered: false })]) {
      for (const word of ["moss", "ivory", "About, Visit and News", "Krume 2027", "Menu"])
        expect(text.toLowerCase()).to.contain(word.toLowerCase());
      expect(text)
        .to.match(/\bserif\b/)
        .and.to.match(/left/)
        .and.to.match(/footer/)
        .and.to.match(/background/);
      expect(text).to.match(/an ivory background|ivory as the background/i);
    }
    for (const text of requests(PLAIN))
      expect(text).to.not.match(
        /moss|ivory|serif|About|footer|Menu|background|[Ll]ook:|Style:|It also needs|should also have|Do not forget|As for|Visual|Add |Use (?!semantic)|Set /,
      );
    for (const text of requests({ ...FULL, menu: false })) expect(text).to.not.match(/\bMenu\b/);
    const centered = requests({
      ...PLAIN,
      look: { ...OPEN, align: "center", face: "sans-serif", ground: ["sand", "#eee"] },
    });
    for (const text of centered) {
      expect(text)
        .to.match(/a centered headline/i)
        .and.to.match(/sans-serif/);
      expect(text).to.match(/a sand background|sand as the background/i);
      expect(text).to.not.match(/left/);
    }
    for (const text of requests({ ...PLAIN, footer: "Krume 2027" })) expect(text).to.contain("Krume 2027");
    for (const text of requests({ ...PLAIN, links: ["About", "Visit"] }))
      expect(text).to.contain("About and Visit");
  });

  it("says when the order counts, and keeps it then", () => {
    const ordered = requests(FULL);
    for (const text of ordered) {
      expect(text).to.match(
        /top to bottom|in this order|Order matters|everything in the order of this letter/i,
      );
      expect(text.search(/prices/)).to.be.below(text.search(/team/));
    }
    const loose = requests({ ...FULL, ordered: false });
    for (const text of loose)
      expect(text).to.not.match(/top to bottom|in this order|order matters|order of this letter/i);
    const swapped = loose.filter((text) => text.search(/prices/) > text.search(/team/)).length;
    expect(swapped)
      .to.be.above(5)
      .and.to.be.below(loose.length / 2);
  });

  it("has nine voices", () => {
    const voices = [
      [/we need a page\. From top to bottom it should have .*; then /, FULL],
      [/^Design a one-page site[\s\S]*\n1\. [A-Z]/, FULL],
      [/^# Krume\n\nWe are an old bakery\.[\s\S]*\n- [A-Z]/, FULL],
      [/^Landing page, .*Order matters: .* \/ /, FULL],
      [/^Hi! I run an old bakery named Krume .* Thanks!$/s, { ...FULL, ordered: false }],
      [/^Please implement a website for Krume/, { ...FULL, ordered: false }],
      [
        /^Requirements for Krume \(an old bakery\)\n\* [\s\S]*\n\* Add [\s\S]*\n\* Visual style: /,
        { ...FULL, ordered: false },
      ],
      [/^Dear designer,\n\nwe are Krume[\s\S]*Yours, the people of Krume$/, FULL],
      [/^An old bakery needs a page\. The name is Krume\./, FULL],
      [/^Requirements for Krume \(an old bakery\)\n(?!.*Add)(?!.*Visual)/s, PLAIN],
    ] as const;
    for (const [pattern, brief] of voices) {
      const share = said(requests(brief), pattern) / 150;
      expect(share, String(pattern)).to.be.within(0.08, 0.4);
    }
  });
});
