import { all, clicked, type DrawPart, exists, gone, listed, says, subjectsOf } from "../part.js";

/** Tabs of which one shows at a time. */
export const tabs: DrawPart = (random, { topic }) => {
  const groups = random.sample(topic.groups, Math.min(3, topic.groups.length));
  const drawn = groups.map(({ name, offers }) => ({
    label: name,
    lines: random.sample(offers, 2).map((offer) => offer.name),
  }));
  const asked = listed(drawn.map(({ label, lines }) => `${label} (${listed(lines)})`));
  const [first, second] = [drawn[0]!, drawn[1]!];
  return {
    name: "tabs",
    asks: [
      `tabs ${asked}, of which only the chosen one shows, ${first.label} at first`,
      `a tabbed box: ${asked}; ${first.label} is open to begin with`,
      `${asked} as tabs, one visible at a time, starting with ${first.label}`,
    ],
    sentences: [
      `Put ${asked} into tabs; only one is visible, and it starts with ${first.label}.`,
      `Users should be able to switch between the tabs ${asked}; ${first.label} is shown first.`,
    ],
    titles: ["Choose a tab", "Look closer", "In detail", "More of it"],
    blocks: [{ kind: "tabs", tabs: drawn }],
    facts: [
      {
        title: "tabs",
        description: `There are tabs ${listed(drawn.map(({ label }) => label))}, and ${first.label} is open.`,
        probe: all([
          ...drawn.map(({ label }) => exists({ role: ["tab", "button", "link", "radio"], text: label })),
          ...first.lines.map(says),
        ]),
      },
      {
        title: "switching tabs",
        description: `A click on ${second.label} shows ${listed(second.lines)} and hides ${listed(first.lines)}.`,
        probe: clicked(second.label, [...second.lines.map(says), ...first.lines.map(gone)]),
      },
    ],
    subjects: drawn.map(({ label }) => ({
      query: { role: ["tab", "button", "link", "radio"], text: label },
      kind: "control" as const,
    })),
  };
};

/** A list that buttons narrow down to one group. */
export const filter: DrawPart = (random, { topic }) => {
  const groups = random.sample(topic.groups, 2);
  const items = random.shuffle(
    groups.flatMap(({ name, offers }) =>
      random.sample(offers, 2).map((offer) => ({ name: offer.name, group: name })),
    ),
  );
  const names = groups.map(({ name }) => name);
  const asked = listed(items.map(({ name, group }) => `${name} (${group})`));
  const chosen = random.pick(names);
  const of = (group: string) => items.filter((item) => item.group === group).map(({ name }) => name);
  const others = items.filter((item) => item.group !== chosen).map(({ name }) => name);
  return {
    name: "filter",
    asks: [
      `a list to filter by ${listed(names, "or")}, with the buttons All, ${listed(names)}: ${asked}`,
      `${asked}, and buttons All, ${listed(names)} that show that kind alone`,
      `a filterable list (All, ${listed(names)}) of ${asked}`,
    ],
    sentences: [
      `Users should be able to filter ${asked} with the buttons All, ${listed(names)}.`,
      `Show ${asked} with filter buttons All, ${listed(names)} above.`,
    ],
    titles: ["Find yours", "Browse", "Have a look", "Narrow it down"],
    blocks: [{ kind: "filter", groups: names, items }],
    facts: [
      {
        title: "all items",
        description: `At first all are shown: ${listed(items.map(({ name }) => name))}.`,
        probe: all(items.map(({ name }) => says(name))),
      },
      {
        title: "filtering",
        description: `A click on ${chosen} leaves ${listed(of(chosen))} and hides ${listed(others)}.`,
        probe: clicked(chosen, [...of(chosen).map(says), ...others.map(gone)]),
      },
    ],
    subjects: names.map((text) => ({
      query: { role: ["button", "tab", "link", "radio"], text },
      kind: "control" as const,
    })),
  };
};

const COUNTERS = [
  ["Add one", "Take one away"],
  ["More", "Fewer"],
  ["Plus one", "Minus one"],
] as const;

