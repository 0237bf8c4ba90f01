import type { Check, Query } from "../../../contract/probe.js";
import { backdropOf, colorDistance, inkOf, readColor } from "./color.js";
import { colorNamed } from "./color-names.js";
import {
  checkBand,
  checkCompany,
  checkForeign,
  checkNames,
  checkNumbered,
  checkRevealed,
  checkTheme,
} from "./company.js";
import { checkColumns, checkGroups, checkOrder, checkSequence, checkTable } from "./layout.js";
import { openScene } from "./open-scene.js";
import { describe, find, readingOf, wordOverlap } from "./query.js";
import { checkQuality, ruleChecks } from "./rules.js";
import { boxOf, type Scene, styleOf, type Verdict } from "./scene.js";
import { seenSoFar } from "./seen.js";
import { holdsPhrase } from "./wording.js";

/** Measures checks on the page as it is now. */
export function runChecks(checks: readonly Check[]): Verdict[] {
  const scene = openScene();
  return checks.map((check) => {
    try {
      return runCheck(scene, check);
    } catch (error) {
      return { score: null, detail: `The check ${check.kind} could not be taken: ${String(error)}.` };
    }
  });
}

/** The point to click to reach the first match, in the window, after scrolling to it; null when nothing matches. */
export function locate(query: Query): { x: number; y: number } | null {
  const scene = openScene();
  const element = find(scene, query)[0];
  if (element === undefined) return null;
  const seen = seenSoFar();
  seen.before = new WeakMap(scene.texts.map(({ node, text }) => [node, text]));
  seen.clicked = boxOf(scene, element);
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const { left, top, width, height } = scene.dom.box(element);
  return { x: left + width / 2, y: top + height / 2 };
}

export function runCheck(scene: Scene, check: Check): Verdict {
  switch (check.kind) {
    case "exists":
      return checkExists(scene, { ...check.query, ...(check.css === undefined ? {} : { css: check.css }) });
    case "count": {
      const found = find(scene, check.query).length;
      const score =
        found === check.equals ? 1 : Math.min(found, check.equals) / Math.max(found, check.equals);
      return { score, detail: `Expected ${check.equals} of ${describe(check.query)}; found ${found}.` };
    }
    case "text":
      return checkText(scene, check.query, check.equals);
    case "sequence":
      return checkSequence(
        find(scene, check.query).map((element) => readingOf(scene, element)),
        check.equals,
      );
    case "groups":
      return checkGroups(scene, check.groups);
    case "style":
      return checkStyle(scene, check.query, check.property, check.oneOf);
    case "typeface":
      return checkTypeface(scene, check.query, check.face);
    case "length":
      return checkLength(scene, check);
    case "color":
      return checkColor(scene, check);
    case "columns":
      return checkColumns(scene, check.queries, check.columns);
    case "order":
      return checkOrder(scene, check.queries);
    case "table":
      return checkTable(scene, check.rows);
    case "document":
      return checkDocument(scene, check.title, check.language === true);
    case "quality":
      return checkQuality(scene, check);
    case "theme": {
      const rule = ruleChecks()[check.theme];
      const behind = find(scene, check.query)
        .slice(0, 1)
        .some((element) => rule(scene, element, "") === null);
      return checkTheme(scene, check.query, check.theme, behind);
    }
    case "band":
      return checkBand(scene, check.query);
    case "numbered":
      return checkNumbered(scene, check.queries);
    case "company":
      return checkCompany(scene, check.queries, check.words);
    case "foreign":
      return checkForeign(scene, check.sections);
    case "names":
      return checkNames(scene, check.names, check.most);
    case "revealed":
      return checkRevealed(scene);
  }
}

export function missing(query: Query): Verdict {
  return { score: 0, detail: `Missing: ${describe(query)}.` };
}

export function checkExists(scene: Scene, query: Query): Verdict {
  return find(scene, query).length === 0 ? missing(query) : { score: 1, detail: `Found ${describe(query)}.` };
}

export function checkText(scene: Scene, query: Query, wanted: string): Verdict {
  let best = { score: 0, text: "" };
  for (const element of find(scene, query)) {
    const text = readingOf(scene, element);
    const score = wordOverlap(text, wanted);
    if (score >= best.score) best = { score, text };
  }
  const found = best.text === "" ? "nothing" : `"${best.text.slice(0, 80)}"`;
  return { score: best.score, detail: `Expected "${wanted}"; found ${found}.` };
}

