import type { Query } from "../../../env/contract/probe.js";
import { buttonNamed, type DrawSection, type Fact, saying } from "../section.js";
import { CALL_ACTIONS, CALLS } from "../words.js";

/** A band in the accent colour that calls to action. */
export const call: DrawSection = (random) => {
  const title = random.pick(CALLS);
  const action = random.pick(CALL_ACTIONS);
  const heading: Query = { role: "heading", text: title };
  const button: Query = { role: ["button", "link"], text: action };
  const band: Fact = {
    title: "band",
    description: `The heading "${title}" stands on a band of another color than the page.`,
    probe: { kind: "band", query: heading },
  };
  return {
    name: "call",
    landmark: "main",
    requests: [
      `a call to action "${title}" with ${buttonNamed(action)}`,
      saying(`a colored band "${title}" with ${buttonNamed(action)}`, band),
      saying(`a band "${title}" above ${buttonNamed(action)}`, band, {
        title: "call to action above its button",
        description: `The button "${action}" stands below "${title}".`,
        probe: { kind: "order", queries: [heading, button] },
      }),
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
        description: `It has a button "${action}".`,
        probe: { kind: "exists", query: button },
      },
    ],
    subjects: [
      { query: heading, kind: "heading" },
      { query: button, kind: "control" },
    ],
  };
};
