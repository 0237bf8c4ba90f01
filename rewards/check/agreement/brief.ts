import type { RenderedPage } from "../../../env/contract/rendered-page.js";
import type { Task } from "../../../env/contract/task.js";
import { type Block, type ContentSection, contentOf, type PageContent } from "./content.js";
import { type Look, lookOf } from "./look.js";

/** What a designer is given: the content a prompt asks for and the looks it names. */
export interface Brief {
  readonly content: PageContent;
  readonly look: Look;
}

/**
 * The brief of a task, from its rendered reference. Words of the reference that the prompt does not ask for (section titles,
 * what guests say, answers, lines of cards) are put in other words, which differ from `voice` to `voice`, as no designer
 * can guess them. Null when the reference's content cannot be told from its markup.
 */
export function briefOf(
  task: Pick<Task, "prompt" | "reference">,
  reference: RenderedPage,
  voice = 0,
): Brief | null {
  const content = contentOf(task.reference?.outline ?? task.reference?.html ?? reference.html);
  if (content === null) return null;
  const asked = askedIn(task.prompt);
  let turn = voice;
  const own = (text: string, choices: readonly string[]) =>
    asked(text) ? text : choices[turn++ % choices.length]!;
  const block = (each: Block): Block => {
    if (each.kind === "cards")
      return {
        ...each,
        items: each.items.map(({ title, lines }) => ({
          title,
          lines: lines.map((line) => (/\d/.test(line) || line === "a month" ? line : own(line, LINES))),
        })),
      };
    if (each.kind === "quotes")
      return { ...each, items: each.items.map(({ text, by }) => ({ text: own(text, QUOTES), by })) };
    if (each.kind === "questions")
      return {
        ...each,
        items: each.items.map(({ question, answer }) => ({ question, answer: own(answer, ANSWERS) })),
      };
    return each;
  };
  const section = (each: ContentSection): ContentSection => ({
    ...each,
    title: each.title === null ? null : own(each.title, titlesOf(each)),
    blocks: each.blocks.map(block),
  });
  return { content: { ...content, sections: content.sections.map(section) }, look: lookOf(reference) };
}

/** Whether the prompt asks for a text, word by word. */
export function askedIn(prompt: string): (text: string) => boolean {
  const flat = (text: string) =>
    ` ${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}$]+/gu, " ")
      .trim()} `;
  const whole = flat(prompt);
  return (text) => whole.includes(flat(text));
}

function titlesOf({ blocks }: ContentSection): readonly string[] {
  return TITLES[blocks[0]?.kind ?? "text"] ?? TITLES.text!;
}

const TITLES: Readonly<Record<string, readonly string[]>> = {
  cards: ["What you can count on", "The essentials", "A closer look"],
  amounts: ["So far", "In figures", "What adds up"],
  steps: ["Three calm moves", "The way there", "In short"],
  list: ["Good to know", "At a glance", "Details"],
  table: ["When to find us", "Dates and places", "Plan ahead"],
  form: ["Get in touch", "Drop a line", "Say hi"],
  quotes: ["Heard from guests", "In their words", "People say"],
  questions: ["Asked often", "Before you come", "Answers"],
  pictures: ["Impressions", "Seen here", "A few pictures"],
  text: ["More", "A word", "Read on"],
};

const QUOTES = [
  "They listened first, and it shows in everything that came after.",
  "I did not expect to like it this much.",
  "Friendly from the first minute to the last.",
  "We keep coming back, rain or shine.",
  "Exactly what was promised, and a little more.",
];

const ANSWERS = [
  "You can, and nobody will ask you why.",
  "It depends a little on the season; write to us and we will tell you.",
  "That is included, from the first day on.",
  "Just tell us beforehand and we will arrange it.",
];

const LINES = [
  "We put our name to it.",
  "Tried for years, kept for a reason.",
  "You will notice it on the first day.",
  "Nothing hidden, nothing rushed.",
  "It simply works.",
];
