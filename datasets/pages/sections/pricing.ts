import type { Query } from "../../../env/contract/probe.js";
import { allExist, counted, type DrawSection, itemCount, listed, saying, subjects } from "../section.js";
import { PLANS, PRICES } from "../words.js";

/** Two or three plans with their monthly prices, cheapest first, side by side. */
export const pricing: DrawSection = (random, page) => {
  const count = itemCount(random, page);
  const names = random.sample(PLANS, count);
  const prices = random.sample(PRICES, count).sort((a, b) => a - b);
  const plans = names.map((name, index) => ({ name, price: `$${prices[index]}` }));
  const number = counted(plans);
  const headings: Query[] = names.map((text) => ({ role: "heading", text }));
  const asked = listed(plans.map(({ name, price }) => `${name} ${price}`));
  return {
    name: "pricing",
    landmark: "main",
    requests: [
      `pricing with ${asked}`,
      saying(`${number} plans, ${asked}`, {
        title: "number of plans",
        description: `There are ${number} prices.`,
        probe: { kind: "count", query: { includes: "$" }, equals: count },
      }),
      saying(`plans in a row, ${asked}`, {
        title: "plans in a row",
        description: "The plans stand side by side.",
        probe: { kind: "columns", queries: headings, columns: count },
      }),
      `pricing cards for ${asked}`,
    ],
    lines: [
      "<section>",
      "<h2>Plans</h2>",
      "<div>",
      ...plans.flatMap(({ name, price }) => [
        "<article>",
        `<h3>${name}</h3>`,
        `<b>${price}</b>`,
        "<p>a month</p>",
        "</article>",
      ]),
      "</div>",
      "</section>",
    ],
    styles: ["section", "block", "bar", "grid", "card", "price"],
    facts: [
      {
        title: "plans and prices",
        description: `Each plan shows its price: ${asked}.`,
        probe: { kind: "groups", groups: plans.map(({ name, price }) => [name, price]) },
      },
      {
        title: "names of the plans",
        description: `The plans are headed ${listed(names)}.`,
        probe: allExist(headings),
      },
      {
        title: "order of the plans",
        description: `The plans come in the order ${listed(names)}.`,
        probe: { kind: "order", queries: headings },
      },
    ],
    subjects: [
      ...subjects("heading", headings),
      ...subjects(
        "text",
        plans.map(({ price }) => ({ text: price })),
      ),
    ],
  };
};
