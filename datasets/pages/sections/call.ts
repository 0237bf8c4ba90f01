import type { Query } from "../../../env/contract/probe.js";
import { buttonNamed, type DrawSection } from "../section.js";
import { CALL_ACTIONS, CALLS } from "../words.js";

/** A band in the accent colour that calls to action. */
export const call: DrawSection = (random) => {
  const title = random.pick(CALLS);
  const action = random.pick(CALL_ACTIONS);
  const heading: Query = { role: "heading", text: title };
  const button: Query = { role: ["button", "link"], text: action };
  return {
    name: "call",
    landmark: "main",
    requests: [
      `a call to action "${title}" with ${buttonNamed(action)}`,
      `a colored band "${title}" with ${buttonNamed(action)}`,
      `a band "${title}" above ${buttonNamed(action)}`,
    ],
    lines: [`<section class="band">`, `<h2>${title}</h2>`, `<button>${action}</button>`, "</section>"],
    styles: ["button", "section", "block", "band", "bandButton"],
    facts: [
      {
        title: "call to action",
        description: `A heading reads "${title}".`,
        probe: { kind: "exists", query: heading },
      },
      {
        title: "its button",
        description: `A button "${action}" stands below it.`,
        probe: { kind: "order", queries: [heading, button] },
      },
    ],
    subjects: [
      { query: heading, kind: "heading" },
      { query: button, kind: "control" },
    ],
  };
};
