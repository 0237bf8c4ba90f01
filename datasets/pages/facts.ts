import type { Probe, Query } from "../../env/contract/probe.js";
import type { Look } from "./look.js";
import type { Page } from "./page.js";
import type { Fact, Section } from "./section.js";
import { BRANDS } from "./words.js";

/** Facts that share one part of a page's points. */
export interface FactGroup {
  readonly topic: "look" | "brand" | "order" | "whole" | Section["name"];
  readonly facts: readonly Fact[];
}

const HEADLINE: Query = { role: "heading", level: 1 };
/** Font sizes of the headline in px that count as large and small. */
const LARGE_FROM = 40;
const SMALL_TO = 40;

/**
 * Everything the prompt asks for, in the order of the page: the look, the brand, each section, and their order.
 *
 * @param said what the prompt says of each section besides the section's own facts
 */
export function pageFacts(
  { brand, look, sections }: Page,
  said: readonly (readonly Fact[])[] = [],
): FactGroup[] {
  return [
    { topic: "look", facts: lookFacts(look, sections) },
    {
      topic: "brand",
      facts: [
        {
          title: "brand name",
          description: `The page names the brand, ${brand}, and not a list of others.`,
          probe: {
            kind: "whole",
            of: [{ kind: "exists", query: { includes: brand } }],
            without: [noOthers(brand)],
          },
        },
      ],
    },
    ...sections.map(({ name, facts }, index) => ({ topic: name, facts: [...facts, ...(said[index] ?? [])] })),
    ...(sections.length > 1
      ? [
          {
            topic: "order" as const,
            facts: [
              {
                title: "order of sections",
                description: `The page shows, from top to bottom: ${sections.map(({ name }) => name).join(", ")}.`,
                probe: {
                  kind: "order" as const,
                  queries: sections.map((section) => section.subjects[0]!.query),
                },
              },
            ],
          },
          { topic: "whole" as const, facts: [wholeFact(brand, sections)] },
        ]
      : []),
  ];
}

/** All sections, each by its weightiest fact or the first of them, and headings of nothing else. */
function wholeFact(brand: string, sections: readonly Section[]): Fact {
  return {
    title: "these sections and no others",
    description: `The page shows ${sections.map(({ name }) => name).join(", ")}, and nothing that was not asked for.`,
    probe: {
      kind: "whole",
      of: sections.map(
        ({ facts }) => facts.reduce((best, fact) => (weightOf(fact) > weightOf(best) ? fact : best)).probe,
      ),
      without: [
        { kind: "foreign", sections: sections.map((section) => section.subjects.map(({ query }) => query)) },
        noOthers(brand),
      ],
    },
  };
}

/** Brands of other pages that may be on a page all the same, as they are words, too. */
const STRAY_NAMES = 2;

/** That a page is about this brand and not about any. */
function noOthers(brand: string): Probe {
  return { kind: "names", names: BRANDS.filter((name) => name !== brand), most: STRAY_NAMES };
}

function weightOf({ weight = 1 }: Fact): number {
  return weight;
}

function lookFacts({ palette, theme, face, scale }: Look, sections: readonly Section[]): Fact[] {
  const subjects = sections.flatMap((section) => section.subjects);
  const headline = subjects.find(({ query }) => query.level === 1)?.query ?? HEADLINE;
  const button = subjects.find(({ kind, query }) => kind === "control" && Array.isArray(query.role))?.query;
  return [
    {
      title: `${palette.name} button`,
      description: `The opening's button is ${palette.name}.`,
      probe: { kind: "color", query: button ?? { role: "button" }, of: "background", named: palette.name },
    },
    {
      title: `${theme} background`,
      description: `The page is ${theme}.`,
      probe: { kind: "theme", query: headline, theme },
    },
    {
      title: `${face} headings`,
      description: `The headline is set in a ${face} typeface.`,
      probe: { kind: "typeface", query: headline, face },
    },
    {
      title: `${scale} headline`,
      description:
        scale === "large"
          ? `The headline is at least ${LARGE_FROM} px high.`
          : `The headline is at most ${SMALL_TO} px high.`,
      probe: {
        kind: "length",
        query: headline,
        property: "font-size",
        ...(scale === "large" ? { min: LARGE_FROM } : { min: 20, max: SMALL_TO }),
      },
    },
  ];
}
