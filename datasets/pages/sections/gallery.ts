import type { Query } from "../../../env/contract/probe.js";
import { drawing, PICTURES } from "../pictures.js";
import { allExist, counted, type DrawSection, itemCount, listed, saying, subjects } from "../section.js";

/** Two or three drawn pictures with captions, side by side. */
export const gallery: DrawSection = (random, page) => {
  const pictures = random.sample(PICTURES, itemCount(random, page));
  const names = pictures.map(([name]) => name);
  const queries: Query[] = names.map((picture) => ({ picture }));
  return {
    name: "gallery",
    landmark: "main",
    requests: [
      `a gallery in a row of ${listed(names)}`,
      `a gallery in one row with ${listed(names)}`,
      saying(`${counted(names)} pictures in a row, captioned ${listed(names)}`, {
        title: "captions",
        description: `The captions ${listed(names)} can be seen.`,
        probe: allExist(names.map((text) => ({ text }))),
      }),
    ],
    lines: [
      "<section>",
      "<h2>Gallery</h2>",
      "<div>",
      ...pictures.flatMap(([name, shape]) => [
        "<figure>",
        drawing(shape),
        `<figcaption>${name}</figcaption>`,
        "</figure>",
      ]),
      "</div>",
      "</section>",
    ],
    styles: ["section", "block", "bar", "grid", "figure", "picture"],
    facts: [
      {
        title: "pictures",
        description: `There are pictures of ${listed(names)}, each captioned or named, and each shows something.`,
        probe: allExist(queries),
      },
      {
        title: "pictures in a row",
        description: "The pictures stand side by side.",
        probe: { kind: "columns", queries, columns: queries.length },
      },
    ],
    subjects: subjects("figure", queries),
  };
};
