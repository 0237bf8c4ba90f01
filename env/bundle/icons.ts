import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix, sep } from "node:path";

/** The name under which pages import icons. */
export const ICONS = "lucide-react";

/** lucide-react's icons, read once: what a page can do without the package's folder. */
export interface IconTable {
  /** Name, old names included -> path of its module. */
  readonly paths: ReadonlyMap<string, string>;
  /** Path -> source code of each of the package's modules. */
  readonly modules: ReadonlyMap<string, string>;
}

let table: Promise<IconTable> | undefined;

/** Reads the table, once. */
export function iconTable(): Promise<IconTable> {
  table ??= readTable();
  return table;
}

async function readTable(): Promise<IconTable> {
  const main = createRequire(import.meta.url).resolve(ICONS);
  const folder = join(dirname(main), "../esm");
  const modules = new Map<string, string>();
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith(".js"))
      modules.set(name.replaceAll(sep, "/"), await readFile(join(folder, name), "utf8"));
  const paths = new Map<string, string>();
  const index = modules.get("lucide-react.js") ?? "";
  for (const [, list = "", path = ""] of index.matchAll(/^export \{([^}]*)\} from '([^']+)';$/gm))
    for (const [, name = ""] of list.matchAll(/\bdefault as (\w+)/g)) paths.set(name, posix.normalize(path));
  return { paths, modules };
}

/**
 * A module with those icons whose names occur in some source code: the package holds 1,500, and a page draws a few.
 * Null when the code takes the package as a whole, so that names do not tell what it uses.
 */
export function iconModule({ paths }: IconTable, sources: readonly string[]): string | null {
  const names = new Set<string>();
  for (const source of sources) {
    if (takesAll(source)) return null;
    for (const [word] of source.matchAll(/[A-Z]\w*|createLucideIcon/g)) if (paths.has(word)) names.add(word);
  }
  const exports = [...names].map(
    (name) => `export { default as ${name} } from ${JSON.stringify(`./${paths.get(name)}`)};`,
  );
  return exports.join("\n") || "export {};";
}

/** `import * as icons`, `export *`, `import()` and `require()` of the package. */
const TAKES_ALL =
  /\*\s*(?:as\s+[\w$]+\s+)?from\s*["']lucide-react["']|(?:import|require)\s*\(\s*["']lucide-react["']/;
const NAMED = /\}\s*from\s*["']lucide-react["']/g;

/** Whether the package is taken as a whole, which `import { icons }` does, too. */
function takesAll(source: string): boolean {
  if (TAKES_ALL.test(source)) return true;
  for (const { index } of source.matchAll(NAMED)) {
    const names = source.slice(source.lastIndexOf("}", index - 1) + 1, index);
    if (/\{[^}]*\bicons\b/.test(names.slice(names.indexOf("{")))) return true;
  }
  return false;
}
