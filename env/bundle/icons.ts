import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The name under which pages import icons. */
export const ICONS = "lucide-react";

/** Where lucide-react keeps each icon: name, old names included -> path of its module. */
export type IconTable = ReadonlyMap<string, string>;

let table: Promise<IconTable> | undefined;

/** Reads the table, once. */
export function iconTable(): Promise<IconTable> {
  table ??= readTable();
  return table;
}

async function readTable(): Promise<IconTable> {
  const main = createRequire(import.meta.url).resolve(ICONS);
  const folder = join(dirname(main), "../esm");
  const text = await readFile(join(folder, "lucide-react.js"), "utf8");
  const icons = new Map<string, string>();
  for (const [, list = "", path = ""] of text.matchAll(/^export \{([^}]*)\} from '([^']+)';$/gm))
    for (const [, name = ""] of list.matchAll(/\bdefault as (\w+)/g)) icons.set(name, join(folder, path));
  return icons;
}

/**
 * A module with those icons whose names occur in some source code: the package holds 1,500, and a page draws a few.
 * Null when the code takes the package as a whole, so that names do not tell what it uses.
 */
export function iconModule(icons: IconTable, sources: readonly string[]): string | null {
  const names = new Set<string>();
  for (const source of sources) {
    if (TAKES_ALL.test(source)) return null;
    for (const [word] of source.matchAll(/[A-Z]\w*|createLucideIcon/g)) if (icons.has(word)) names.add(word);
  }
  const exports = [...names].map(
    (name) => `export { default as ${name} } from ${JSON.stringify(icons.get(name))};`,
  );
  return exports.join("\n") || "export {};";
}

const TAKES_ALL =
  /\*\s*(?:as\s+[\w$]+\s+)?from\s*["']lucide-react["']|\{[^}]*\bicons\b[^}]*\}\s*from\s*["']lucide-react["']|(?:import|require)\s*\(\s*["']lucide-react["']/;
