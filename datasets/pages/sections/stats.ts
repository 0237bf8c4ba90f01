import type { Query } from "../../../env/contract/probe.js";
import { counted, type DrawSection, itemCount, listed, saying, subjects } from "../section.js";
import { AMOUNT_LABELS, AMOUNTS } from "../words.js";

/** Two or three big numbers with labels, side by side. */
export const stats: DrawSection = (random, page) => {
  const count = itemCount(random, page);
  const amounts = random.sample(AMOUNTS, count).map(String);
  const labels = random.sample(AMOUNT_LABELS, count);
  const pairs = amounts.map((amount, index) => [amount, labels[index]!] as const);
  const asked = listed(pairs.map((pair) => pair.join(" ")));
  const queries: Query[] = amounts.map((text) => ({ text }));
  return {
    name: "stats",
    landmark: "main",
    requests: [
      `a row of numbers, ${asked}`,
      saying(`${counted(pairs)} big numbers in a row, ${asked}`, {
        title: "big numbers",
        description: "The numbers are set larger than text, at least 24 px high.",
        probe: {
          kind: "all",
          of: queries.map((query) => ({ kind: "length", query, property: "font-size", min: 24 })),
        },
      }),
      `stats side by side, ${asked}`,
    ],
    lines: [
      "<section>",
      "<div>",
      ...pairs.map(([amount, label]) => `<p><b>${amount}</b> ${label}</p>`),
      "</div>",
      "</section>",
    ],
    styles: ["section", "block", "grid", "amount"],
    facts: [
      {
        title: "numbers",
        description: `Each number stands with its label: ${asked}.`,
        probe: { kind: "groups", groups: pairs },
      },
      {
        title: "numbers in a row",
        description: "The numbers stand side by side.",
        probe: { kind: "columns", queries, columns: count },
      },
    ],
    subjects: [
      ...subjects("text", queries),
      ...subjects(
        "text",
        labels.map((text) => ({ text })),
      ),
    ],
  };
};