export function checkStyle(scene: Scene, query: Query, property: string, oneOf: readonly string[]): Verdict {
  const element = find(scene, query)[0];
  if (element === undefined) return missing(query);
  const value = styleOf(scene, element).getPropertyValue(property);
  return {
    score: oneOf.includes(value) ? 1 : 0,
    detail: `Expected ${property} of ${describe(query)} to be ${oneOf.join(" or ")}; it is ${value}.`,
  };
}

/** The first family in the list whose kind is known decides; a browser's default has serifs. */
export function checkTypeface(scene: Scene, query: Query, face: "serif" | "sans-serif"): Verdict {
  const element = find(scene, query)[0];
  if (element === undefined) return missing(query);
  const list = styleOf(scene, element).fontFamily;
  const sans =
    /sans|system-ui|arial|helvetica|verdana|tahoma|trebuchet|segoe|roboto|inter\b|ubuntu|open|lato|montserrat|poppins|nunito|mono|cursive|fantasy/i;
  const serif =
    /serif|times|georgia|garamond|palatino|baskerville|cambria|didot|bodoni|playfair|merriweather|lora|crimson|cormorant|fraunces/i;
  const decided = list.split(",").find((family) => sans.test(family) || serif.test(family));
  const found = decided !== undefined && sans.test(decided) ? "sans-serif" : "serif";
  return {
    score: found === face ? 1 : 0,
    detail: `Expected a ${face} typeface for ${describe(query)}; its font family is ${list}.`,
  };
}

export function checkLength(scene: Scene, check: Check & { kind: "length" }): Verdict {
  const element = find(scene, check.query)[0];
  if (element === undefined) return missing(check.query);
  const value = Number.parseFloat(styleOf(scene, element).getPropertyValue(check.property)) || 0;
  const { min = 0, max = Number.POSITIVE_INFINITY } = check;
  const outside = value < min ? (min - value) / min : value > max ? (value - max) / max : 0;
  const range = [
    check.min === undefined ? "" : `at least ${min}`,
    check.max === undefined ? "" : `at most ${max}`,
  ];
  return {
    score: Math.max(0, 1 - 3 * outside),
    detail: `Expected ${check.property} of ${range.filter((part) => part !== "").join(" and ")} px; it is ${value} px.`,
  };
}

export function checkColor(scene: Scene, check: Check & { kind: "color" }): Verdict {
  const element = find(scene, check.query)[0];
  if (element === undefined) return missing(check.query);
  const colors = check.of === "text" ? inkOf(scene, element) : backdropOf(scene, element);
  if ("named" in check) {
    const score = Math.max(...colors.map((color) => colorNamed(color, check.named)));
    return {
      score,
      detail: `The ${check.of} of ${describe(check.query)} is ${score === 1 ? "" : "not "}${check.named}.`,
    };
  }
  const wanted = readColor(scene, hexColor(check.near));
  const distance = Math.min(...colors.map((color) => colorDistance(color, wanted)));
  const tolerance = check.tolerance ?? 0.08;
  return {
    score: Math.max(0, Math.min(1, (3 * tolerance - distance) / (2 * tolerance))),
    detail: `The ${check.of} of ${describe(check.query)} is ${distance.toFixed(2)} away from ${check.near}; ${tolerance} is near enough.`,
  };
}

/** `#rrggbb` as a computed colour; anything else as it is. */
export function hexColor(css: string): string {
  const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(css);
  if (channels === null) return css;
  return `rgb(${channels
    .slice(1)
    .map((channel) => Number.parseInt(channel, 16))
    .join(", ")})`;
}

export function checkDocument(scene: Scene, title: string, language: boolean): Verdict {
  const found = scene.dom.all("title")[0]?.textContent ?? "";
  const titled = holdsPhrase(found, title) && found.length <= 120;
  const declared = (scene.dom.attribute(scene.dom.root(), "lang") ?? "").trim() !== "";
  const about = language ? ` and the language is ${declared ? "" : "not "}declared` : "";
  return {
    score: titled ? (language && !declared ? 0.5 : 1) : 0,
    detail: `Expected a title with "${title}"; it is "${found.slice(0, 80)}"${about}.`,
  };
}
