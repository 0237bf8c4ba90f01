import { readFileSync } from "node:fs";
import { Option } from "commander";
import { type ArtifactKind, OWN_RULES, type Split, type Viewport } from "../../env/index.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";

/** Reads `800x600`. */
export function parseViewport(text: string): Viewport {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  if (!width || !height || Number(width) < 1 || Number(height) < 1)
    throw new UsageError(`A viewport looks like 800x600, but "${text}" came.`);
  return { width: Number(width), height: Number(height) };
}

/** Reads a whole number of at least `least`. */
export function parseWhole(name: string, least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new UsageError(`${name} must be a whole number of at least ${least}, but "${text}" came.`);
    return value;
  };
}

/** Reads `1,2,3`. */
export function parseWholeList(name: string): (text: string) => number[] {
  return (text) => text.split(",").map((part) => parseWhole(name)(part.trim()));
}

/** Reads `html`, `tsx` or `site`. */
export function parseKind(text: string): ArtifactKind {
  if (text === "html" || text === "tsx" || text === "site") return text;
  throw new UsageError(`A kind is html, tsx or site, but "${text}" came.`);
}

/** Which rules find the artifact in an answer. */
export const extractionOption = (): Option =>
  new Option(
    "--extraction <name>",
    "rules that find the artifact in an answer, e.g. frontcoder or vcoder",
  ).default(OWN_RULES);

/** Reads `train`, `validation` or `test`. */
export function parseSplit(text: string): Split {
  if (text === "train" || text === "validation" || text === "test") return text;
  throw new UsageError(`A split is train, validation or test, but "${text}" came.`);
}

/** The text of a file, or of standard input for `-`. */
export function readInput(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new InfrastructureError(
      `Cannot read ${path === "-" ? "standard input" : path}: ${messageOf(error)}.`,
    );
  }
}

/** Prints one JSON document, indented. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Prints a line on standard output. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}
