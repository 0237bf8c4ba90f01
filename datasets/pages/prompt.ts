import type { RandomStream } from "../../infra/random.js";
import type { Look } from "./look.js";
import type { Page } from "./page.js";
import type { Fact } from "./section.js";

const OPENINGS: readonly ((brand: string, topic: string) => string)[] = [
  (brand, topic) => `Make a page for ${brand}, a ${topic}.`,
  (brand, topic) => `Build a website for ${brand}, a ${topic}.`,
  (brand, topic) => `Please design a page for ${brand}, a ${topic}.`,
  (brand, topic) => `We are ${brand}, a ${topic}.`,
  (brand, topic) => `I run a ${topic} called ${brand}.`,
  (brand, topic) => `${brand} is a ${topic} and needs a page.`,
  (brand, topic) => `A page for ${brand}, a ${topic}, please.`,
  (brand, topic) => `Could you make a site for my ${topic}, ${brand}?`,
];

const LOOKS: readonly ((color: string, theme: string, face: string, scale: string) => string)[] = [
  (color, theme, face, scale) =>
    `Use ${color} buttons on a ${theme} background, ${face} headings and a ${scale} headline.`,
  (color, theme, face, scale) => `Style: ${theme}, ${color} buttons, ${face} headings, ${scale} headline.`,
  (color, theme, face, scale) =>
    `It is ${theme} with ${color} buttons, ${face} headings, a ${scale} headline.`,
  (color, theme, face, scale) =>
    `I like a ${scale} headline, ${face} headings and ${color} buttons on a ${theme} page.`,
  (color, theme, face, scale) =>
    `Keep it ${theme}, with ${face} headings, a ${scale} headline and ${color} buttons.`,
];

const OUTLINES: readonly ((requests: readonly string[]) => string)[] = [
  (requests) => `From top to bottom: ${requests.join(", then ")}.`,
  (requests) => `Sections in order: ${requests.join(", then ")}.`,
  (requests) => `I want ${requests.join(", then ")}.`,
  (requests) => `Start with ${requests.join(". Then ")}.`,
  (requests) => `The page has ${requests.join(", below it ")}.`,
  (requests) => `Sections:${requests.map((request) => `\n- ${request}`).join("")}`,
];

/** A request for a page and what its wording says of each section besides the section's facts. */
export interface Prompt {
  readonly text: string;
  /** One list a section, in the order of the page. */
  readonly facts: readonly (readonly Fact[])[];
}

/** The request for a page as a person might write it: an opening, the look, and the sections, in varying order and wording. */
export function writePrompt(page: Page, random: RandomStream): Prompt {
  const opening = random.pick(OPENINGS)(page.brand, page.topic);
  const look = lookSentence(page.look, random);
  const write = random.pick(OUTLINES);
  const wordings = page.sections.map(({ requests }) => random.pick(requests));
  const outline = write(wordings.map((wording) => (typeof wording === "string" ? wording : wording.text)));
  const bulleted = outline.includes("\n");
  const parts = bulleted || random.next() < 0.5 ? [opening, look, outline] : [opening, outline, look];
  return {
    text: parts.join(" "),
    facts: wordings.map((wording) => (typeof wording === "string" ? [] : wording.facts)),
  };
}

function lookSentence({ palette, theme, face, scale }: Look, random: RandomStream): string {
  return random.pick(LOOKS)(palette.name, theme, face === "serif" ? "serif" : "sans", scale);
}
