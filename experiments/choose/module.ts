import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { didYouMean } from "../../infra/did-you-mean.js";
import { messageOf, UsageError } from "../../infra/errors.js";

const SCRIPT = /\.[cm]?[jt]s$/;
const TYPESCRIPT = /\.[cm]?ts$/;

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

/**
 * Imports a user's module, e.g. one that registers environments, rewards, data sets, agents or extraction rules: a file,
 * relative to `folder`, or a package installed there. Throws a UsageError that says why it cannot be loaded.
 */
export async function importModule(name: string, folder = process.cwd()): Promise<Exports> {
  const path = find(name, folder);
  refuseSecondCopy(path);
  try {
    return (await import(pathToFileURL(path).href)) as Exports;
  } catch (error) {
    throw new UsageError(reasonOf(error, name, path));
  }
}

/** A `module.js#export`, or a module alone, in its two parts; undefined for any other name. */
export function moduleAndExport(text: string): { module: string; name: string } | undefined {
  const [, module = text, name = "default"] = /^(.+)#([\w$]+)$/.exec(text) ?? [];
  return SCRIPT.test(module) || module !== text ? { module, name } : undefined;
}

/**
 * What `module.js#export` names; undefined for any other text. Throws a UsageError with what the module exports when
 * there is no such export.
 */
export async function exportOf(text: string, folder?: string): Promise<unknown> {
  const parts = moduleAndExport(text);
  if (parts === undefined) return undefined;
  const { module, name } = parts;
  const exports = await importModule(module, folder);
  if (name in exports) return exports[name];
  const known = Object.keys(exports);
  if (name === "default")
    throw new UsageError(`Say which export of ${module} is meant, e.g. ${module}#${known[0] ?? "name"}.`);
  const hint = known.length === 0 ? " It exports nothing." : didYouMean(name, known);
  throw new UsageError(`${module} has no export "${name}".${hint}`);
}

function find(name: string, folder: string): string {
  const file = resolve(folder, name);
  if (existsSync(file)) return file;
  if (SCRIPT.test(name) || /^[./]/.test(name))
    throw new UsageError(`There is no module ${name}; a path is taken from ${folder}.`);
  try {
    return createRequire(join(folder, "noop.js")).resolve(name);
  } catch {
    throw new UsageError(`There is no module "${name}": no file of that name, and no package in ${folder}.`);
  }
}

/** A module that registers with another copy of this package would not be heard. */
function refuseSecondCopy(path: string): void {
  const theirs = packageSeenFrom(path);
  const ours = packageSeenFrom(fileURLToPath(import.meta.url));
  if (theirs === undefined || ours === undefined || theirs === ours) return;
  throw new UsageError(
    `${path} imports the webgen-gym of ${dirname(theirs)}, and this command runs from ${dirname(ours)}. Run that one: npx webgen, in the folder of the module.`,
  );
}

function packageSeenFrom(path: string): string | undefined {
  try {
    return realpathSync(createRequire(path).resolve("webgen-gym/package.json"));
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown, name: string, path: string): string {
  const code = (error as { code?: string } | null)?.code;
  if (code === "ERR_UNKNOWN_FILE_EXTENSION" && TYPESCRIPT.test(extname(path)))
    return `${name} is TypeScript, which Node ${process.versions.node} does not load: use Node 22.18 or later, or compile it to JavaScript first.`;
  if (code === "ERR_MODULE_NOT_FOUND" && messageOf(error).includes("'webgen-gym'"))
    return `${name} imports webgen-gym, which is not installed beside it: npm install webgen-gym in its folder.`;
  return `${name} cannot be loaded: ${messageOf(error)}`;
}
