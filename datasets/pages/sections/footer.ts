import type { Query } from "../../../env/contract/probe.js";
import type { DrawSection } from "../section.js";
import { FOOTERS } from "../words.js";

/** The last line of the page. */
export const footer: DrawSection = (random) => {
  const text = random.pick(FOOTERS);
  const query: Query = { includes: text, within: { role: "contentinfo" } };
  return {
    name: "footer",
    landmark: "contentinfo",
    requests: [`a footer "${text}"`, `a footer saying ${text}`],
    lines: ["<footer>", `<p>${text}</p>`, "</footer>"],
    styles: ["block", "footer"],
    facts: [
      {
        title: "footer",
        description: `The footer reads "${text}".`,
        probe: { kind: "exists", query },
      },
    ],
    subjects: [{ query, kind: "text" }],
  };
};
