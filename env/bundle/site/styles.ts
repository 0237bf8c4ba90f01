import type { CssSyntaxError } from "postcss";
import { messageOf } from "../../../infra/errors.js";
import { describeProblem } from "../problem.js";
import { createTailwind, type Tailwind } from "../tailwind.js";
import { withAddresses, withoutAddresses, withoutRemoteImports } from "./addresses.js";
import { applyWeight, MOST_APPLIED } from "./apply-weight.js";

/** What only Tailwind understands in a style sheet. */
const DIRECTIVES = /@(?:tailwind|apply|layer|screen)\b|\btheme\(/;

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
    const { css: local, remote } = withoutRemoteImports(body);
    for (const address of remote)
      notes.push(`${path} imports ${address}, which is left out: sites have no network.`);
    try {
      if (local.includes("@apply") && applyWeight(local) > MOST_APPLIED)
        return { problem: `${path}: its @apply come to more than ${MOST_APPLIED} rules.` };
      const css = DIRECTIVES.test(local) ? await compiler.compile(sources.join("\n"), local) : local;
      compiled.set(path, withoutAddresses(css, kept));
    } catch (error) {
      return { problem: describeError(path, error) };
    }
  }
  const restore = (css: string) => withAddresses(css, kept);
  return { files: compiled, notes, restore };
}

function describeError(file: string, error: unknown): string {
  if (error instanceof RangeError) return `${file} is nested too deeply.`;
  const { reason = messageOf(error), line = 0, column = 0 } = error as Partial<CssSyntaxError>;
  return describeProblem({ file, line, column, message: reason });
}
