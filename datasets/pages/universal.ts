import type { Probe, Query, Rule } from "../../env/contract/probe.js";
import type { ChecklistItem } from "../../env/contract/task.js";
import type { Page } from "./page.js";
import type { Section, Subject } from "./section.js";

/** Width of a small phone in CSS px. */
const PHONE = 375;
/** Share of a page's content that must be there for its quality to count in full. */
const LEAST = 0.9;

/** What is asked of every page; `parts` of the points of all. */
interface Universal {
  readonly title: string;
  readonly description: string;
  readonly parts: number;
  readonly probe: Probe;
}

/**
 * Items that hold for every page, worth `points` together. Each is taken on the content that this page asks for and that is there, so it cannot be
 * met by a page without that content, and one missing phrase does not cost them all.
 */
export function universalItems(page: Page, points: number): Omit<ChecklistItem, "id">[] {
  const items = universals(page);
  const whole = items.reduce((sum, { parts }) => sum + parts, 0);
  return items.map(({ title, description, parts, probe }) => ({
    title,
    description,
    maxScore: Math.round((1000 * points * parts) / whole) / 1000,
    probe,
  }));
}

function universals({ brand, sections }: Page): Universal[] {
  const subjects = sections.flatMap((section) => section.subjects);
  const of = (...kinds: Subject["kind"][]) =>
    subjects.filter(({ kind }) => kinds.includes(kind)).map(({ query }) => query);
  const all = subjects.map(({ query }) => query);
  const readable = of("heading", "text", "control");
  const operable = of("control", "field");
  return [
    {
      title: "Readable contrast",
      description: "Text stands out from what is behind it: 4.5:1, or 3:1 where it is large.",
      parts: 3,
      probe: quality("contrast", readable),
    },
    {
      title: "Nothing wider than the window",
      description: "All content lies within the width of the window; the page does not scroll sideways.",
      parts: 2,
      probe: quality("fits", all),
    },
    {
      title: "Landmarks",
      description: "The content lies in its landmarks: navigation, one main, footer.",
      parts: 2,
      probe: landmarkProbe(sections),
    },
    {
      title: "Heading outline",
      description: "There is one level-1 heading, and no heading skips a level.",
      parts: 2,
      probe: quality("outline", of("heading")),
    },
    {
      title: "Accessible names",
      description: "Headings, links, buttons, fields and pictures have accessible names; fields have labels.",
      parts: 2,
      probe: quality("named", of("heading", "control", "field", "figure")),
    },
    {
      title: "Keyboard",
      description: "Links, buttons and fields are reached with Tab, in reading order.",
      parts: 2,
      probe: quality("focusable", operable),
    },
    {
      title: "Small screens",
      description: `In a window ${PHONE} px wide all content still fits.`,
      parts: 3,
      probe: quality("fits", all, PHONE),
    },
    {
      title: "Title and language",
      description: `The document's title names ${brand}, and its language is declared.`,
      parts: 5,
      probe: { kind: "document", title: brand, language: true },
    },
    {
      title: "Legible text and targets",
      description:
        "Text is at least 14 px high, and links, buttons and fields are easy to hit with a finger.",
      parts: 2,
      probe: { kind: "all", of: [quality("legible", readable), quality("tappable", operable, PHONE)] },
    },
    {
      title: "Nothing covered or cut off",
      description: "No content is hidden behind other content or cut off by its box.",
      parts: 1,
      probe: quality("uncovered", all),
    },
  ];
}

function quality(rule: Rule, subjects: readonly Query[], width?: number): Probe {
  return { kind: "quality", rule, subjects, least: LEAST, ...(width === undefined ? {} : { width }) };
}

function landmarkProbe(sections: readonly Section[]): Probe {
  const landmarks = [...new Set(sections.map(({ landmark }) => landmark))];
  return {
    kind: "all",
    of: landmarks.map((landmark) => ({
      kind: "quality",
      rule: "landmark",
      landmark,
      least: LEAST,
      subjects: sections
        .filter((section) => section.landmark === landmark)
        .flatMap((section) => section.subjects.filter(({ anywhere }) => !anywhere).map(({ query }) => query)),
    })),
  };
}
