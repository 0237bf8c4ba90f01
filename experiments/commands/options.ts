import { readFileSync } from "node:fs";
import { Option } from "commander";
import { OWN_RULES } from "../../env/artifact/extraction.js";
import { type ArtifactKind, DEFAULT_VIEWPORT, type Split, type Viewport } from "../../env/contract/task.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import type { Profile } from "../choose/reward.js";

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

/** Reads a finite number from `least` to `most`. */
export function parseNumber(
  name: string,
  least: number,
  most = Number.POSITIVE_INFINITY,
): (text: string) => number {
  const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value < least || value > most)
      throw new UsageError(`${name} must be a number ${range}, but "${text}" came.`);
    return value;
  };
}

/** Collects an option that may come several times. */
export const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** The environment a command works with. */
export const envOption = (description = "environment: its id, or MODULE#EXPORT"): Option =>
  new Option("--env <id>", description).default("webgen/Pages-v0", "webgen/Pages-v0");

/** Tasks in place of the environment's own. */
export const datasetOption = (): Option =>
  new Option(
    "--dataset <name>",
    "tasks of this data set (a name, or MODULE#EXPORT) in place of the environment's",
  );

/** A reward in place of the environment's own. */
export const rewardOption = (): Option =>
  new Option(
    "--reward <name>",
    "a preset, a reward, a JSON file, a formula over rewards, or MODULE#EXPORT; default that of the environment",
  );

/** `paper`: as published, mended. `compat`: as released. */
export const profileOption = (): Option =>
  new Option(
    "--profile <name>",
    "of a preset: paper (as published, mended) or compat (as released)",
  ).argParser(parseProfile);

/** Reads `paper` or `compat`. */
export function parseProfile(text: string): Profile {
  if (text === "paper" || text === "compat") return text;
  throw new UsageError(`A profile is paper or compat, but "${text}" came.`);
}

/** Window size. */
export const viewportOption = (): Option =>
  new Option("--viewport <WxH>", "window size in CSS pixels")
    .argParser(parseViewport)
    .default(DEFAULT_VIEWPORT, `${DEFAULT_VIEWPORT.width}x${DEFAULT_VIEWPORT.height}`);

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
