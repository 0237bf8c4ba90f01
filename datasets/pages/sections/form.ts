import type { Query } from "../../../env/contract/probe.js";
import {
  allExist,
  buttonNamed,
  counted,
  type DrawSection,
  itemCount,
  listed,
  saying,
  subjects,
} from "../section.js";
import { FIELDS, SUBMITS } from "../words.js";

const FIELD_ROLES = ["textbox", "searchbox", "spinbutton", "combobox"];

/** A form of two or three labelled fields and a button. */
export const form: DrawSection = (random, page) => {
  const fields = random.sample(FIELDS, itemCount(random, page));
  const labels = fields.map(([label]) => label);
  const submit = random.pick(SUBMITS);
  const queries: Query[] = labels.map((label) => ({ role: FIELD_ROLES, label }));
  const button: Query = { role: "button", text: submit };
  return {
    name: "form",
    landmark: "main",
    requests: [
      `a form with ${listed(labels)} and ${buttonNamed(submit)}`,
      `a contact form for ${listed(labels)} with ${buttonNamed(submit)}`,
      saying(`a form of ${counted(labels)} fields, ${listed(labels)}, and ${buttonNamed(submit)}`, {
        title: "number of fields",
        description: `The page has ${counted(labels)} fields.`,
        probe: { kind: "count", query: { role: FIELD_ROLES }, equals: labels.length },
      }),
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
        description: `A form has the fields ${listed(labels)}, each with a label to be seen.`,
        probe: allExist(queries),
      },
      {
        title: "order of the fields",
        description: `The fields come in the order ${listed(labels)}.`,
        probe: { kind: "order", queries },
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
