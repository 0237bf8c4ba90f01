import type { Fact } from "../../pages/section.js";
import type { Offer, Topic } from "../lexicon/index.js";
import { FIRST_NAMES, MONTH_NAMES, WEEKDAYS } from "../lexicon/names.js";
import { all, type DrawPart, exists, inOrder, listed, says, subjectsOf } from "../part.js";

const offersOf = ({ groups }: Topic): Offer[] => groups.flatMap(({ offers }) => offers);

const money = (currency: string, amount: number) =>
  `${currency}${Number.isInteger(amount) ? amount : amount.toFixed(2)}`;

type Arrangement = "cheapest first" | "dearest first" | "in alphabetical order";

const ARRANGE: Readonly<Record<Arrangement, (a: Offer, b: Offer) => number>> = {
  "cheapest first": (a, b) => a.price - b.price,
  "dearest first": (a, b) => b.price - a.price,
  "in alphabetical order": (a, b) => (a.name < b.name ? -1 : 1),
};

/** A price list that must be put in order: the prompt gives it shuffled. */
export const sortedPrices: DrawPart = (random, { topic, currency }) => {
  const drawn = random.sample(offersOf(topic), random.integer(3, 6));
  const distinct = drawn.filter((offer, i) => drawn.findIndex(({ price }) => price === offer.price) === i);
  const picked = random.pick(Object.keys(ARRANGE) as Arrangement[]);
  // Where all cost the same, only the alphabet puts them in an order.
  const [offers, how]: [Offer[], Arrangement] =
    distinct.length < 2 ? [drawn, "in alphabetical order"] : [distinct, picked];
  const sorted = [...offers].sort(ARRANGE[how]);
  const asked = listed(offers.map(({ name, price }) => `${name} ${money(currency, price)}`));
  const items = sorted.map(({ name, price }) => ({ name, price: money(currency, price) }));
  return {
    name: "prices",
    asks: [
      `a price list, ${how}: ${asked}`,
      `our prices (${asked}), sorted ${how}`,
      `the list ${asked}, arranged ${how}`,
      `what things cost, ${how}, that is ${asked}`,
    ],
    sentences: [
      `List our prices ${how}: ${asked}.`,
      `We sell ${asked}; show them ${how}.`,
      `Visitors should see ${asked}, ${how}.`,
    ],
    titles: ["Prices", "What it costs", "On offer", "Our list"],
    blocks: [{ kind: "prices", groups: [{ name: null, items }] }],
    facts: [
      pricesFact(items),
      {
        title: `prices ${how}`,
        description: `The prices stand ${how}.`,
        probe: inOrder(items.map(({ name }) => name)),
      },
    ],
    subjects: subjectsOf(
      "text",
      items.map(({ name }) => name),
    ),
  };
};

function pricesFact(items: readonly { name: string; price: string }[]): Fact {
  return {
    title: "names and prices",
    description: `Each is shown with its price: ${listed(items.map(({ name, price }) => `${name} ${price}`))}.`,
    probe: { kind: "groups", groups: items.map(({ name, price }) => [name, price]) },
  };
}

/** A price list that must be grouped under headings: the prompt gives it mixed. */
export const groupedPrices: DrawPart = (random, { topic, currency }) => {
  const groups = random.sample(topic.groups, 2).map(({ name, offers }) => ({
    name,
    items: random
      .sample(offers, 2)
      .map((offer) => ({ name: offer.name, price: money(currency, offer.price) })),
  }));
  const mixed = random.shuffle(
    groups.flatMap(({ name, items }) => items.map((item) => ({ ...item, group: name }))),
  );
  const asked = listed(mixed.map(({ name, price, group }) => `${name} at ${price} (${group})`));
  const names = listed(groups.map(({ name }) => name));
  return {
    name: "menu",
    asks: [
      `a list grouped under ${names}: ${asked}`,
      `two groups headed ${names}, with ${asked}`,
      `${asked}, sorted into the groups ${names}`,
    ],
    sentences: [
      `Group what we offer under ${names}: ${asked}.`,
      `There are two kinds, ${names}; put ${asked} where they belong.`,
    ],
    titles: ["What we offer", "The range", "Choose", "All of it"],
    blocks: [{ kind: "prices", groups }],
    facts: [
      pricesFact(groups.flatMap(({ items }) => items)),
      {
        title: "groups",
        description: `Each stands below the heading of its group: ${groups.map(({ name, items }) => `${name} with ${listed(items.map((item) => item.name))}`).join("; ")}.`,
        probe: all(
          groups.map(({ name, items }) => ({
            kind: "groups" as const,
            groups: [
              [name, ...items.map((item) => item.name)],
              ...groups.filter((other) => other.name !== name).map((other) => [other.name]),
            ],
          })),
        ),
      },
    ],
    subjects: subjectsOf(
      "text",
      groups.flatMap(({ name, items }) => [name, ...items.map((item) => item.name)]),
    ),
  };
};

