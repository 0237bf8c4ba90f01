import type { Probe, Query, Rule } from "../../env/contract/probe.js";
import type { ChecklistItem } from "../../env/contract/task.js";
import { type FactGroup, foldFacts, pageFacts } from "./facts.js";
import type { Page } from "./page.js";
import type { Section, Subject } from "./section.js";

/** FrontCoder's checklist: 20 items of 0 to 5 points, ids 0-9 for this page, 10-19 for every page. */
const MAX_SCORE = 5;
const PAGE_ITEMS = 10;
/** Width of a small phone in CSS px. */
const PHONE = 375;

/** The 20 items of a page. Each has a probe, and the page's own reference fulfils all of them. */
export function pageChecklist(page: Page): ChecklistItem[] {
  const items = [...foldFacts(pageFacts(page), PAGE_ITEMS).map(factItem), ...universalItems(page)];
  return items.map((item, id) => ({ id, ...item, maxScore: MAX_SCORE }));
}

type Item = Omit<ChecklistItem, "id" | "maxScore">;

function factItem({ facts }: FactGroup): Item {
  const title = facts.map((fact) => fact.title).join(", ");
  return {
    title: title.charAt(0).toUpperCase() + title.slice(1),
    description: facts.map((fact) => fact.description).join(" "),
    probe: facts.length === 1 ? facts[0]!.probe : { kind: "all", of: facts.map((fact) => fact.probe) },
  };
}

/** A rule holds for content this page asks for, so it cannot be met by a page without that content. */
function universalItems({ brand, sections }: Page): Item[] {
  const subjects = sections.flatMap((section) => section.subjects);
  const of = (...kinds: Subject["kind"][]) =>
    subjects.filter(({ kind }) => kinds.includes(kind)).map(({ query }) => query);
  const all = subjects.map(({ query }) => query);
  const readable = of("heading", "text", "control");
  const operable = of("control", "field");
  const quality = (rule: Rule, queries: readonly Query[], width?: number): Probe => ({
    kind: "quality",
    rule,
    subjects: queries,
    ...(width === undefined ? {} : { width }),
  });
  return [
    {
      title: "Readable contrast",
      description: "Text stands out from what is behind it: 4.5:1, or 3:1 where it is large.",
      probe: quality("contrast", readable),
    },
    {
      title: "Nothing wider than the window",
      description: "All content lies within the width of the window; the page does not scroll sideways.",
      probe: quality("fits", all),
    },
    {
      title: "Landmarks",
      description: "The content lies in its landmarks: navigation, one main, footer.",
      probe: landmarkProbe(sections),
    },
    {
      title: "Heading outline",
      description: "There is one level-1 heading, and no heading skips a level.",
      probe: quality("outline", of("heading")),
    },
    {
      title: "Accessible names",
      description: "Headings, links, buttons, fields and pictures have accessible names; fields have labels.",
      probe: quality("named", of("heading", "control", "field", "figure")),
    },
    {
      title: "Keyboard",
      description: "Links, buttons and fields are reached with Tab, in reading order.",
      probe: quality("focusable", operable),
    },
    {
      title: "Small screens",
      description: `In a window ${PHONE} px wide all content still fits.`,
      probe: quality("fits", all, PHONE),
    },
    {
      title: "Title and language",
      description: `The document's title names ${brand}, and its language is declared.`,
      probe: { kind: "document", title: brand, language: true },
    },
    {
      title: "Legible text and targets",
      description:
        "Text is at least 14 px high, and links, buttons and fields are easy to hit with a finger.",
      probe: { kind: "all", of: [quality("legible", readable), quality("tappable", operable, PHONE)] },
    },
    {
      title: "Nothing covered or cut off",
      description: "No content is hidden behind other content or cut off by its box.",
      probe: quality("uncovered", all),
    },
  ];
}

function landmarkProbe(sections: readonly Section[]): Probe {
  const landmarks = [...new Set(sections.map(({ landmark }) => landmark))];
  return {
    kind: "all",
    of: landmarks.map((landmark) => ({
      kind: "quality",
      rule: "landmark",
      landmark,
      subjects: sections
        .filter((section) => section.landmark === landmark)
        .flatMap((section) => section.subjects.map(({ query }) => query)),
    })),
  };
}
