import { between, END, pythonPattern, strip } from "../../../metrics/ports/python-text.js";
import { cleanUpTsx } from "./clean-up.js";
import { unwrapAtInference, unwrapAtTraining } from "./unwrap.js";

const OPEN_CODE = /<code>/gu;
const OPEN_SCRIPT = /<script[^>]*>/gu;
/** The opening of a fenced block that may hold a React component. */
export const REACT_FENCE = pythonPattern("```(?:tsx|jsx|javascript|react)?\\s*\\n", "g");
const ANY_FENCE = pythonPattern("```\\w*\\s*\\n", "g");
const LUCIDE_OBJECT = pythonPattern("(?:const|let|var)\\s+\\{([^}]+)\\}\\s*=\\s*lucide\\s*;?", "g");
const MOUNTING = /ReactDOM\.(?:render|createRoot)\([\s\S]*$/u;
const COMPONENT = pythonPattern("((?:const|function)\\s+(?:Widget|App)\\b)");

const PLACEHOLDERS = [
  pythonPattern(`^\\[[^\\n]*(?:provided|above|given|component)[^\\n]*\\]${END}`, "i"),
  pythonPattern("^<\\s*the\\s+", "i"),
  pythonPattern("^(?:the|your|same)\\s+(?:provided|above|given|complete)", "i"),
  /^\.\.\./u,
];

/** True when a text looks like a component: it holds export, function or `=>`, and is no placeholder for one. */
export function isRealCode(code: string): boolean {
  const text = strip(code);
  if (PLACEHOLDERS.some((placeholder) => placeholder.test(text))) return false;
  return ["export", "function", "=>"].some((sign) => code.includes(sign));
}

/** The first closed `<code>` block, trimmed, or null: what WidgetAnchor's training loop renders. */
export function extractCodeAtTraining(text: string): string | null {
  const block = between(unwrapAtTraining(text), OPEN_CODE, "</code>")[0];
  return block === undefined ? null : strip(block);
}

/**
 * WidgetAnchor's inference: the first closed `<code>` block, else an unclosed one that holds `export default` or `import`,
 * else the first fenced block tagged tsx, jsx, javascript, react or nothing; trimmed. Null when there is none.
 */
export function extractCodeAtInference(text: string): string | null {
  const unwrapped = unwrapAtInference(text);
  const block = between(unwrapped, OPEN_CODE, "</code>")[0];
  if (block !== undefined) return strip(block);
  const open = unwrapped.indexOf("<code>");
  if (open >= 0) {
    const code = strip(unwrapped.slice(open + 6));
    if (code.includes("export default") || code.includes("import")) return code;
  }
  const fenced = between(unwrapped, REACT_FENCE, "```")[0];
  return fenced === undefined ? null : strip(fenced);
}

/**
 * WidgetAnchor's benchmark run: the best of all closed `<code>` blocks, else a component in a `<script>`, else the best
 * fenced block, else an unclosed `<code>` of more than 50 characters; best is the longest with `export default`, else the
 * longest. The code is then cleaned up, see {@link cleanUpTsx}. Null when nothing looks like code.
 */
export function extractCodeForBenchmark(text: string, lucideExports: readonly string[] = []): string | null {
  const unwrapped = unwrapAtTraining(text)
    .replaceAll("\\n", "\n")
    .replaceAll("\\'", "'")
    .replaceAll('\\"', '"');
  const code =
    best(between(unwrapped, OPEN_CODE, "</code>")) ??
    componentInScript(unwrapped) ??
    best(between(unwrapped, ANY_FENCE, "```")) ??
    unclosedCode(unwrapped);
  if (code === null || !["export", "function", "=>"].some((sign) => code.includes(sign))) return null;
  return cleanUpTsx(code, lucideExports);
}

function best(blocks: readonly string[]): string | null {
  const real = blocks.map(strip).filter(isRealCode);
  const exporting = real.filter((block) => block.includes("export default"));
  let longest: string | null = null;
  for (const block of exporting.length > 0 ? exporting : real)
    if (longest === null || codePoints(block) > codePoints(longest)) longest = block;
  return longest;
}

const codePoints = (text: string): number => [...text].length;

function componentInScript(text: string): string | null {
  const signs = ["function Widget", "function App", "export default function", "const Widget"];
  for (const script of between(text, OPEN_SCRIPT, "</script>")) {
    if (!signs.some((sign) => script.includes(sign))) continue;
    let component = strip(script)
      .replace(LUCIDE_OBJECT, (_, names: string) => `import { ${strip(names)} } from 'lucide-react';`)
      .replace(MOUNTING, "");
    if (!component.includes("export default")) component = component.replace(COMPONENT, "export default $1");
    if (isRealCode(component)) return component;
  }
  return null;
}

function unclosedCode(text: string): string | null {
  const open = text.indexOf("<code>");
  if (open < 0) return null;
  const code = strip(text.slice(open + 6));
  return codePoints(code) > 50 && isRealCode(code) ? code : null;
}
