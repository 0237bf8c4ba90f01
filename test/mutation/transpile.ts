import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

/** The compiled place of a source: `infra/cache.ts` is `dist/infra/cache.js`. */
export function compiledPath(source: string): string {
  return join("dist", source.replace(/\.ts$/, ".js"));
}

/**
 * Writes the JavaScript of one TypeScript source where the compiler would put it. Types are stripped and not checked, so
 * that a mutant that does not fit its types still runs. Throws for text that is not TypeScript.
 *
 * @param root folder that holds the sources and `dist/`
 */
export function transpile(
  root: string,
  source: string,
  text = readFileSync(join(root, source), "utf8"),
): void {
  const { code } = transformSync(text, {
    loader: "ts",
    format: "esm",
    target: "es2023",
    sourcefile: source,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } },
  });
  writeFileSync(join(root, compiledPath(source)), code);
}

if (argv[1] === fileURLToPath(import.meta.url))
  for (const source of argv.slice(2)) transpile(process.cwd(), source);
