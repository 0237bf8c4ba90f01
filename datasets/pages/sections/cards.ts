import type { Query } from "../../../env/contract/probe.js";
import { allExist, counted, type DrawSection, itemCount, listed, subjects } from "../section.js";
import { QUALITIES } from "../words.js";

/** Two or three titled cards, side by side or one below the other. */
export const cards: DrawSection = (random, page) => {
  const chosen = random.sample(QUALITIES, itemCount(random, page));
  const titles = chosen.map(([title]) => title);
  const stacked = page.level >= 3 && random.next() < 0.3;
  const number = counted(titles);
  const queries: Query[] = titles.map((text) => ({ role: "heading", text }));
  const arrangement = stacked ? "stacked" : "side by side";
  return {
    name: "cards",
    landmark: "main",
    requests: [
      `${number} cards ${arrangement}, ${listed(titles)}`,
      `${number} ${arrangement} cards titled ${listed(titles)}`,
      `cards ${arrangement}, ${listed(titles)}`,
    ],
    lines: [
      "<section>",
      "<h2>Why us</h2>",
      stacked ? `<div class="stack">` : "<div>",
      ...chosen.flatMap(([title, sentence]) => [
        "<article>",
        `<h3>${title}</h3>`,
        `<p>${sentence}</p>`,
        "</article>",
      ]),
      "</div>",
      "</section>",
    ],
    styles: ["section", "block", "bar", "grid", ...(stacked ? (["stack"] as const) : []), "card"],
    facts: [
      {
        title: "cards",
        description: `There are ${number} cards with the headings ${listed(titles)}.`,
        probe: allExist(queries),
      },
      {
        title: `cards ${arrangement}`,
        description: stacked
          ? "The cards stand one below the other."
          : "The cards stand side by side in one row.",
        probe: { kind: "columns", queries, columns: stacked ? 1 : queries.length },
      },
    ],
    subjects: subjects("heading", queries),
  };
};
