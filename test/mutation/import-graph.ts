import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** Import statements, imports and re-exports of types aside, and files named by their address, as workers are. */
const IMPORTS =
  /^\s*(?:import|export)\s+(?!type\b)[^;]*?from\s*"(\.[^"]+)"|import\s*\(?\s*"(\.[^"]+)"|new URL\(\s*"(\.[^"]+\.js)"/gm;

/** The program that tests start as a process of its own. */
const COMMAND_LINE = "experiments/webgen.js";

/** The sources that a TypeScript source loads when it runs, relative to the root, those that are there. */
export function loadedBy(root: string, source: string): string[] {
  const text = readFileSync(join(root, source), "utf8");
  const named = [...text.matchAll(IMPORTS)].map((match) =>
    normalize(join(dirname(source), (match[1] ?? match[2] ?? match[3]) as string)),
  );
  if (source.startsWith("test/") && text.includes(COMMAND_LINE)) named.push(COMMAND_LINE);
  return named
    .map((path) => path.replace(/\.js$/, ".ts"))
    .filter((path) => path.endsWith(".ts") && existsSync(join(root, path)));
}

/** How many imports lie between each test and a source: a map from test to distance, for all tests that reach it. */
export type Distances = ReadonlyMap<string, number>;

/**
 * Reads the imports of all tests, and of what they import, once.
 *
 * @returns a function that gives the tests that reach a source, and how far they are from it
 */
export function readImportGraph(root: string, tests: readonly string[]): (source: string) => Distances {
  const importers = new Map<string, string[]>();
  const seen = new Set(tests);
  for (const source of seen) {
    for (const target of loadedBy(root, source)) {
      importers.set(target, [...(importers.get(target) ?? []), source]);
      seen.add(target);
    }
  }
  const isTest = new Set(tests);
  return (source) => {
    const distance = new Map([[source, 0]]);
    for (const [current, steps] of distance)
      for (const importer of importers.get(current) ?? [])
        if (!distance.has(importer)) distance.set(importer, steps + 1);
    return new Map([...distance].filter(([path]) => isTest.has(path)));
  };
}

/**
 * Tests by how near they are to a source: first those whose path has most names in common with its path, as tests
 * mirror the rooms, then those with fewest imports in between.
 */
export function nearestFirst(source: string, distances: Distances): string[] {
  const names = new Set(namesIn(source));
  const shared = (test: string) => namesIn(test).filter((name) => names.has(name)).length;
  return [...distances]
    .map(([test, distance]) => ({ test, distance, shared: shared(test) }))
    .sort((a, b) => b.shared - a.shared || a.distance - b.distance || (a.test < b.test ? -1 : 1))
    .map(({ test }) => test);
}

const namesIn = (path: string): string[] => path.replace(/(\.test)?\.ts$/, "").split("/");
