import type { Query } from "../../../env/contract/probe.js";
import type { RandomStream } from "../../../infra/random.js";
import { allExist, type DrawSection, itemCount, listed, subjects } from "../section.js";
import { CITIES, DAYS, HOURS, MONTHS } from "../words.js";

/** A table of two columns: opening hours or tour dates. */
export const table: DrawSection = (random, page) => {
  const rows = itemCount(random, page);
  const hours = random.next() < 0.5;
  const [title, header, body] = hours
    ? (["Hours", ["Day", "Hours"], drawHours(random, rows)] as const)
    : (["On tour", ["City", "Month"], drawTour(random, rows)] as const);
  const asked = listed(body.map((row) => row.join(" ")));
  const columns = header.join(" and ");
  const cells: Query[] = body.flat().map((text) => ({ role: ["cell", "rowheader", "gridcell"], text }));
  const name = hours ? "opening hours" : "tour dates";
  return {
    name: "table",
    landmark: "main",
    requests: [
      `a table of ${columns} with ${asked}`,
      `a table with columns ${columns} and rows ${asked}`,
      `${name} as a table of ${columns}, ${asked}`,
    ],
    lines: [
      "<section>",
      `<h2>${title}</h2>`,
      "<table>",
      `<tr><th>${header.join("</th><th>")}</th></tr>`,
      ...body.map((row) => `<tr><td>${row.join("</td><td>")}</td></tr>`),
      "</table>",
      "</section>",
    ],
    styles: ["section", "table", "block", "bar", "cell", "header"],
    facts: [
      {
        title: "table",
        description: `A table has the columns ${columns} and the rows ${asked}.`,
        probe: { kind: "table", rows: [header, ...body] },
      },
      {
        title: "table headers",
        description: `The columns have the header cells ${columns}.`,
        probe: allExist(header.map((text) => ({ role: "columnheader", text }))),
      },
    ],
    subjects: subjects("text", cells),
  };
};

function drawHours(random: RandomStream, rows: number): string[][] {
  const first = random.integer(0, DAYS.length - rows + 1);
  return DAYS.slice(first, first + rows).map((day) => [day, random.pick(HOURS)]);
}

function drawTour(random: RandomStream, rows: number): string[][] {
  const first = random.integer(0, MONTHS.length - rows + 1);
  const cities = random.sample(CITIES, rows);
  return cities.map((city, index) => [city, MONTHS[first + index]!]);
}
