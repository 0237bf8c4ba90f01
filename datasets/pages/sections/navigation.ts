import type { Query } from "../../../env/contract/probe.js";
import { allExist, type DrawSection, itemCount, listed, subjects } from "../section.js";
import { LINKS } from "../words.js";

/** A bar with the brand and two or three links. */
export const navigation: DrawSection = (random, page) => {
  const links = random.sample(LINKS, itemCount(random, page));
  const queries: Query[] = links.map((text) => ({
    role: "link",
    text,
    within: { role: ["navigation", "banner"] },
  }));
  return {
    name: "navigation",
    landmark: "navigation",
    requests: [
      `a navigation bar with ${listed(links)}`,
      `a nav with the links ${listed(links)}`,
      `a top bar that links to ${listed(links)}`,
      `navigation links ${listed(links)}`,
    ],
    lines: ["<nav>", `<b>${page.brand}</b>`, ...links.map((link) => `<a href="#">${link}</a>`), "</nav>"],
    styles: ["link", "navigation", "brand"],
    facts: [
      {
        title: "navigation links",
        description: `The navigation has the links ${listed(links)}.`,
        probe: allExist(queries),
      },
      {
        title: "order of the links",
        description: `The navigation's links come in the order ${listed(links)}.`,
        probe: { kind: "order", queries },
      },
    ],
    subjects: subjects("control", queries),
  };
};
