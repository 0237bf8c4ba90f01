import type { Query } from "../../../env/contract/probe.js";
import { allExist, buttonNamed, counted, type DrawSection, itemCount, listed, subjects } from "../section.js";
import { FIELDS, SUBMITS } from "../words.js";

const FIELD_ROLES = ["textbox", "searchbox", "spinbutton", "combobox"];

/** A form of two or three labelled fields and a button. */
export const form: DrawSection = (random, page) => {
  const fields = random.sample(FIELDS, itemCount(random, page));
  const labels = fields.map(([label]) => label);
  const submit = random.pick(SUBMITS);
  const queries: Query[] = labels.map((name) => ({ role: FIELD_ROLES, name }));
  const button: Query = { role: "button", text: submit };
  return {
    name: "form",
    landmark: "main",
    requests: [
      `a form with ${listed(labels)} and ${buttonNamed(submit)}`,
      `a contact form for ${listed(labels)} with ${buttonNamed(submit)}`,
      `a form of ${counted(labels)} fields, ${listed(labels)}, and ${buttonNamed(submit)}`,
    ],
    lines: [
      "<section>",
      "<h2>Contact</h2>",
      "<form>",
      ...fields.map(([label, control]) => `<label>${label}${control}</label>`),
      `<button>${submit}</button>`,
      "</form>",
      "</section>",
    ],
    styles: ["button", "section", "block", "bar", "form", "field"],
    facts: [
      {
        title: "form fields",
        description: `A form has the labelled fields ${listed(labels)}.`,
        probe: allExist(queries),
      },
      {
        title: "order of the fields",
        description: `The fields come in the order ${listed(labels)}, and there are no others.`,
        probe: {
          kind: "all",
          of: [
            { kind: "order", queries },
            { kind: "sequence", query: { role: FIELD_ROLES }, equals: labels },
          ],
        },
      },
      {
        title: "form button",
        description: `The form ends with a button "${submit}".`,
        probe: { kind: "order", queries: [...queries.slice(-1), button] },
      },
    ],
    subjects: [...subjects("field", queries), { query: button, kind: "control" }],
  };
};
