import type { CssSyntaxError } from "postcss";
import { messageOf } from "../../../infra/errors.js";
import { describeProblem } from "../problem.js";
import { createTailwind, type Tailwind } from "../tailwind.js";

/** What only Tailwind understands in a style sheet. */
const DIRECTIVES = /@(?:tailwind|apply|layer|screen)\b|\btheme\(/;
const REMOTE_IMPORT = /@import\s+(?:url\(\s*)?(["']?)((?:https?:)?\/\/[^"')\s]+)\1\s*\)?[^;{}]*;?/g;
/** Addresses a bundler should leave as they are. */
const KEPT_ADDRESS =
  /\burl\(\s*(?:"(?:#|data:|(?:https?:)?\/\/)[^"\n]*"|'(?:#|data:|(?:https?:)?\/\/)[^'\n]*'|(?:#|data:|(?:https?:)?\/\/)[^()\s"']*)\s*\)/gi;
const KEPT = "webgen-kept-address-";

let tailwind: Tailwind | undefined;

/** A project's files with their style sheets compiled, or what is wrong with one of them. */
export type StyleOutcome =
  | {
      readonly files: ReadonlyMap<string, string>;
      readonly notes: readonly string[];
      /** Puts the addresses back that were kept from the bundler. */
      readonly restore: (css: string) => string;
    }
  | { readonly problem: string };

/**
 * Compiles the directives of Tailwind in every style sheet of a project, with the utilities that its sources name. Style
 * sheets from the network are left out, and noted.
 */
export async function compileStyles(
  files: ReadonlyMap<string, string>,
  sources: readonly string[],
): Promise<StyleOutcome> {
  const compiled = new Map(files);
  const notes: string[] = [];
  const kept: string[] = [];
  tailwind ??= createTailwind();
  const compiler = tailwind;
  for (const [path, body] of files) {
    if (!path.endsWith(".css")) continue;
    const local = body.replace(REMOTE_IMPORT, (_, _quote, address: string) => {
      notes.push(`${path} imports ${address}, which is left out: sites have no network.`);
      return "";
    });
    try {
      const css = DIRECTIVES.test(local) ? await compiler.compile(sources.join("\n"), local) : local;
      compiled.set(
        path,
        css.replace(KEPT_ADDRESS, (address) => `${KEPT}${kept.push(address) - 1}`),
      );
    } catch (error) {
      return { problem: describeError(path, error) };
    }
  }
  const restore = (css: string) =>
    css.replace(new RegExp(`${KEPT}(\\d+)`, "g"), (_, index: string) => kept[Number(index)] ?? "");
  return { files: compiled, notes, restore };
}

function describeError(file: string, error: unknown): string {
  const { reason = messageOf(error), line = 0, column = 0 } = error as Partial<CssSyntaxError>;
  return describeProblem({ file, line, column, message: reason });
}
