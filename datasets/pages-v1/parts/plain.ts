import { FIRST_NAMES, LAST_NAMES, PRAISE, STREETS } from "../lexicon/names.js";
import { all, counted, type DrawPart, exists, listed, says, subjectsOf } from "../part.js";

/** What speaks for it, as cards side by side. */
export const traits: DrawPart = (random, { topic }) => {
  const items = random.sample(topic.traits, random.integer(2, 4));
  const titles = items.map(({ title }) => title);
  const spelled = random.next() < 0.4;
  const asked = spelled
    ? listed(items.map(({ title, sentence }) => `${title} ("${sentence}")`))
    : listed(titles);
  return {
    name: "traits",
    asks: [
      `${counted(items)} cards side by side: ${asked}`,
      `cards in a row for ${asked}`,
      `what makes us different, next to each other: ${asked}`,
    ],
    sentences: [
      `Tell people why they should come, in cards side by side: ${asked}.`,
      `Place ${asked} next to one another as cards.`,
    ],
    titles: ["Why us", "What to expect", "What matters here", "Good reasons"],
    blocks: [{ kind: "cards", items: items.map(({ title, sentence }) => ({ title, text: sentence })) }],
    facts: [
      {
        title: "cards",
        description: `There are cards titled ${listed(titles)}${spelled ? ", each with its sentence" : ""}.`,
        probe: all([
          ...titles.map((text) => exists({ text })),
          ...(spelled ? items.map(({ sentence }) => says(sentence)) : []),
        ]),
      },
      {
        title: "cards side by side",
        description: "The cards stand in one row.",
        probe: { kind: "columns", queries: titles.map((text) => ({ text })), columns: titles.length },
      },
    ],
    subjects: subjectsOf("heading", titles),
  };
};

/** What guests say. */
export const praise: DrawPart = (random) => {
  const items = random.sample(PRAISE, random.integer(1, 4)).map((text) => ({
    text,
    by: `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`,
  }));
  const asked = listed(items.map(({ text, by }) => `"${text}" by ${by}`));
  return {
    name: "praise",
    asks: [`what people say: ${asked}`, `quotes from customers, ${asked}`, `testimonials: ${asked}`],
    sentences: [`Quote our customers: ${asked}.`, `We were told ${asked}; put that on the page.`],
    titles: ["What people say", "Heard here", "In their words", "Kind letters"],
    blocks: [{ kind: "quotes", items }],
    facts: [
      {
        title: "quotes",
        description: `Each quote stands with its author: ${asked}.`,
        probe: all([
          ...items.map(({ text }) => says(text.replace(/[.]$/, ""))),
          ...items.map(({ by }) => says(by)),
        ]),
      },
    ],
    subjects: items.map(({ by }) => ({ query: { includes: by }, kind: "text" as const })),
  };
};

/** Who works there. */
export const people: DrawPart = (random, { topic }) => {
  const items = random.sample(topic.roles, random.integer(2, 4)).map((role) => ({
    name: `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`,
    role,
  }));
  const asked = listed(
    items.map(({ name, role }) => `${name}, ${role}`),
    "and also",
  );
  return {
    name: "people",
    asks: [`the team: ${asked}`, `who we are (${asked})`, `introductions of ${asked}`],
    sentences: [`Introduce ${asked}.`, `Say who works here: ${asked}.`],
    titles: ["Who we are", "The team", "At work here", "Say hello to"],
    blocks: [{ kind: "people", items }],
    facts: [
      {
        title: "people",
        description: `Each name stands with its role: ${asked}.`,
        probe: all([
          ...items.map(({ name }) => says(name)),
          { kind: "groups", groups: items.map(({ name, role }) => [name, role]) },
        ]),
      },
    ],
    subjects: subjectsOf(
      "text",
      items.map(({ name }) => name),
    ),
  };
};

