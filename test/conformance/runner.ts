import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { messageOf, UsageError } from "../../infra/errors.js";
import type { JsonValue } from "../../infra/json.js";
import { firstDifference } from "./compare.js";
import { expandInput } from "./expand.js";

/** One worked example of a published function: what it was given, what it returned. */
export interface Vector {
  readonly name: string;
  /** Name of the function, e.g. `reward.extractHtml`; picks the adapter. */
  readonly fn: string;
  readonly input: JsonValue;
  readonly expected: JsonValue;
  /** Absolute, on every numeric leaf; {@link DEFAULT_TOLERANCE} when absent, 0 for exact. */
  readonly tolerance?: number;
}

/** What an adapter may know besides its input. */
export interface VectorContext {
  readonly vector: Vector;
  /** Folder that the image names of an input are relative to: `images/` beside the vector file. */
  readonly images: string;
}

/** Calls our function with a vector's (expanded) input and returns the value in the vector's shape. May throw: that fails the vector. */
export type Adapter = (input: never, context: VectorContext) => unknown;

/** An adapter with its own idea of equality (e.g. HTML compared after parsing): null when equal, else a sentence. */
export interface ComparingAdapter {
  readonly run: Adapter;
  compare(actual: unknown, expected: JsonValue, tolerance: number): string | null;
}

/**
 * What a file in `test/conformance/adapters/` exports under the name `adapters`. The runner finds the file by itself.
 *
 * @example
 * // test/conformance/adapters/mysystem.ts
 * export const adapters: AdapterSet = {
 *   system: "mysystem",
 *   functions: { "my.lower": ({ text }: { text: string }) => text.toLowerCase() },
 *   skipped: { "my.todo*": "Concerns to-do lists, which no score depends on." },
 * };
 */
export interface AdapterSet {
  readonly system: string;
  /** By function name. */
  readonly functions: Readonly<Record<string, Adapter | ComparingAdapter>>;
  /** Why vectors are not run, by a pattern over `fn` or `name`; `*` stands for any text. Listed in rewards/FIDELITY.md. */
  readonly skipped?: Readonly<Record<string, string>>;
}

export interface VectorResult {
  readonly file: string;
  readonly fn: string;
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped. */
  readonly message?: string;
}

/** Used for a vector that names no tolerance of its own. */
export const DEFAULT_TOLERANCE = 1e-9;

/** Loads every adapter file of the folder `adapters/`. Two adapters for one function are an error. */
export async function loadAdapters(): Promise<AdapterSet[]> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "adapters");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".js")).sort();
  const sets: AdapterSet[] = [];
  for (const file of files) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as { adapters?: AdapterSet };
    if (module.adapters) sets.push(module.adapters);
  }
  const owners = new Map<string, string>();
  for (const set of sets) {
    for (const fn of Object.keys(set.functions)) {
      const owner = owners.get(fn);
      if (owner) throw new UsageError(`Both ${owner} and ${set.system} adapt ${fn}; keep one.`);
      owners.set(fn, set.system);
    }
  }
  return sets;
}

/** Runs all vectors of the files, in order. Throws a UsageError for a file that is not a vector file. */
export async function runVectors(
  files: readonly string[],
  sets?: readonly AdapterSet[],
): Promise<VectorResult[]> {
  const run = vectorRunner(sets ?? (await loadAdapters()));
  const results: VectorResult[] = [];
  for (const file of files)
    for (const vector of await readVectors(file)) results.push(await run(file, vector));
  return results;
}

/** Why some sets do not run a vector; undefined for one that they run. */
export function skipReason(sets: readonly AdapterSet[], { fn, name }: Vector): string | undefined {
  return sets
    .flatMap((set) => Object.entries(set.skipped ?? {}))
    .find(([pattern]) => wildcard(pattern)(fn) || wildcard(pattern)(name))?.[1];
}

/** Runs single vectors of a file with the adapters of some sets. */
export function vectorRunner(
  sets: readonly AdapterSet[],
): (file: string, vector: Vector) => Promise<VectorResult> {
  const functions = new Map(sets.flatMap((set) => Object.entries(set.functions)));
  return async (file, vector) => {
    const { fn, name } = vector;
    const skipped = skipReason(sets, vector);
    if (skipped !== undefined) return { file, fn, name, status: "skipped", message: skipped };
    const adapter = functions.get(fn);
    const message = adapter
      ? await runOne(adapter, { vector, images: join(dirname(resolve(file)), "images") })
      : `no adapter for the function ${fn}; add one in test/conformance/adapters/`;
    return { file, fn, name, ...(message ? { status: "failed", message } : { status: "passed" }) };
  };
}

async function runOne(adapter: Adapter | ComparingAdapter, context: VectorContext): Promise<string | null> {
  const { vector } = context;
  const tolerance = vector.tolerance ?? DEFAULT_TOLERANCE;
  const run = (typeof adapter === "function" ? adapter : adapter.run) as (
    input: JsonValue,
    context: VectorContext,
  ) => unknown;
  try {
    const actual = await run(expandInput(vector.input), context);
    return typeof adapter === "function"
      ? firstDifference(actual, vector.expected, tolerance)
      : adapter.compare(actual, vector.expected, tolerance);
  } catch (error) {
    return `threw: ${messageOf(error)}`;
  }
}

/** Reads a vector file. Throws a UsageError for one that is none. */
export async function readVectors(file: string): Promise<Vector[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new UsageError(`Cannot read the vector file ${file}: ${messageOf(error)}`);
  }
  if (!Array.isArray(parsed)) throw new UsageError(`${file} should hold an array of vectors.`);
  for (const [index, vector] of parsed.entries()) {
    if (typeof vector?.fn !== "string" || typeof vector?.name !== "string" || !("expected" in vector))
      throw new UsageError(`Entry ${index} of ${file} lacks name, fn or expected.`);
  }
  return parsed as Vector[];
}

function wildcard(pattern: string): (text: string) => boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${source.join(".*")}$`, "s");
  return (text) => expression.test(text);
}