/** An order whose line totals and grand total must be computed. */
export const orderTotal: DrawPart = (random, { topic, currency }) => {
  const offers = random.sample(
    offersOf(topic).filter(({ price }) => price > 0),
    random.integer(2, 4),
  );
  const lines = offers.map((offer) => ({ ...offer, count: random.integer(2, 6) }));
  const sum = lines.reduce((total, { price, count }) => total + price * count, 0);
  const discount = random.next() < 0.4 ? random.pick([10, 20, 25]) : 0;
  const total = money(currency, sum * (1 - discount / 100));
  const asked = listed(
    lines.map(({ name, price, count }) => `${count} times ${name} at ${money(currency, price)}`),
  );
  const off = discount === 0 ? "" : ` after ${discount} % off`;
  const rows = lines.map(({ name, price, count }) => [name, String(count), money(currency, price * count)]);
  return {
    name: "order",
    asks: [
      `an order summary of ${asked}, with each line's sum and the total${off}`,
      `a sample order: ${asked}; give the sum of every line and the grand total${off}`,
      `a bill for ${asked}, added up${off}`,
    ],
    sentences: [
      `Show a sample order of ${asked}, each line summed up and the total${off} below.`,
      `Work out what ${asked} come to${off} and show it line by line.`,
    ],
    titles: ["A sample order", "Added up", "Your order", "The sum of it"],
    blocks: [{ kind: "table", head: ["Item", "Quantity", "Sum"], rows, foot: ["Total", "", total] }],
    facts: [
      {
        title: "line sums",
        description: `Each line shows its sum: ${listed(rows.map(([name, , value]) => `${name} ${value}`))}.`,
        probe: { kind: "groups", groups: rows.map(([name, , value]) => [name!, value!]) },
      },
      {
        title: "total",
        description: `The total is ${total}${off}.`,
        probe: says(total),
      },
    ],
    subjects: subjectsOf(
      "text",
      lines.map(({ name }) => name),
    ),
  };
};

/** Dates that must be put in order and given their weekdays. */
export const schedule: DrawPart = (random, { topic, year }) => {
  const events = random.sample(topic.events, 3).map((name) => {
    const [month, day] = [random.integer(0, 12), random.integer(1, 29)];
    const weekday = WEEKDAYS[new Date(Date.UTC(year, month, day)).getUTCDay()]!;
    return { name, key: month * 40 + day, date: `${day} ${MONTH_NAMES[month]} ${year}`, weekday };
  });
  const sorted = [...events].sort((a, b) => a.key - b.key);
  const asked = listed(events.map(({ name, date }) => `${name} on ${date}`));
  return {
    name: "schedule",
    asks: [
      `a calendar in order of date, weekdays added: ${asked}`,
      `what is on, earliest first and with the day of the week: ${asked}`,
      `dates (${asked}), sorted, each with its weekday`,
    ],
    sentences: [
      `Announce ${asked}, in the order of their dates and with the weekday of each.`,
      `Our calendar: ${asked}. Sort it by date and add what day of the week it is.`,
    ],
    titles: ["What is on", "Calendar", "Coming up", "Dates"],
    blocks: [
      {
        kind: "table",
        head: ["Event", "Day", "Date"],
        rows: sorted.map(({ name, weekday, date }) => [name, weekday, date]),
      },
    ],
    facts: [
      {
        title: "weekdays",
        description: `Each date has its weekday: ${listed(sorted.map(({ name, weekday }) => `${name}, ${weekday}`))}.`,
        probe: all(
          sorted.map(({ name, weekday }, i) => ({
            kind: "groups" as const,
            groups: [[name, weekday], ...sorted.flatMap((other, j) => (j === i ? [] : [[other.name]]))],
          })),
        ),
      },
      {
        title: "dates in order",
        description: "The earliest date comes first.",
        probe: inOrder(sorted.map(({ name }) => name)),
      },
    ],
    subjects: subjectsOf(
      "text",
      sorted.map(({ name }) => name),
    ),
  };
};

