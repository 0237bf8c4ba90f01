import type { Query } from "../../../contract/probe.js";
import { describe, find, overlap } from "./query.js";
import { roleOf } from "./roles.js";
import { boxOf, isInside, type PageBox, type Scene, styleOf, type Verdict } from "./scene.js";
import { core } from "./wording.js";

/**
 * For the first match of each query the largest element around it that holds no other query's match: the card around a title, whatever
 * the card is made of.
 */
export function ownBoxes(scene: Scene, queries: readonly Query[]): (Element | null)[] {
  const elements = queries.map((query) => find(scene, query)[0]);
  return elements.map((element) => {
    if (element === undefined) return null;
    const others = elements.filter((other): other is Element => other !== undefined && other !== element);
    let box = element;
    for (
      let around = others.length > 0 ? scene.dom.parent(box) : null;
      around !== null && !others.some((other) => isInside(scene, other, around!));
      around = scene.dom.parent(box)
    ) {
      box = around;
    }
    return box;
  });
}

/** Where the first match of each query stands; with `own`, where the box around it does. */
export function boxesOf(scene: Scene, queries: readonly Query[], own: boolean): (PageBox | null)[] {
  const elements = own ? ownBoxes(scene, queries) : queries.map((query) => find(scene, query)[0] ?? null);
  return elements.map((element) => element && boxOf(scene, element));
}

/** Beside: at least half of the lower one's height in common, and to the right. */
export function isRightOf(a: PageBox, b: PageBox): boolean {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const lower = Math.min(a.bottom - a.top, b.bottom - b.top);
  return shared >= lower / 2 && b.left >= a.right - 2;
}

export function isBelow(a: PageBox, b: PageBox): boolean {
  return b.top >= a.bottom - 2;
}

/** The share of neighbouring pairs of which both are there and stand as they should. */
export function judgePairs(
  scene: Scene,
  queries: readonly Query[],
  own: boolean,
  stands: (a: PageBox, b: PageBox, index: number) => boolean,
): Verdict {
  const boxes = boxesOf(scene, queries, own);
  const missing = queries.filter((_, index) => boxes[index] === null).map(describe);
  if (queries.length < 2) {
    return {
      score: missing.length === 0 ? 1 : 0,
      detail: missing.length === 0 ? "Found." : `Missing: ${missing[0]}.`,
    };
  }
  const wrong: string[] = [];
  let right = 0;
  for (let index = 0; index + 1 < boxes.length; index++) {
    const [a, b] = [boxes[index], boxes[index + 1]];
    if (!a || !b) continue;
    if (stands(a, b, index)) right++;
    else wrong.push(describe(queries[index + 1]!));
  }
  const pairs = queries.length - 1;
  const detail = [
    `${right} of ${pairs} neighbours stand as asked.`,
    missing.length > 0 ? `Missing: ${missing.join(", ")}.` : "",
    wrong.length > 0 ? `Out of place: ${wrong.join(", ")}.` : "",
  ];
  return { score: right / pairs, detail: detail.filter((part) => part !== "").join(" ") };
}

/** Whether the one comes after the other in a row: to its right, or to its left on a page that is read from right to left. */
export function isNextTo(scene: Scene, a: PageBox, b: PageBox): boolean {
  return styleOf(scene, scene.dom.root()).direction === "rtl" ? isRightOf(b, a) : isRightOf(a, b);
}

export function checkColumns(scene: Scene, queries: readonly Query[], columns: number): Verdict {
  return judgePairs(scene, queries, true, (a, b, index) =>
    (index + 1) % columns === 0 ? isBelow(a, b) : isNextTo(scene, a, b),
  );
}

export function checkOrder(scene: Scene, queries: readonly Query[]): Verdict {
  return judgePairs(scene, queries, false, (a, b) => isBelow(a, b) || isNextTo(scene, a, b));
}

export function checkGroups(scene: Scene, groups: readonly (readonly string[])[]): Verdict {
  const wrong: string[] = [];
  let sum = 0;
  groups.forEach((group, index) => {
    const places = group.map((text) => find(scene, { text }));
    const found = places.filter((matches) => matches.length > 0).length / group.length;
    const others = groups
      .filter((_, other) => other !== index)
      .flatMap(([first]) => find(scene, { text: first ?? "" }));
    const together =
      found === 1 && places[0]!.some((start) => hasOwnBox(scene, start, places.slice(1), others));
    if (!together) wrong.push(group.join(" "));
    sum += found / 2 + (together ? 0.5 : 0);
  });
  const detail =
    wrong.length === 0
      ? "Every group stands in a box of its own."
      : `Not together in a box of their own: ${wrong.join(", ")}.`;
  return { score: sum / groups.length, detail };
}

/** Whether some ancestor of `start` holds one of each of `places` and none of `others`. */
export function hasOwnBox(
  scene: Scene,
  start: Element,
  places: readonly (readonly Element[])[],
  others: readonly Element[],
): boolean {
  for (let node: Element | null = start; node !== null; node = scene.dom.parent(node)) {
    const box = node;
    if (others.some((other) => isInside(scene, other, box))) return false;
    if (places.every((matches) => matches.some((match) => isInside(scene, match, box)))) return true;
  }
  return false;
}

/**
 * Rows are aligned in order; a row is worth the third power of the share of its cells that stand in their column, as one with a wrong cell
 * tells a reader something wrong.
 */
export function checkTable(scene: Scene, rows: readonly (readonly string[])[]): Verdict {
  const tables = scene.elements.filter((element) => /^(table|grid)$/.test(roleOf(scene, element)));
  const wanted = rows.map((row) => row.map(core));
  let best = 0;
  for (const table of tables) best = Math.max(best, compareTable(wanted, readTable(scene, table)));
  const detail =
    tables.length === 0
      ? "There is no table."
      : `The best table has ${Math.round(best * 100)} % of its rows right.`;
  return { score: best, detail };
}

export function readTable(scene: Scene, table: Element): string[][] {
  const inside = scene.elements.filter((element) => isInside(scene, element, table));
  return inside
    .filter((element) => roleOf(scene, element) === "row")
    .map((row) =>
      inside
        .filter(
          (cell) =>
            /^(cell|gridcell|columnheader|rowheader)$/.test(roleOf(scene, cell)) &&
            isInside(scene, cell, row),
        )
        .map((cell) => core(scene.textOf.get(cell) ?? "")),
    );
}

export function compareTable(
  wanted: readonly (readonly string[])[],
  found: readonly (readonly string[])[],
): number {
  let above = new Array<number>(found.length + 1).fill(0);
  for (const row of wanted) {
    const next = [0];
    found.forEach((cells, index) => {
      const hits = row.filter((cell, column) => cells[column] === cell).length;
      const worth = (hits / Math.max(row.length, cells.length)) ** 3;
      next.push(Math.max(above[index]! + worth, above[index + 1]!, next[index]!));
    });
    above = next;
  }
  return above[found.length]! / Math.max(wanted.length, found.length);
}

/** Longest common subsequence of the texts of all matches with those wanted, over the longer length. */
export function checkSequence(texts: readonly string[], wanted: readonly string[]): Verdict {
  const score = overlap(texts.map(core), wanted.map(core));
  const found = texts.length === 0 ? "none" : texts.slice(0, 12).join(", ");
  return { score, detail: `Expected ${wanted.join(", ")}; found ${found}.` };
}
