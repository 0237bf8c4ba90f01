import { firstDifference } from "../compare.js";
import type { AdapterSet } from "../runner.js";

/** Adapters whose results may say more than the vectors: only the keys of the expected objects are compared. */
export function expectedKeysOnly(functions: AdapterSet["functions"]): AdapterSet["functions"] {
  return Object.fromEntries(
    Object.entries(functions).map(([name, adapter]) => [
      name,
      typeof adapter === "function"
        ? {
            run: adapter,
            compare: (actual: unknown, expected, tolerance) =>
              firstDifference(reduced(actual, expected), expected, tolerance),
          }
        : adapter,
    ]),
  );
}

/** `actual` without the keys that `expected` does not have, at any depth. */
export function reduced(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.map((item, index) => reduced(item, expected[index]));
  }
  if (!isRecord(actual) || !isRecord(expected)) return actual;
  return Object.fromEntries(
    Object.keys(expected)
      .filter((key) => key in actual)
      .map((key) => [key, reduced(actual[key], expected[key])]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
