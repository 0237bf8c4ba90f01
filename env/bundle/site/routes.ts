/** What a site's sources say about its addresses. */
export interface SourceRoutes {
  /** Addresses without parameters, e.g. `/about`, in order of appearance, without repeats. */
  readonly paths: readonly string[];
  /** Addresses with parameters, e.g. `/posts/:id`. */
  readonly patterns: readonly string[];
  /** Whether the router keeps the address in the fragment, as `HashRouter` does. */
  readonly hash: boolean;
}

/**
 * Reads the routes React Router is given: `<Route path>` elements, nested ones below their parents, and the objects of
 * `createBrowserRouter` and `useRoutes`. It reads text, not programs: a path that is computed is not seen.
 *
 * @example
 * readRoutes(['<Route path="/" element={<Shell />}><Route path="about" element={<About />} /></Route>']).paths; // ["/", "/about"]
 */
export function readRoutes(sources: Iterable<string>): SourceRoutes {
  const paths = new Set<string>();
  const patterns = new Set<string>();
  let hash = false;
  const add = (path: string) => {
    if (path.includes("*")) return;
    if (path.includes(":")) patterns.add(path);
    else paths.add(path);
  };
  for (const source of sources) {
    hash ||= /<HashRouter\b|\bcreateHashRouter\b/.test(source);
    if (!/react-router/.test(source)) continue;
    const code = source.replace(/\{\s*\/\*[\s\S]*?\*\/\s*\}/g, "");
    elementRoutes(code).forEach(add);
    if (/\b(?:create(?:Browser|Hash|Memory)Router|useRoutes)\b/.test(code)) objectRoutes(code).forEach(add);
  }
  return { paths: [...paths], patterns: [...patterns], hash };
}

function elementRoutes(code: string): string[] {
  const found: string[] = [];
  const parents: string[] = [];
  for (const tag of code.matchAll(/<Route(?=[\s>])|<\/Route\s*>/g)) {
    if (tag[0].startsWith("</")) {
      parents.pop();
      continue;
    }
    const { attributes, selfClosing } = readTag(code, tag.index + tag[0].length);
    const base = parents.at(-1) ?? "/";
    const own = /\bpath\s*=\s*\{?\s*["'`]([^"'`]*)["'`]/.exec(attributes)?.[1];
    const path = own === undefined ? base : join(base, own);
    if (own !== undefined || /(?:^|\s)index\b/.test(attributes)) found.push(path);
    if (!selfClosing) parents.push(path);
  }
  return found;
}

/** The text of a tag up to its closing bracket; brackets inside braces and quotes do not count. */
function readTag(code: string, from: number): { attributes: string; selfClosing: boolean } {
  let depth = 0;
  let quote = "";
  for (let at = from; at < code.length; at++) {
    const char = code[at] as string;
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (/["'`]/.test(char)) quote = char;
    else if (char === "{") depth++;
    else if (char === "}") depth--;
    else if (char === ">" && depth <= 0)
      return { attributes: code.slice(from, at), selfClosing: code[at - 1] === "/" };
  }
  return { attributes: "", selfClosing: true };
}

function objectRoutes(code: string): string[] {
  const found: string[] = [];
  const parents: { readonly path: string; readonly depth: number }[] = [];
  let depth = 0;
  let last = "/";
  for (const token of code.matchAll(
    /[[\]]|\bpath\s*:\s*["'`]([^"'`]*)["'`]|\bindex\s*:\s*true\b|\bchildren\s*:/g,
  )) {
    const base = parents.at(-1)?.path ?? "/";
    if (token[0] === "[") depth++;
    else if (token[0] === "]") {
      depth--;
      while ((parents.at(-1)?.depth ?? -1) >= depth) parents.pop();
    } else if (token[0].startsWith("children")) parents.push({ path: last, depth });
    else {
      last = token[1] === undefined ? base : join(base, token[1]);
      found.push(last);
    }
  }
  return found;
}

function join(base: string, path: string): string {
  const whole = path.startsWith("/") ? path : `${base.replace(/\/\*?$/, "")}/${path}`;
  return whole.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "") || "/";
}
