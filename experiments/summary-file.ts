import { UsageError } from "../infra/errors.js";
import type { Summary } from "./summary.js";

/** The text of `summary.json`. */
export function formatSummary(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/**
 * Reads the text of a `summary.json`. Throws a UsageError that names every place that is wrong, what was expected there
 * and what came.
 */
export function parseSummary(text: string, source = "summary.json"): Summary {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${source} is not JSON. Run the comparison again to write it anew.`);
  }
  const problems = SUMMARY(value, "");
  if (problems.length === 0) return value as Summary;
  const shown = problems.slice(0, 8).join("; ");
  const more = problems.length > 8 ? `; and ${problems.length - 8} more` : "";
  throw new UsageError(
    `${source} is no summary: ${shown}${more}. Run the comparison again to write it anew.`,
  );
}

/** Says what is wrong with a value at a path; nothing when it is right. */
type Check = (value: unknown, path: string) => string[];

const kind = (expected: string, holds: (value: unknown) => boolean): Check => {
  return (value, path) =>
    holds(value) ? [] : [`${path || "the whole"} must be ${expected}, not ${show(value)}`];
};
const text = kind("a text", (value) => typeof value === "string" && value !== "");
const number = kind("a number", (value) => typeof value === "number");
const count = kind("a whole number from 0", (value) => Number.isInteger(value) && Number(value) >= 0);
const numberOrNull = kind("a number or null", (value) => value === null || typeof value === "number");
const intervalOrNull = kind("null or [low, high] with low <= high", (value) => {
  if (value === null) return true;
  const [low, high, ...rest] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof low === "number" && typeof high === "number" && rest.length === 0 && low <= high;
});

const object = (fields: Readonly<Record<string, Check>>): Check => {
  const isObject = kind("an object", isRecord);
  return (value, path) => {
    if (!isRecord(value)) return isObject(value, path);
    return Object.entries(fields).flatMap(([name, check]) =>
      check(value[name], path ? `${path}.${name}` : name),
    );
  };
};
const list = (check: Check): Check => {
  const isList = kind("a list", Array.isArray);
  return (value, path) =>
    Array.isArray(value) ? value.flatMap((item, i) => check(item, `${path}[${i}]`)) : isList(value, path);
};
const record = (check: Check): Check => {
  const isObject = kind("an object", isRecord);
  return (value, path) =>
    isRecord(value)
      ? Object.entries(value).flatMap(([name, item]) => check(item, `${path}.${name}`))
      : isObject(value, path);
};
const optional = (check: Check): Check => {
  return (value, path) => (value === undefined ? [] : check(value, path));
};

const ESTIMATE = { mean: numberOrNull, ci95: intervalOrNull, n: count, excluded: count };
const SUMMARY = object({
  backend: text,
  browser: text,
  seed: number,
  taskSplit: text,
  agents: list(
    object({
      name: text,
      n: count,
      reward: object(ESTIMATE),
      parts: record(object(ESTIMATE)),
      facts: record(object({ ...ESTIMATE, asked: count, right: count })),
      tokens: numberOrNull,
      seconds: numberOrNull,
      unmeasured: optional(object({ machine: count, plugin: count })),
      retries: optional(count),
    }),
  ),
  differences: list(object({ a: text, b: text, ...ESTIMATE, facts: record(object(ESTIMATE)) })),
  throughput: object({
    pagesPerSecond: numberOrNull,
    generateTokensPerSecond: numberOrNull,
    trainTokensPerSecond: numberOrNull,
  }),
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
