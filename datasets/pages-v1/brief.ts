import type { Probe } from "../../env/contract/probe.js";
import { createRandom, type RandomStream } from "../../infra/random.js";
import type { Fact, Subject } from "../pages/section.js";
import { BRANDS } from "../pages/words.js";
import { TOPICS, type Topic } from "./lexicon/index.js";
import { ACCENTS, BRAND_HEADS, BRAND_TAILS, DARK_GROUNDS, LIGHT_GROUNDS } from "./lexicon/names.js";
import { all, exists, listed, type Part, type PartContext, says } from "./part.js";
import { PART_KINDS } from "./parts/index.js";

/** Looks a prompt may ask for. What is null is left open: any is right. */
export interface AskedLook {
  /** Colour of the buttons: as people name it, and as the references are set. */
  readonly accent: readonly [name: string, color: string] | null;
  readonly ground: readonly [name: string, color: string] | null;
  /** Whether the ground is dark, also where it is left open. */
  readonly dark: boolean;
  readonly face: "serif" | "sans-serif" | null;
  readonly align: "center" | "left" | null;
}

/** A page before it is asked for, written or checked. */
export interface Brief {
  readonly seed: number;
  readonly level: number;
  readonly topic: Topic;
  readonly calling: string;
  readonly brand: string;
  readonly headline: string;
  readonly action: string;
  readonly look: AskedLook;
  /** Texts of the navigation; empty where none is asked for. */
  readonly links: readonly string[];
  /** Whether the links hide behind a button "Menu" on a phone. */
  readonly menu: boolean;
  readonly parts: readonly Part[];
  /** Whether the order of the parts is asked for. */
  readonly ordered: boolean;
  /** Null where no footer is asked for. */
  readonly footer: string | null;
}

/** The five levels of difficulty. */
export const LEVELS = [1, 2, 3, 4, 5] as const;

/** Fewest and most parts between opening and footer, by level. */
const PART_COUNTS: readonly (readonly [number, number])[] = [
  [1, 2],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 7],
];

const LINKS = [
  "About",
  "Prices",
  "Visit",
  "News",
  "Contact",
  "Team",
  "Questions",
  "Calendar",
  "Stories",
  "Help",
  "Gallery",
  "Sign in",
];

/** Draws the page of a seed. Equal seeds and levels give equal briefs. */
export function drawBrief(seed: number, level: number): Brief {
  const random = createRandom(seed).stream("pages-v1");
  const topic = random.pick(TOPICS);
  const head = random.pick(BRAND_HEADS);
  const tail = random.pick(BRAND_TAILS);
  const brand = tail === "" ? head : `${head} ${tail}`;
  const context: PartContext = {
    topic,
    brand,
    currency: random.pick(["$", "€", "£"]),
    year: random.integer(2026, 2031),
  };
  const navigated = level >= 2 && random.next() < 0.75;
  return {
    seed,
    level,
    topic,
    calling: random.pick(topic.callings),
    brand,
    headline: random.pick(topic.headlines),
    action: random.pick(topic.actions.slice(0, 2)),
    look: drawLook(random.stream("look")),
    links: navigated ? random.sample(LINKS, random.integer(2, 5)) : [],
    menu: navigated && level >= 3 && random.next() < 0.4,
    parts: drawParts(random.stream("parts"), level, context),
    ordered: random.next() < 0.6,
    footer: level >= 2 && random.next() < 0.6 ? drawFooter(random, context) : null,
  };
}

function drawLook(random: RandomStream): AskedLook {
  const dark = random.next() < 0.35;
  const maybe = <T>(share: number, value: T): T | null => (random.next() < share ? value : null);
  return {
    accent: maybe(0.75, random.pick(ACCENTS)),
    ground: maybe(0.65, random.pick<readonly [string, string]>(dark ? DARK_GROUNDS : LIGHT_GROUNDS)),
    dark,
    face: maybe(0.4, random.pick(["serif", "sans-serif"] as const)),
    align: maybe(0.35, random.pick(["center", "left"] as const)),
  };
}

function drawParts(random: RandomStream, level: number, context: PartContext): Part[] {
  const [fewest, most] = PART_COUNTS[level - 1]!;
  const count = random.integer(fewest, most + 1);
  const drawn: Part[] = [];
  const families = new Set<string>();
  const possible = random.shuffle(PART_KINDS.filter((kind) => kind.level <= level));
  for (const [i, { draw, family }] of possible.entries()) {
    if (drawn.length === count) break;
    if (families.has(family)) continue;
    families.add(family);
    drawn.push(draw(random.stream(i), context));
  }
  return drawn.sort((a, b) => Number(a.name === "call") - Number(b.name === "call"));
}

function drawFooter(random: RandomStream, { brand, year }: PartContext): string {
  return random.pick([
    `${brand} ${year}`,
    "Made by hand, mostly",
    "All rights shared",
    `Thank you for reading, ${brand}`,
    "No cookies, no trackers",
  ]);
}