/** Results that must be ranked. */
export const ranking: DrawPart = (random, { topic }) => {
  const names = random.sample(FIRST_NAMES, random.integer(3, 5));
  const points = random.sample(
    Array.from({ length: 60 }, (_, i) => i + 31),
    names.length,
  );
  const results = names.map((name, i) => ({ name, points: points[i]! }));
  const ranked = [...results].sort((a, b) => b.points - a.points);
  const event = random.pick(topic.events);
  const asked = listed(results.map((result) => `${result.name} ${result.points}`));
  const rows = ranked.map((result, i) => [String(i + 1), result.name, String(result.points)]);
  return {
    name: "ranking",
    asks: [
      `a table of results of the ${event}, best first and with places: ${asked}`,
      `the ranking of the ${event} by points, highest first, numbered: ${asked}`,
      `a leaderboard with place, name and points from ${asked}`,
    ],
    sentences: [
      `These are the points of the ${event}: ${asked}. Show them as a numbered ranking, most points first.`,
      `Rank ${asked} from most to fewest points in a table with places.`,
    ],
    titles: ["Results", "Leaderboard", "The ranking", "Who won"],
    blocks: [{ kind: "table", head: ["Place", "Name", "Points"], rows }],
    facts: [
      {
        title: "ranking",
        description: `The order is ${listed(ranked.map(({ name }) => name))}.`,
        probe: inOrder(ranked.map(({ name }) => name)),
      },
      {
        title: "points",
        description: `Each name has its points: ${asked}.`,
        probe: { kind: "groups", groups: ranked.map((result) => [result.name, String(result.points)]) },
      },
    ],
    subjects: subjectsOf(
      "text",
      ranked.map(({ name }) => name),
    ),
  };
};

/** Shares that must be worked out as percentages. */
export const shares: DrawPart = (random, { topic }) => {
  const labels = random.sample(topic.counts, 2);
  const items = labels.map((label) => {
    const whole = random.pick([40, 50, 80, 120, 160, 200, 240, 400]);
    const percent = random.pick([15, 20, 25, 35, 40, 45, 60, 75, 85, 90, 95]);
    return { label, whole, part: (whole * percent) / 100, percent: `${percent}%` };
  });
  const usable = items.filter(({ part }) => Number.isInteger(part));
  const kept = usable.length === 0 ? [{ label: labels[0]!, whole: 200, part: 150, percent: "75%" }] : usable;
  const asked = listed(kept.map(({ label, whole, part }) => `${part} of ${whole} ${label}`));
  return {
    name: "shares",
    asks: [
      `figures as percentages: ${asked}`,
      `big percentages worked out from ${asked}`,
      `what share it is, in per cent: ${asked}`,
    ],
    sentences: [
      `We reached ${asked} last year; show that as percentages.`,
      `Turn ${asked} into percentages and make them big.`,
    ],
    titles: ["In figures", "Last year", "What we reached", "By the numbers"],
    blocks: [{ kind: "amounts", items: kept.map(({ label, percent }) => ({ amount: percent, label })) }],
    facts: [
      {
        title: "percentages",
        description: `The shares are ${listed(kept.map(({ label, percent }) => `${percent} of ${label}`))}.`,
        probe: all(
          kept.flatMap(({ label, percent }) => [
            says(percent),
            { kind: "groups" as const, groups: [[percent, label]] },
          ]),
        ),
      },
    ],
    subjects: kept.map(({ percent }) => ({ query: { includes: percent }, kind: "text" as const })),
  };
};

/** How things go, as steps that must be numbered. */
export const numberedSteps: DrawPart = (random, { topic }) => {
  const steps = topic.steps.slice(0, random.integer(3, 5));
  const asked = listed(steps);
  return {
    name: "steps",
    asks: [
      `the steps ${asked}, numbered`,
      `how it works in ${steps.length} numbered steps: ${asked}`,
      `a numbered list: ${asked}`,
    ],
    sentences: [`Explain how it works in numbered steps: ${asked}.`, `The steps are ${asked}; number them.`],
    titles: ["How it works", "Step by step", "The way there"],
    blocks: [{ kind: "steps", items: steps }],
    facts: [
      {
        title: "steps",
        description: `The steps are ${asked}, in this order.`,
        probe: all([...steps.map((text) => exists({ text })), inOrder(steps)]),
      },
    ],
    subjects: subjectsOf("text", steps),
  };
};
