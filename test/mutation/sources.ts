import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Rooms whose sources are mutated; the tests are not. */
export const ROOMS = ["infra", "env", "rewards", "datasets", "agents", "serve", "experiments"] as const;

/** What never runs as the JavaScript it compiles to: kernels are WebAssembly. */
const NOT_JAVASCRIPT = "agents/policy/kernels/assembly/";

/** The TypeScript sources at or below a path, sorted, with `/` between folders. Throws for a path that is not there. */
export function sourcesUnder(root: string, path: string): string[] {
  const trimmed = path.replace(/\/+$/, "");
  if (statSync(join(root, trimmed)).isFile()) return [trimmed];
  return readdirSync(join(root, trimmed), { recursive: true, encoding: "utf8" })
    .map((name) => `${trimmed}/${name}`)
    .filter((name) => name.endsWith(".ts") && !name.startsWith(NOT_JAVASCRIPT))
    .sort();
}

/** Tests by the path of the sources that they test, relative to `test/`; a pattern may hold `*` and `**`. */
export type Targets = Readonly<Record<string, readonly string[]>>;

/** The sources of one mutation run and the tests that must notice their mutants. */
export interface Group {
  /** Key of the target. */
  readonly target: string;
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

/**
 * Sorts sources into the targets that name them most exactly.
 *
 * @returns groups by target, and `rest`: the sources that no target names, or that are sent into pages as text, where
 * a switch between mutants cannot follow
 */
export function groupByTarget(
  sources: readonly string[],
  targets: Targets,
): { readonly groups: readonly Group[]; readonly rest: readonly string[] } {
  const byTarget = new Map<string, string[]>();
  const rest: string[] = [];
  for (const source of sources) {
    const target = source.includes("/in-page/") ? undefined : targetOf(source, Object.keys(targets));
    if (target === undefined) rest.push(source);
    else byTarget.set(target, [...(byTarget.get(target) ?? []), source]);
  }
  const groups = [...byTarget].map(([target, members]) => ({
    target,
    sources: members,
    tests: targets[target] as readonly string[],
  }));
  return { groups, rest };
}

function targetOf(source: string, keys: readonly string[]): string | undefined {
  return keys
    .filter((key) => source === key || source.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** The test sources below `test/` that one of the patterns names, in the order of the patterns. */
export function testsNamed(tests: readonly string[], patterns: readonly string[]): string[] {
  const named = patterns.flatMap((pattern) => {
    const expression = pattern
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/\*\*\/|\*/g, (star) => (star === "*" ? "[^/]*" : "(?:.*/)?"));
    return tests.filter((test) => new RegExp(`^test/${expression}$`).test(test));
  });
  return [...new Set(named)];
}

/** A source, or a folder of them, whose mutants say nothing. */
export interface LeftOut {
  readonly path: string;
  /** Mutators of Stryker that are left out there; default all. The path is a target then. */
  readonly mutators?: readonly string[];
  /** A sentence. */
  readonly why: string;
}

/** The sources of a group that are mutated, and the mutators that are not used on them. */
export function withoutLeftOut(
  { target, sources }: Group,
  leftOut: readonly LeftOut[],
): { readonly sources: readonly string[]; readonly excluded: readonly string[] } {
  const whole = leftOut.filter(({ mutators }) => mutators === undefined).map(({ path }) => path);
  return {
    sources: sources.filter(
      (source) => !whole.some((path) => source === path || source.startsWith(`${path}/`)),
    ),
    excluded: leftOut.flatMap(({ path, mutators }) => (path === target ? (mutators ?? []) : [])),
  };
}
