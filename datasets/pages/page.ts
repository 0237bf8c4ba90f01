import { createRandom, type RandomStream } from "../../infra/random.js";
import { drawLook, type Look } from "./look.js";
import type { DrawSection, PageContext, Section } from "./section.js";
import { call } from "./sections/call.js";
import { cards } from "./sections/cards.js";
import { faq } from "./sections/faq.js";
import { footer } from "./sections/footer.js";
import { form } from "./sections/form.js";
import { gallery } from "./sections/gallery.js";
import { hero } from "./sections/hero.js";
import { navigation } from "./sections/navigation.js";
import { pricing } from "./sections/pricing.js";
import { stats } from "./sections/stats.js";
import { steps } from "./sections/steps.js";
import { table } from "./sections/table.js";
import { testimonials } from "./sections/testimonials.js";
import { styleLines } from "./styles.js";
import { BRANDS, TOPICS } from "./words.js";

/** A page before it is asked for or written: how it looks and what stands on it, top to bottom. */
export interface Page {
  readonly brand: string;
  readonly topic: string;
  readonly level: number;
  readonly look: Look;
  readonly sections: readonly Section[];
}

/** Sections between the opening and the footer, with the lowest level each appears at. */
const BODY_SECTIONS: readonly (readonly [DrawSection, number])[] = [
  [cards, 1],
  [form, 1],
  [stats, 1],
  [table, 2],
  [steps, 2],
  [pricing, 2],
  [gallery, 3],
  [testimonials, 3],
  [faq, 3],
];

/** Fewest and most sections of levels 1 to 5, opening, navigation and footer included. */
export const SECTION_COUNTS: readonly (readonly [number, number])[] = [
  [1, 2],
  [2, 3],
  [4, 5],
  [5, 6],
  [6, 8],
];

/** The five levels of difficulty. */
export const LEVELS = [1, 2, 3, 4, 5] as const;

/** Draws the page of a seed. Equal seeds and levels give equal pages. */
export function drawPage(seed: number, level: number): Page {
  const random = createRandom(seed).stream("pages-v0");
  const brand = random.pick(BRANDS);
  const [topic, tail] = random.pick(TOPICS);
  const context: PageContext = { brand, topic, tail, level };
  const look = drawLook(random.stream("look"));
  return { brand, topic, level, look, sections: drawSections(random.stream("sections"), context) };
}

function drawSections(random: RandomStream, context: PageContext): Section[] {
  const { level } = context;
  const [fewest, most] = SECTION_COUNTS[level - 1]!;
  const room = random.integer(fewest, most + 1) - 1;
  const framed = level >= 2;
  const atTop = framed && random.next() < 0.75 ? [navigation] : [];
  const atEnd = framed && random.next() < 0.75 ? [footer] : [];
  const closing = level >= 4 && random.next() < 0.5 ? [call] : [];
  const frame = [...atTop, ...closing, ...atEnd];
  const top = atTop.slice(0, room);
  const end = [...closing, ...atEnd].slice(0, Math.max(0, room - top.length));
  const possible = BODY_SECTIONS.flatMap(([draw, lowest]) => (level >= lowest ? [draw] : []));
  const body = random.sample(possible, Math.max(0, room - frame.length));
  return [...top, hero, ...body, ...end].map((draw, index) => draw(random.stream(index), context));
}

/** The page as HTML: one rule or element a line, sections in their landmarks. */
export function writePage({ brand, look, sections }: Pick<Page, "brand" | "look" | "sections">): string {
  const styles = styleLines(look, new Set(sections.flatMap((section) => section.styles)));
  const inside = (landmark: Section["landmark"]) =>
    sections.filter((section) => section.landmark === landmark).flatMap((section) => section.lines);
  return [
    "<!DOCTYPE html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${brand}</title>`,
    "<style>",
    ...styles,
    "</style>",
    ...inside("navigation"),
    "<main>",
    ...inside("main"),
    "</main>",
    ...inside("contentinfo"),
    "</html>",
  ].join("\n");
}
