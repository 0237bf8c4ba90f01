import type { Query } from "../../../env/contract/probe.js";
import { allExist, counted, type DrawSection, itemCount, listed, subjects } from "../section.js";
import { PEOPLE } from "../words.js";

/** Words of two or three guests, side by side. */
export const testimonials: DrawSection = (random, page) => {
  const people = random.sample(PEOPLE, itemCount(random, page));
  const names = people.map(([name]) => name);
  const queries: Query[] = names.map((text) => ({ text }));
  return {
    name: "testimonials",
    landmark: "main",
    requests: [
      `quotes from ${listed(names)} side by side`,
      `${counted(names)} testimonials in a row, by ${listed(names)}`,
      `a row of quotes by ${listed(names)}`,
    ],
    lines: [
      "<section>",
      "<h2>Kind words</h2>",
      "<div>",
      ...people.flatMap(([name, quote]) => [
        "<blockquote>",
        `<p>${quote}</p>`,
        `<cite>${name}</cite>`,
        "</blockquote>",
      ]),
      "</div>",
      "</section>",
    ],
    styles: ["section", "block", "bar", "grid", "quote"],
    facts: [
      {
        title: "testimonials",
        description: `There are quotes signed ${listed(names)}.`,
        probe: { kind: "all", of: [allExist(queries), { kind: "company", queries, words: 2 }] },
      },
      {
        title: "quotes in a row",
        description: "The quotes stand side by side.",
        probe: { kind: "columns", queries, columns: queries.length },
      },
    ],
    subjects: subjects("text", queries),
  };
};