/** A quantity that buttons change, with a total that follows. */
export const counter: DrawPart = (random, { topic, currency }) => {
  const offer = random.pick(topic.groups.flatMap(({ offers }) => offers).filter(({ price }) => price > 1));
  const [more, less] = random.pick(COUNTERS);
  const price = (count: number) => `${currency}${offer.price * count}`;
  return {
    name: "counter",
    asks: [
      `a calculator for ${offer.name} at ${price(1)} each: it starts at one, the buttons "${more}" and "${less}" change the number, and the total follows`,
      `a counter for ${offer.name} (${price(1)} a piece) with the buttons "${more}" and "${less}" and a running total, starting at one`,
    ],
    sentences: [
      `Users should be able to choose how many ${offer.name} they want with "${more}" and "${less}", starting at one, and see the total at ${price(1)} each.`,
      `One ${offer.name} is ${price(1)}; let people press "${more}" or "${less}" and show the new total. Start with one.`,
    ],
    titles: ["Work it out", "How many?", "Your total", "Count on it"],
    blocks: [{ kind: "counter", item: offer.name, price: offer.price, currency, more, less }],
    facts: [
      {
        title: "counter",
        description: `There are buttons "${more}" and "${less}", and a total of ${price(1)} at first.`,
        probe: all([
          exists({ role: "button", text: more }),
          exists({ role: "button", text: less }),
          says(price(1)),
        ]),
      },
      {
        title: "total follows",
        description: `After "${more}" twice the total is ${price(3)}; after "${less}" it is ${price(2)}.`,
        probe: clicked(more, [
          says(price(2)),
          clicked(more, [says(price(3)), clicked(less, [says(price(2)), gone(price(3))])]),
        ]),
      },
    ],
    subjects: [more, less].map((text) => ({ query: { role: "button", text }, kind: "control" as const })),
  };
};

const FIELDS = [
  ["Name", "text"],
  ["Phone", "tel"],
  ["Date", "date"],
  ["Number of guests", "number"],
  ["Message", "textarea"],
  ["Company", "text"],
] as const;

const ERRORS = ["Please enter your email", "An email is needed", "We need your email to answer"];
const SUBMITS = ["Send", "Send request", "Ask us", "Submit", "Book"];
const FIELD_ROLES = ["textbox", "searchbox", "spinbutton", "combobox"];

/** A form that says what is missing. */
export const checkedForm: DrawPart = (random) => {
  const others = random.sample(FIELDS, random.integer(1, 4));
  const fields = [...others.slice(0, 1), ["Email", "email"] as const, ...others.slice(1)].map(
    ([label, type]) => ({
      label,
      type: type === "date" ? "text" : type,
    }),
  );
  const labels = fields.map(({ label }) => label);
  const [error, submit] = [random.pick(ERRORS), random.pick(SUBMITS)];
  return {
    name: "form",
    asks: [
      `a form with ${listed(labels)} and a ${submit} button that says "${error}" when the email is empty`,
      `a contact form (${listed(labels)}; button ${submit}) which answers an empty email with "${error}"`,
      `fields for ${listed(labels)} and a button ${submit}; without an email it shows "${error}"`,
    ],
    sentences: [
      `Users should be able to fill in ${listed(labels)} and press ${submit}; if the email is missing, show "${error}".`,
      `Add a form for ${listed(labels)} with the button ${submit}. Leave the email empty and it says "${error}".`,
    ],
    titles: ["Write to us", "Get in touch", "Ask away", "Reach us"],
    blocks: [{ kind: "form", fields, submit, required: "Email", error }],
    facts: [
      {
        title: "fields",
        description: `A form has the labelled fields ${listed(labels)} and the button ${submit}.`,
        probe: all([
          ...labels.map((label) => exists({ role: FIELD_ROLES, label })),
          exists({ role: "button", text: submit }),
        ]),
      },
      {
        title: "what is missing",
        description: `With an empty email, ${submit} shows "${error}".`,
        probe: clicked(submit, [says(error)]),
      },
    ],
    subjects: [
      ...labels.map((name) => ({ query: { role: FIELD_ROLES, name }, kind: "field" as const })),
      { query: { role: "button", text: submit }, kind: "control" },
    ],
  };
};

/** Questions whose answers are folded away. */
export const questions: DrawPart = (random, { topic }) => {
  const items = random.sample(topic.questions, random.integer(2, 4));
  const asked = listed(items.map(({ question, answer }) => `"${question}" (${answer.replace(/\.$/, "")})`));
  const [{ question, answer }] = items as [(typeof items)[number]];
  return {
    name: "questions",
    asks: [
      `questions whose answers unfold on a click: ${asked}`,
      `an FAQ with folded answers, ${asked}`,
      `an accordion of ${asked}`,
    ],
    sentences: [
      `People keep asking ${asked}; fold the answers away until somebody clicks.`,
      `Users should be able to open the answers to ${asked}.`,
    ],
    titles: ["Questions", "Asked often", "Good to know", "Before you ask"],
    blocks: [{ kind: "questions", items }],
    facts: [
      {
        title: "questions",
        description: `The questions are ${listed(items.map((item) => `"${item.question}"`))}.`,
        probe: all(items.map((item) => exists({ text: item.question }))),
      },
      {
        title: "answers unfold",
        description: `"${answer}" shows after a click on "${question}" and not before.`,
        probe: { kind: "click", query: { text: question }, expect: [says(answer.replace(/\.$/, ""))] },
      },
    ],
    subjects: subjectsOf(
      "control",
      items.map((item) => item.question),
    ),
  };
};
