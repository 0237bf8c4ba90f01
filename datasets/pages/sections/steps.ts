import type { Query } from "../../../env/contract/probe.js";
import { allExist, counted, type DrawSection, itemCount, listed, subjects } from "../section.js";
import { STEPS } from "../words.js";

/** A numbered list of two or three steps, side by side. */
export const steps: DrawSection = (random, page) => {
  const names = random.sample(STEPS, itemCount(random, page));
  const queries: Query[] = names.map((text) => ({ text }));
  return {
    name: "steps",
    landmark: "main",
    requests: [
      `${counted(names)} numbered steps in a row, ${listed(names)}`,
      `the steps ${listed(names)} as a numbered row`,
      `a numbered list side by side, ${listed(names)}`,
    ],
    lines: [
      "<section>",
      "<h2>How it works</h2>",
      "<ol>",
      ...names.map((name) => `<li>${name}</li>`),
      "</ol>",
      "</section>",
    ],
    styles: ["section", "block", "bar", "steps", "step"],
    facts: [
      {
        title: "steps",
        description: `The steps are ${listed(names)}.`,
        probe: allExist(queries),
      },
      {
        title: "numbered steps",
        description: "Each step bears its number.",
        probe: { kind: "numbered", queries },
      },
      {
        title: "steps in a row",
        description: `The steps stand side by side, in the order ${listed(names)}.`,
        probe: { kind: "columns", queries, columns: queries.length },
      },
    ],
    subjects: subjects("text", queries),
  };
};
