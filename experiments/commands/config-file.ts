import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { didYouMean } from "../../infra/did-you-mean.js";
import { messageOf, UsageError } from "../../infra/errors.js";
import { SUMMARIES } from "./summaries.js";

const NAMES = ["js", "mjs", "ts", "mts", "json"].map((ending) => `webgen.config.${ending}`);

/**
 * What `webgen.config.js`, `.ts` or `.json` in the working folder may say; a module says it as its default export or as
 * `config`.
 */
export interface WebgenConfig {
  /** Modules that register environments, rewards, data sets, agents or extraction rules; paths as seen from this file. */
  readonly import?: string | readonly string[];
  /** Defaults of options, by name without dashes, for every command that has them, e.g. `{ "max-tokens": 512 }`. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** The same for one command each, e.g. `{ "compare": { "tasks": 16 } }`. */
  readonly commands?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
}

type OptionValue = string | number | boolean | readonly (string | number)[];

const KEYS = ["import", "options", "commands"];

/** Puts the config of a folder into a command, below what its command line will say. Throws a UsageError for a wrong one. */
export async function applyConfig(command: Command, folder = process.cwd()): Promise<void> {
  const path = NAMES.map((name) => join(folder, name)).find((candidate) => existsSync(candidate));
  if (path === undefined) return;
  const config = checked(await read(path), path);
  const { options = {}, commands = {} } = config;
  const modules = typeof config.import === "string" ? [config.import] : (config.import ?? []);
  const paths = modules.map((module) => (/^\.{1,2}\//.test(module) ? join(dirname(path), module) : module));
  command.setOptionValueWithSource("import", paths, "config");
  for (const [name, value] of Object.entries(options)) setDefault(command, name, value);
  for (const [name, value] of Object.entries(commands[command.name()] ?? {}))
    if (!setDefault(command, name, value))
      throw new UsageError(
        `${path}: webgen ${command.name()} has no option "${name}".${didYouMean(name, longNames(command))}`,
      );
}

async function read(path: string): Promise<unknown> {
  if (path.endsWith(".json")) {
    try {
      return JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
      throw new UsageError(`${path} is not JSON: ${messageOf(error)}.`);
    }
  }
  const { importModule } = await import("../choose/module.js");
  const { default: fallback, config = fallback } = await importModule(path);
  return config;
}

function checked(value: unknown, path: string): WebgenConfig {
  if (!isObject(value))
    throw new UsageError(
      `${path} should give an object with ${KEYS.join(", ")}, as default export or as config.`,
    );
  for (const [key, known] of [
    ...Object.keys(value).map((each) => [each, KEYS] as const),
    ...Object.keys(isObject(value.commands) ? value.commands : {}).map(
      (each) => [each, Object.keys(SUMMARIES)] as const,
    ),
  ])
    if (!known.includes(key))
      throw new UsageError(`${path} has no place for "${key}".${didYouMean(key, known)}`);
  for (const key of ["options", "commands"])
    if (value[key] !== undefined && !isObject(value[key]))
      throw new UsageError(`${path}: "${key}" should be an object, but is ${JSON.stringify(value[key])}.`);
  const modules = typeof value.import === "string" ? [value.import] : (value.import ?? []);
  if (!Array.isArray(modules) || modules.some((module) => typeof module !== "string"))
    throw new UsageError(`${path}: "import" should be a module or a list of modules.`);
  return value as WebgenConfig;
}

/** False when the command has no such option. */
function setDefault(command: Command, name: string, value: OptionValue): boolean {
  const option = command.options.find(({ long }) => long === `--${name}`);
  if (option === undefined) return false;
  const text = Array.isArray(value) ? value.join(",") : String(value);
  const parsed = typeof value === "boolean" ? value : (option.parseArg?.(text, undefined) ?? text);
  option.default(parsed, text);
  command.setOptionValueWithSource(option.attributeName(), parsed, "config");
  return true;
}

const longNames = (command: Command) => command.options.map(({ long = "" }) => long.replace(/^--/, ""));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
