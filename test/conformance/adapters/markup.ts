import { parse, serialize } from "parse5";
import { firstDifference } from "../compare.js";

/** Equality of markup: null when both strings parse to the same page, else what differs. */
export function sameMarkup(actual: unknown, expected: unknown): string | null {
  if (actual === expected) return null;
  if (typeof actual !== "string" || typeof expected !== "string") return firstDifference(actual, expected, 0);
  return firstDifference(serialize(parse(actual)), serialize(parse(expected)), 0);
}
