import type { Query } from "../../../env/contract/probe.js";
import { drawing, PICTURES } from "../pictures.js";
import { buttonNamed, type DrawSection, type Fact, saying, type Wording } from "../section.js";
import type { StyleName } from "../styles.js";
import { ACTIONS, HEADLINE_ENDS, HEADLINE_OBJECTS, HEADLINE_STARTS } from "../words.js";

type Arrangement = "centered" | "left" | "split";

const STYLES: Record<Arrangement, StyleName[]> = {
  centered: ["heroCentered"],
  left: ["heroLeft"],
  split: ["heroSplit", "section", "picture"],
};

const HEADLINE: Query = { role: "heading", level: 1 };
const PICTURE: Query = { picture: "" };

/** The opening: headline, one sentence, a button; centred, left-aligned, or beside a picture. */
export const hero: DrawSection = (random, page) => {
  const object = random.pick(HEADLINE_OBJECTS);
  const end = random.pick(HEADLINE_ENDS);
  const headline = `${random.pick(HEADLINE_STARTS)} ${object}${end && " "}${end}`;
  const action = random.pick(ACTIONS);
  const arrangement = random.pick<Arrangement>(
    page.level < 3 ? ["centered", "left"] : ["centered", "left", "split"],
  );
  const [, shape] = random.pick(PICTURES);
  const button: Query = { role: ["button", "link"], text: action };
  const topic: Query = { includes: page.topic };
  const text = [
    `<h1>${headline}</h1>`,
    `<p>${page.brand} is a ${page.topic} ${page.tail}.</p>`,
    `<button>${action}</button>`,
  ];
  return {
    name: "hero",
    landmark: "main",
    requests: requests(arrangement, headline, action, button),
    lines:
      arrangement === "split"
        ? ["<header>", "<section>", ...text, "</section>", drawing(shape), "</header>"]
        : ["<header>", ...text, "</header>"],
    styles: [...STYLES[arrangement], "lead", "button", "block"],
    facts: [
      {
        title: "headline",
        description: `The headline is a level-1 heading that reads "${headline}".`,
        probe: { kind: "text", query: HEADLINE, equals: headline },
        weight: 1.5,
        kind: "headline",
      },
      {
        title: "what it is",
        description: `The opening says that ${page.brand} is a ${page.topic}.`,
        probe: { kind: "exists", query: topic },
        weight: 0.5,
      },
      arrangementFact(arrangement, headline),
      {
        title: "button",
        description: `The opening has a button "${action}".`,
        probe: { kind: "exists", query: button },
        kind: "button",
      },
    ],
    subjects: [
      { query: { ...HEADLINE, like: headline }, kind: "heading" },
      { query: button, kind: "control" },
      { query: { includes: page.brand }, kind: "text", anywhere: true },
      { query: topic, kind: "text" },
    ],
  };
};

function requests(arrangement: Arrangement, headline: string, action: string, button: Query): Wording[] {
  const heroes = {
    centered: ["a centered hero", "a hero in the middle", "a centered opening"],
    left: ["a left-aligned hero", "a hero aligned to the left", "an opening set to the left"],
    split: ["a hero left of a picture", "a hero with a picture on the right", "an opening left of a picture"],
  }[arrangement];
  const contents = [
    `"${headline}" with ${buttonNamed(action)}`,
    `saying "${headline}" above ${buttonNamed(action)}`,
    `"${headline}" and the button ${action}`,
  ];
  const above: Fact = {
    title: "button below the headline",
    description: `The button "${action}" stands below the headline.`,
    probe: { kind: "order", queries: [{ ...HEADLINE, like: headline }, button] },
  };
  return heroes.flatMap((opening) =>
    contents.map((content) => {
      const text = `${opening} ${content}`;
      return content.includes(" above ") ? saying(text, above) : text;
    }),
  );
}

function arrangementFact(arrangement: Arrangement, like: string): Fact {
  const headline: Query = { ...HEADLINE, like };
  if (arrangement === "split") {
    return {
      title: "picture beside the text",
      description: "The opening has a picture to the right of its text.",
      probe: { kind: "columns", queries: [headline, PICTURE], columns: 2 },
    };
  }
  const centered = arrangement === "centered";
  return {
    title: centered ? "centered opening" : "left-aligned opening",
    description: `The headline is ${centered ? "centered" : "aligned to the left"}.`,
    probe: {
      kind: "style",
      query: headline,
      property: "text-align",
      oneOf: centered ? ["center", "-webkit-center"] : ["left", "start", "-webkit-auto"],
    },
  };
}
