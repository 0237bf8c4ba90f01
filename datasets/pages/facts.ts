import type { Query } from "../../env/contract/probe.js";
import type { Look } from "./look.js";
import type { Page } from "./page.js";
import type { Fact, Subject } from "./section.js";

/** A group of facts under one heading; groups are folded together until the checklist has room for them. */
export interface FactGroup {
  readonly topic: string;
  readonly facts: readonly Fact[];
}

const HEADLINE: Query = { role: "heading", level: 1 };
/** Font sizes of the headline in px that count as large and small. */
const LARGE_FROM = 44;
const SMALL_TO = 40;

/** Everything the prompt asks for, in the order of the page, one fact a group. */
export function pageFacts({ look, sections }: Page): FactGroup[] {
  const subjects = sections.flatMap((section) => section.subjects);
  return [
    ...lookFacts(look, subjects).map((fact) => ({ topic: "look", facts: [fact] })),
    ...sections.flatMap(({ name, facts }) => facts.map((fact) => ({ topic: name, facts: [fact] }))),
    ...(sections.length > 1
      ? [
          {
            topic: "order",
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
        ]
      : []),
  ];
}

function lookFacts({ palette, theme, face, scale }: Look, subjects: readonly Subject[]): Fact[] {
  const headline = subjects.find(({ query }) => query.level === 1)?.query ?? HEADLINE;
  const button = subjects.find(({ kind, query }) => kind === "control" && Array.isArray(query.role))?.query;
  return [
    {
      title: `${palette.name} button`,
      description: `The opening's button is ${palette.name}.`,
      probe: { kind: "color", query: button ?? { role: "button" }, of: "background", near: palette.accent },
    },
    {
      title: `${theme} background`,
      description: `The headline stands on a ${theme} background.`,
      probe: { kind: "quality", rule: theme, subjects: [headline] },
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

/**
 * Joins neighbouring groups until there are `count`: first the smallest neighbours of one topic, then the smallest of
 * all. Throws a RangeError when there are fewer facts than that.
 */
export function foldFacts(groups: readonly FactGroup[], count: number): FactGroup[] {
  if (groups.length < count) {
    throw new RangeError(
      `A checklist needs ${count} facts about its page, but the page has ${groups.length}.`,
    );
  }
  const folded = [...groups];
  while (folded.length > count) {
    const weigh = (index: number) => {
      const [left, right] = [folded[index]!, folded[index + 1]!];
      const size = left.facts.length + right.facts.length;
      return left.topic === right.topic ? size : size + 1000;
    };
    const pairs = folded.slice(1).map((_, index) => index);
    const best = pairs.reduce((lightest, index) => (weigh(index) < weigh(lightest) ? index : lightest));
    const [left, right] = [folded[best]!, folded[best + 1]!];
    const topic = left.topic === right.topic ? left.topic : `${left.topic} and ${right.topic}`;
    folded.splice(best, 2, { topic, facts: [...left.facts, ...right.facts] });
  }
  return folded;
}
