import type { Query } from "../../../contract/probe.js";
import { backdropOf } from "./color.js";
import { isOther } from "./color-names.js";
import { ownBoxes } from "./layout.js";
import { describe, find } from "./query.js";
import { closest, roleOf } from "./roles.js";
import { boxOf, isInside, type Scene, styleOf, type Verdict } from "./scene.js";
import { seenSoFar } from "./seen.js";
import { core, wordsOfText } from "./wording.js";

/** The share of matches whose own box says at least `words` words more. */
export function checkCompany(scene: Scene, queries: readonly Query[], words: number): Verdict {
  const boxes = ownBoxes(scene, queries);
  const has = (query: Query, index: number) => {
    const [match, box] = [find(scene, query)[0], boxes[index]];
    if (match === undefined || !box) return false;
    const around = scene.textOf.get(box);
    const own = wordsOfText(scene.textOf.get(match) ?? "").length;
    return around === undefined || wordsOfText(around).length - own >= words;
  };
  return shareOf(queries, has, `with at least ${words} words of its own`);
}

/** The share of matches that are numbered in their order: by a list's marks, a counter, or a figure in their box. */
export function checkNumbered(scene: Scene, queries: readonly Query[]): Verdict {
  const boxes = ownBoxes(scene, queries);
  const has = (query: Query, index: number) => {
    const [match, box] = [find(scene, query)[0], boxes[index]];
    return match !== undefined && !!box && isNumbered(scene, match, box, index + 1);
  };
  return shareOf(queries, has, "numbered");
}

export function shareOf(
  queries: readonly Query[],
  has: (query: Query, index: number) => boolean,
  what: string,
): Verdict {
  const missing = queries.filter((query, index) => !has(query, index)).map(describe);
  const score = queries.length === 0 ? 0 : 1 - missing.length / queries.length;
  return { score, detail: missing.length === 0 ? `All are ${what}.` : `Not ${what}: ${missing.join(", ")}.` };
}

export function isNumbered(scene: Scene, match: Element, box: Element, number: number): boolean {
  for (const { text, holder } of scene.texts) {
    const digits = /^(?:step\s*|no\.?\s*|#)?0*(\d+)\b/.exec(core(text));
    if (isInside(scene, holder, box) && digits !== null && Number(digits[1]) === number) return true;
  }
  const nodes = scene.elements.filter((node) => isInside(scene, node, box) || isInside(scene, match, node));
  return nodes.some((node) => {
    const near = isInside(scene, node, box) || node === box;
    const style = styleOf(scene, node);
    const listed =
      style.display === "list-item" &&
      /decimal|roman|alpha|latin|greek/.test(style.listStyleType) &&
      isInside(scene, match, node);
    if (listed) return true;
    if (!near) return false;
    return ["::before", "::after"].some((pseudo) => {
      const { content, display } = getComputedStyle(node, pseudo);
      const counted =
        /counters?\(/.test(content) || core(content) === String(number) || core(content) === `0${number}`;
      return display !== "none" && counted;
    });
  });
}

/** Whether a match stands on a surface of another colour than the page. */
export function checkBand(scene: Scene, query: Query): Verdict {
  const element = find(scene, query)[0];
  if (element === undefined) return { score: 0, detail: `Missing: ${describe(query)}.` };
  const [body] = scene.dom.all("body");
  const stands = body !== undefined && isOther(backdropOf(scene, element), backdropOf(scene, body));
  return {
    score: stands ? 1 : 0,
    detail: `${describe(query)} stands ${stands ? "" : "not "}on a band of its own.`,
  };
}

/** Whether most of the page is light or dark, as its picture shows; half for what lies behind the match alone. */
export function checkTheme(scene: Scene, query: Query, theme: "light" | "dark", behind: boolean): Verdict {
  if (find(scene, query).length === 0) return { score: 0, detail: `Missing: ${describe(query)}.` };
  const { tone } = seenSoFar();
  if (tone === null)
    return {
      score: behind ? 1 : 0,
      detail: `What lies behind the match is ${behind ? "" : "not "}${theme}.`,
    };
  const share = tone[theme];
  const score = share >= 0.5 ? 1 : behind ? 0.5 : 0;
  return { score, detail: `${Math.round(100 * share)} % of the page is ${theme}.` };
}

/** Headings that stand neither for what is asked nor, one each, above it; none in navigation, header or footer. */
export function checkForeign(scene: Scene, sections: readonly (readonly Query[])[]): Verdict {
  const asked = sections.map((queries) => queries.flatMap((query) => find(scene, query).slice(0, 1)));
  const all = asked.flat();
  if (all.length === 0) return { score: 0, detail: "Nothing of what is asked for is there." };
  const spans = asked
    .filter((elements) => elements.length > 0)
    .map((elements) => {
      const boxes = elements.map((element) => boxOf(scene, element));
      return {
        top: Math.min(...boxes.map(({ top }) => top)),
        bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
        framed: elements.some((element) => isFramed(scene, element)),
      };
    });
  const headings = (scene.byRole.get("heading") ?? []).filter(
    (heading) =>
      scene.textOf.has(heading) &&
      !isFramed(scene, heading) &&
      !all.some((element) => isInside(scene, element, heading) || isInside(scene, heading, element)),
  );
  const titled = new Set<number>();
  const foreign = headings.filter((heading) => {
    const { top } = boxOf(scene, heading);
    const next = spans.reduce(
      (best, span, index) => (span.bottom > top && (best < 0 || span.top < spans[best]!.top) ? index : best),
      -1,
    );
    if (next < 0 || titled.has(next) || spans[next]!.framed || spans[next]!.top < top - 4) return true;
    titled.add(next);
    return false;
  });
  const names = foreign.slice(0, 4).map((heading) => `"${scene.textOf.get(heading)}"`);
  return {
    score: Math.max(0, 1 - foreign.length / 2),
    detail: foreign.length === 0 ? "Nothing else is on the page." : `Not asked for: ${names.join(", ")}.`,
  };
}

/** Whether no more than a few of the names can be read on the page, as whole words with their capitals. */
export function checkNames(scene: Scene, names: readonly string[], most: number): Verdict {
  const words = new Set(scene.texts.flatMap(({ text }) => text.split(/[^\p{L}\p{N}'’]+/u)));
  const found = names.filter((name) => words.has(name));
  const detail = `The page has ${found.length} of names that were not asked for: ${found.slice(0, 4).join(", ")}.`;
  return {
    score: found.length <= most ? 1 : 0,
    detail: found.length === 0 ? "No other names are there." : detail,
  };
}

/** Whether an element stands in what frames a page: navigation, header, footer, an aside. */
export function isFramed(scene: Scene, element: Element): boolean {
  const frame = /^(navigation|banner|contentinfo|complementary)$/;
  return closest(scene, element, (node) => frame.test(roleOf(scene, node))) !== null;
}

/** Whether text has come to be seen, at or below what was clicked, that was not before. */
export function checkRevealed(scene: Scene): Verdict {
  const { before, clicked } = seenSoFar();
  const least = 6;
  let letters = 0;
  for (const { node, text, box } of scene.texts) {
    if (before?.get(node) === text || (clicked !== null && box.bottom < clicked.top)) continue;
    letters += text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  }
  return {
    score: letters >= least ? 1 : 0,
    detail: letters >= least ? "New text came to be seen." : "No new text came to be seen.",
  };
}