/** What is asked for besides the parts: look, opening, navigation, footer, order; each one item of the checklist. */
export function frameFacts(brief: Brief): { title: string; facts: Fact[] }[] {
  const { brand, calling, headline, action, look, links, menu, footer, parts, ordered } = brief;
  const heading = { role: "heading", level: 1 } as const;
  const button = { role: ["button", "link"], text: action } as const;
  const noun = calling.replace(/^(?:an?|the|two) /, "");
  const frame: { title: string; facts: Fact[] }[] = [
    {
      title: "brand",
      facts: [
        {
          title: "brand",
          description: `The page names ${brand}, and not a list of others.`,
          probe: { kind: "whole", of: [says(brand)], without: [noOtherNames(brief)] },
        },
        { title: "what it is", description: `The page says that it is ${calling}.`, probe: says(noun) },
      ],
    },
    {
      title: "opening",
      facts: [
        {
          title: "headline",
          description: `The headline is a level-1 heading that reads "${headline}".`,
          probe: { kind: "text", query: heading, equals: headline },
        },
        { title: "button", description: `There is a button "${action}".`, probe: exists(button) },
      ],
    },
  ];
  const looks = lookFacts(look, headline, action);
  if (looks.length > 0) frame.push({ title: "look", facts: looks });
  if (links.length > 0) frame.push({ title: "navigation", facts: navigationFacts(links, menu) });
  if (footer !== null)
    frame.push({
      title: "footer",
      facts: [
        {
          title: "footer",
          description: `The footer reads "${footer}".`,
          probe: exists({ includes: footer, within: { role: "contentinfo" } }),
        },
      ],
    });
  if (ordered && parts.length > 1)
    frame.push({
      title: "order",
      facts: [
        {
          title: "order",
          description: `From top to bottom: ${parts.map(({ name }) => name).join(", ")}.`,
          probe: { kind: "order", queries: parts.map(({ subjects }) => subjects[0]!.query) },
        },
      ],
    });
  return frame;
}

/** Brands of other pages that may be on a page all the same, as they are words, too. */
const STRAY_NAMES = 2;

/** That a page is about this brand and not about any. Names that its own content holds do not count. */
export function noOtherNames({ brand, parts, headline, footer }: Brief): Probe {
  const own = JSON.stringify([brand, headline, footer, parts.map(({ blocks, titles }) => [blocks, titles])]);
  return {
    kind: "names",
    names: [...BRANDS, ...BRAND_HEADS].filter((name) => !own.includes(name)),
    most: STRAY_NAMES,
  };
}

function lookFacts({ accent, ground, face, align }: AskedLook, headline: string, action: string): Fact[] {
  const heading = { role: "heading", level: 1, like: headline } as const;
  const facts: Fact[] = [];
  if (accent)
    facts.push({
      title: `${accent[0]} buttons`,
      description: `The button "${action}" is ${accent[0]}.`,
      probe: {
        kind: "color",
        query: { role: ["button", "link"], text: action },
        of: "background",
        near: accent[1],
      },
    });
  if (ground)
    facts.push({
      title: `${ground[0]} background`,
      description: `The page's background is ${ground[0]}.`,
      probe: { kind: "color", query: heading, of: "background", near: ground[1] },
    });
  if (face)
    facts.push({
      title: `${face} headline`,
      description: `The headline is set in a ${face} typeface.`,
      probe: { kind: "typeface", query: heading, face },
    });
  if (align)
    facts.push({
      title: align === "center" ? "centered headline" : "headline to the left",
      description: `The headline is ${align === "center" ? "centered" : "aligned to the left"}.`,
      probe: {
        kind: "style",
        query: heading,
        property: "text-align",
        oneOf: align === "center" ? ["center", "-webkit-center"] : ["left", "start", "-webkit-auto"],
      },
    });
  return facts;
}

/** Width of a small phone in CSS px. */
export const PHONE = 375;

function navigationFacts(links: readonly string[], menu: boolean): Fact[] {
  const queries = links.map((text) => ({ role: "link", text, within: { role: "navigation" } }));
  const facts: Fact[] = [
    {
      title: "links",
      description: `The navigation has the links ${listed(links)}, in this order.`,
      probe: all([...queries.map((query) => exists(query)), { kind: "order", queries }]),
    },
  ];
  if (menu)
    facts.push({
      title: "menu on a phone",
      description: `In a window ${PHONE} px wide a button "Menu" stands in place of the links.`,
      probe: all([
        { kind: "exists", query: { role: "button", text: "Menu" }, width: PHONE },
        { kind: "count", query: queries[0]!, equals: 0, width: PHONE },
      ]),
    });
  return facts;
}

/** Content that universal rules are taken on, apart from the parts. */
export function frameSubjects({ headline, action, links, menu }: Brief): Subject[] {
  return [
    { query: { role: "heading", level: 1, like: headline }, kind: "heading" },
    { query: { role: ["button", "link"], text: action }, kind: "control" },
    ...(menu
      ? []
      : links.map(
          (text): Subject => ({
            query: { role: "link", text, within: { role: "navigation" } },
            kind: "control",
          }),
        )),
  ];
}
