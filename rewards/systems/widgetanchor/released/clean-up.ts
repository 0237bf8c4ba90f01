import { END, pythonPattern, strip } from "../../../metrics/ports/python-text.js";
import { fixLucideImports } from "./lucide-imports.js";
import { fixRechartsImports } from "./recharts-imports.js";

const CSS_IMPORT_WITH_COMMENT = pythonPattern(`^import\\s+['"]\\./[^\\n]*\\.css['"];?\\s*//[^\\n]*${END}`);
const CSS_IMPORT = pythonPattern(`^import\\s+['"]\\./[^\\n]*\\.css['"];?\\s*${END}`);
const BROKEN_STRING = pythonPattern("'([^']*?[a-zA-Z])'(m|s|t|d|ll|re|ve)\\b", "g");
const BROKEN_CLASS_NAME = pythonPattern("className=\\{`([^`]*)\\b(data-\\w+)=\\{`([^`]*)`\\}", "g");

/**
 * Repairs that WidgetAnchor's benchmark makes before it renders a component: relative CSS imports are dropped, a quoted
 * string that an apostrophe breaks gets `&apos;`, one malformed template class name is mended, unknown or repeated
 * lucide icons are replaced by circles (when the list of exports is known), missing recharts imports are added.
 */
export function cleanUpTsx(code: string, lucideExports: readonly string[] = []): string {
  const mended = code
    .split("\n")
    .filter((line) => !CSS_IMPORT_WITH_COMMENT.test(line) && !CSS_IMPORT.test(line))
    .join("\n")
    .replace(BROKEN_STRING, "'$1&apos;$2")
    .replace(
      BROKEN_CLASS_NAME,
      (_, before: string, name: string, value: string) => `className="${before}" ${name}="${value}"`,
    );
  return fixRechartsImports(lucideExports.length > 0 ? fixLucideImports(mended, lucideExports) : mended);
}

/**
 * Takes the fences off a bare code answer: trims, drops the first line when it opens a fence, cuts where the text ends in a
 * fence. Null for an opening fence without a line after it. Source: WidgetAnchor's collection scripts.
 */
export function stripCodeFences(text: string): string | null {
  let code = strip(text);
  if (code.startsWith("```")) {
    const line = code.indexOf("\n");
    if (line < 0) return null;
    code = code.slice(line + 1);
  }
  if (code.endsWith("```")) code = code.slice(0, code.lastIndexOf("```"));
  return strip(code);
}