/** Figures that are simply shown. */
export const figures: DrawPart = (random, { topic }) => {
  const items = random.sample(topic.counts, random.integer(2, 4)).map((label) => ({
    amount: String(random.integer(3, 900)),
    label,
  }));
  const asked = listed(items.map(({ amount, label }) => `${amount} ${label}`));
  return {
    name: "figures",
    asks: [
      `big figures in a row: ${asked}`,
      `a strip of numbers, ${asked}`,
      `${asked} as large numbers side by side`,
    ],
    sentences: [
      `Show off our numbers side by side: ${asked}.`,
      `We are proud of ${asked}; make these figures big and put them in a row.`,
    ],
    titles: ["In figures", "So far", "Counted", "By numbers"],
    blocks: [{ kind: "amounts", items }],
    facts: [
      {
        title: "figures",
        description: `Each figure stands with what it counts: ${asked}.`,
        probe: { kind: "groups", groups: items.map(({ amount, label }) => [amount, label]) },
      },
      {
        title: "figures in a row",
        description: "The figures stand side by side.",
        probe: {
          kind: "columns",
          queries: items.map(({ amount }) => ({ text: amount })),
          columns: items.length,
        },
      },
    ],
    subjects: subjectsOf(
      "text",
      items.map(({ amount }) => amount),
    ),
  };
};

const HOURS = ["7 to 15", "8 to 12", "9 to 18", "10 to 19", "11 to 23", "by appointment"];
const DAY_RANGES = ["Monday to Friday", "Saturday", "Sunday", "Public holidays"];

/** Where and when. */
export const contact: DrawPart = (random) => {
  const days = DAY_RANGES.slice(0, random.integer(2, 4)).map((label) => ({
    label,
    value: random.pick(HOURS),
  }));
  const street = random.pick(STREETS);
  const phone = `0${random.integer(20, 90)} ${random.integer(100, 999)} ${random.integer(1000, 9999)}`;
  const asked = `the address ${street}, the number ${phone}, and the hours ${listed(days.map(({ label, value }) => `${label} ${value}`))}`;
  return {
    name: "contact",
    asks: [
      `how to find us: ${asked}`,
      `a contact section with ${asked}`,
      `opening hours and address, that is ${asked}`,
    ],
    sentences: [`Say where we are and when: ${asked}.`, `Visitors need ${asked}.`],
    titles: ["Find us", "Where and when", "Visit", "Contact"],
    blocks: [
      {
        kind: "details",
        items: [{ label: "Address", value: street }, { label: "Phone", value: phone }, ...days],
      },
    ],
    facts: [
      {
        title: "address and phone",
        description: `The page shows ${street} and ${phone}.`,
        probe: all([says(street), says(phone)]),
      },
      {
        title: "hours",
        description: `The hours are ${listed(days.map(({ label, value }) => `${label} ${value}`))}.`,
        probe: { kind: "groups", groups: days.map(({ label, value }) => [label, value]) },
      },
    ],
    subjects: [street, phone].map((text) => ({ query: { includes: text }, kind: "text" as const })),
  };
};

const CALLS = [
  "Ready when you are",
  "Your turn",
  "Come and see",
  "Shall we?",
  "One click away",
  "Do it today",
];

/** A last invitation. */
export const call: DrawPart = (random, { topic }) => {
  const [title, action] = [random.pick(CALLS), topic.actions.at(-1)!];
  return {
    name: "call",
    asks: [
      `a closing call "${title}" with a button ${action}`,
      `a last invitation that reads "${title}" and a button ${action} below it`,
    ],
    sentences: [
      `End with "${title}" and a button ${action} below it.`,
      `Invite people once more: "${title}", with the button ${action}.`,
    ],
    titles: [title],
    blocks: [{ kind: "button", text: action }],
    facts: [
      {
        title: "call",
        description: `"${title}" stands above a button "${action}".`,
        probe: all([
          exists({ text: title }),
          { kind: "order", queries: [{ text: title }, { role: ["button", "link"], text: action }] },
        ]),
      },
    ],
    subjects: [{ query: { text: title }, kind: "heading" }],
  };
};
