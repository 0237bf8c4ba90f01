import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/** Root folder of the sources. */
export const SOURCES = fileURLToPath(new URL("../../../", import.meta.url));

/** Where a name of the surface is declared. */
export interface Declared {
  /** Path from the root. */
  readonly file: string;
  readonly name: string;
}

/** Names that an index file exports, with the files that declare them. Throws for `export *`, which names nothing. */
export function exportsOf(index: string): Map<string, Declared> {
  const text = readFileSync(join(SOURCES, index), "utf8");
  if (/export\s+(type\s+)?\*/.test(text))
    throw new Error(`${index} exports everything of a module; name what it exports.`);
  const found = new Map<string, Declared>();
  for (const [, names = "", source = ""] of text.matchAll(
    /export\s+(?:type\s+)?\{([^}]*)\}\s*from\s*"([^"]+)"/g,
  )) {
    const file = normalize(join(dirname(index), source.replace(/\.js$/, ".ts")));
    for (const entry of names.split(",").map((name) => name.trim().replace(/^type\s+/, "")))
      if (entry !== "")
        found.set(entry, file.endsWith("index.ts") ? declaredIn(file, entry) : { file, name: entry });
  }
  return found;
}

/** An index file may declare a name itself, or pass it on. */
function declaredIn(file: string, name: string): Declared {
  return declarationOf(file, name) === undefined
    ? (exportsOf(file).get(name) ?? { file, name })
    : { file, name };
}

/** The doc comment above a declaration: undefined without the declaration, empty without a comment. */
export function docComment({ file, name }: Declared): string | undefined {
  return declarationOf(file, name);
}

/** The doc comments of a class's or an interface's members, from its body's. */
export function memberComments({ file, name }: Declared): string[] {
  const text = readFileSync(join(SOURCES, file), "utf8");
  const body =
    new RegExp(`^export (?:abstract )?(?:class|interface) ${name}\\b[\\s\\S]*?^\\}`, "m").exec(text)?.[0] ??
    "";
  return [...body.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*\*\//g)].map(([comment]) => comment);
}

function declarationOf(file: string, name: string): string | undefined {
  const text = readFileSync(join(SOURCES, file), "utf8");
  const declaration = new RegExp(
    `^export (?:declare |abstract |async )*(?:const|let|function\\*?|class|interface|type|enum) ${name}\\b`,
    "m",
  ).exec(text);
  if (!declaration) return undefined;
  return /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(text.slice(0, declaration.index))?.[0] ?? "";
}

/** Code of the `@example` blocks of a doc comment. */
export function examplesIn(comment: string): string[] {
  const text = comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/\s*$/, "")
    .replace(/^[ \t]*\* ?/gm, "");
  return text
    .split(/^@example[^\n]*$/m)
    .slice(1)
    .map(
      (block) =>
        block
          .split(/^@\w/m)[0]
          ?.replace(/^```\w*$/gm, "")
          .trim() ?? "",
    );
}
