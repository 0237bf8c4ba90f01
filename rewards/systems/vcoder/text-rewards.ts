import { BLANKS } from "../../metrics/ports/python-text.js";
import { classNames, classOverlap } from "../../metrics/tree/class-overlap.js";
import { pageTags, sequenceSimilarity } from "../../metrics/tree/tag-sequence.js";
import { extractHtml } from "./extract.js";

const OPENING = new RegExp(`<html|<!doctype[${BLANKS}]+html`, "iu");

/** VCoder's format reward: 0.5 for a closed `html` fence, 0.25 for an opening and 0.25 for a closing html tag anywhere. */
export function formatReward(completion: string): number {
  const fence = extractHtml(completion) === null ? 0 : 0.5;
  return fence + (OPENING.test(completion) ? 0.25 : 0) + (/<\/html>/i.test(completion) ? 0.25 : 0);
}

/** Tags whose variety VCoder rewards. */
const RICH_TAGS: ReadonlySet<string> = new Set(
  "html head body div p span table ul ol li a section header footer nav main".split(" "),
);
const ENOUGH_TAGS = 6;

/** VCoder's validity reward for a page: 0.4 for parsing, 0.3 for html, head and body, 0.3 for six of the rich tags. */
export function pageValidity(html: string): number {
  const names = new Set(pageTags(html).map(({ name }) => name));
  const present = ["html", "head", "body"].filter((name) => names.has(name)).length;
  const rich = [...names].filter((name) => RICH_TAGS.has(name)).length;
  return 0.4 + (0.3 * present) / 3 + 0.3 * Math.min(rich / ENOUGH_TAGS, 1);
}

/** {@link pageValidity} of the fenced page; 0 without a fence. */
export function htmlValidityReward(completion: string): number {
  const html = extractHtml(completion);
  return html === null ? 0 : pageValidity(html);
}

/** Likeness of the element sequences of two pages, 0 to 1; `classWeight` mixes in the overlap of their class names. */
export function pageStructure(html: string, reference: string, classWeight = 0): number {
  const own = pageTags(html);
  const wanted = pageTags(reference);
  const tags = sequenceSimilarity(
    own.map(({ name }) => name),
    wanted.map(({ name }) => name),
  );
  if (classWeight === 0) return tags;
  return (1 - classWeight) * tags + classWeight * classOverlap(classNames(own), classNames(wanted));
}

/** {@link pageStructure} of the fenced page; 0 without a fence. */
export function structuralSimilarityReward(completion: string, solution: string): number {
  const html = extractHtml(completion);
  return html === null ? 0 : pageStructure(html, solution);
}

/** Weight of the visual term. */
export const CLIP_BOOST = 3;

/** The sum that VCoder trains on, 0 to 6. */
export function totalReward({
  format,
  validity,
  structural,
  clip,
}: {
  readonly format: number;
  readonly validity: number;
  readonly structural: number;
  readonly clip: number;
}): number {
  return format + validity + structural + CLIP_BOOST * clip;
}
