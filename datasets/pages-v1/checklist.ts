import type { Probe, Rule } from "../../env/contract/probe.js";
import type { ChecklistItem } from "../../env/contract/task.js";
import type { Fact, Subject } from "../pages/section.js";
import { type Brief, frameFacts, frameSubjects, noOtherNames, PHONE } from "./brief.js";

/** Points for what the prompt asks for, and for what every page owes. */
export const ASKED_POINTS = 70;
export const OWED_POINTS = 30;

/** An item of a checklist before it is given points; `weight` against the others, default 1. */
type Item = Omit<ChecklistItem, "id" | "maxScore"> & { readonly weight?: number };

/** Weights of what concerns the whole page: a page of another firm, or one in another order, is further from the request than one part wrong. */
const FRAME_WEIGHTS: Readonly<Record<string, number>> = { brand: 1.75, order: 1.5 };
/** Weight of having all parts and nothing that was not asked for. */
const WHOLE_WEIGHT = 2.5;

/** The checklist of a page: one item for each thing that is asked for, then what every page owes. All references fulfil all of it. */
export function requestChecklist(brief: Brief): ChecklistItem[] {
  const asked = [
    ...frameFacts(brief).map(({ title, facts }) => ({
      ...itemOf(title, facts),
      kind: title === "order" ? "order of sections" : title,
      weight: FRAME_WEIGHTS[title] ?? 1,
    })),
    ...brief.parts.map(({ name, facts }) => ({ ...itemOf(name, facts), kind: name })),
    ...(brief.parts.length > 1 ? [wholeItem(brief)] : []),
  ];
  const owed = owedItems(brief);
  const points = (items: readonly Item[], sum: number) => {
    const whole = items.reduce((total, { weight = 1 }) => total + weight, 0);
    return items.map(({ weight = 1, ...item }) => ({
      ...item,
      maxScore: Math.round((100 * sum * weight) / whole) / 100,
    }));
  };
  return [...points(asked, ASKED_POINTS), ...points(owed, OWED_POINTS)].map((item, id) => ({ id, ...item }));
}

/** All parts, each by its first fact, and headings and names of nothing else. */
function wholeItem(brief: Brief): Item {
  const { parts } = brief;
  const sections = [frameSubjects(brief), ...parts.map(({ subjects }) => subjects)];
  return {
    title: "All of it, nothing else",
    description: `The page shows ${parts.map(({ name }) => name).join(", ")}, and nothing that was not asked for.`,
    kind: "all of it, nothing else",
    weight: WHOLE_WEIGHT,
    probe: {
      kind: "whole",
      of: parts.map(({ facts }) => facts[0]!.probe),
      without: [
        { kind: "foreign", sections: sections.map((subjects) => subjects.map(({ query }) => query)) },
        noOtherNames(brief),
      ],
    },
  };
}

function itemOf(title: string, facts: readonly Fact[]): Item {
  return {
    title: title.charAt(0).toUpperCase() + title.slice(1),
    description: facts.map(({ description }) => description).join(" "),
    probe: facts.length === 1 ? facts[0]!.probe : { kind: "all", of: facts.map(({ probe }) => probe) },
  };
}

function owedItems(brief: Brief): Item[] {
  const subjects = [...frameSubjects(brief), ...brief.parts.flatMap((part) => part.subjects)];
  const of = (...kinds: Subject["kind"][]) =>
    subjects.filter(({ kind }) => kinds.includes(kind)).map(({ query }) => query);
  const every = subjects.map(({ query }) => query);
  const readable = of("heading", "text", "control");
  const operable = of("control", "field");
  const rule = (name: Rule, queries: readonly Subject["query"][], width?: number): Probe => ({
    kind: "quality",
    rule: name,
    subjects: queries,
    ...(width === undefined ? {} : { width }),
  });
  return [
    {
      title: "Readable",
      description: "Text stands out from what is behind it and is at least 14 px high.",
      probe: { kind: "all", of: [rule("contrast", readable), rule("legible", readable)] },
    },
    {
      title: "Fits the window",
      description: `All content lies within the window, also in one of ${PHONE} px.`,
      probe: { kind: "all", of: [rule("fits", every), rule("fits", every, PHONE)] },
    },
    {
      title: "Names and keyboard",
      description: "Links, buttons and fields have names and are reached with Tab, in reading order.",
      probe: { kind: "all", of: [rule("named", operable), rule("focusable", operable)] },
    },
    {
      title: "Title and language",
      description: `The document's title names ${brief.brand}, and its language is declared.`,
      probe: { kind: "document", title: brief.brand, language: true },
    },
    {
      title: "Nothing covered or cut off",
      description: "No content is hidden behind other content or cut off by its box.",
      probe: rule("uncovered", every),
    },
  ];
}
