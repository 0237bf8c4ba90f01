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
    if (path.includes("*") || path.length > LONGEST_ROUTE) return;
    if (path.includes(":")) patterns.add(path);
    else paths.add(path);
  };
  for (const source of sources) {
    hash ||= /<HashRouter\b|\bcreateHashRouter\b/.test(source);
    if (!/react-router/.test(source)) continue;
    const code = withoutComments(source);
    elementRoutes(code).forEach(add);
    if (/\b(?:create(?:Browser|Hash|Memory)Router|useRoutes)\b/.test(code)) objectRoutes(code).forEach(add);
  }
  return { paths: [...paths].slice(0, MOST_ROUTES), patterns: [...patterns].slice(0, MOST_ROUTES), hash };
}

/** Most addresses that are told of a source, and their longest, in characters. */
const MOST_ROUTES = 1000;
const LONGEST_ROUTE = 1000;

/** Markup without the comments in it, in braces. */
function withoutComments(source: string): string {
  const kept: string[] = [];
  const end = /\*\/\s*\}/g;
  let at = 0;
  for (const { index } of source.matchAll(/\{\s*\/\*/g)) {
    if (index < at) continue;
    end.lastIndex = source.indexOf("/*", index) + 2;
    if (!end.test(source)) break;
    kept.push(source.slice(at, index));
    at = end.lastIndex;
  }
  return kept.join("") + source.slice(at);
}

function elementRoutes(code: string): string[] {
  const found: string[] = [];
  const parents: string[] = [];
  const tags = /<Route(?=[\s>])|<\/Route\s*>/g;
  for (let tag = tags.exec(code); tag && found.length < MOST_ROUTES; tag = tags.exec(code)) {
    if (tag[0].startsWith("</")) {
      parents.pop();
      continue;
    }
    const read = readTag(code, tags.lastIndex);
    if (!read) break;
    const { attributes, selfClosing, end } = read;
    tags.lastIndex = end;
    const base = parents.at(-1) ?? "/";
    const own = /\bpath\s*=\s*(?:\{\s*)?["'`]([^"'`]*)["'`]/.exec(attributes)?.[1];
    const path = own === undefined ? base : join(base, own);
    if (own !== undefined || /(?:^|\s)index\b/.test(attributes)) found.push(path);
    if (!selfClosing) parents.push(path);
  }
  return found;
}

interface RouteTag {
  readonly attributes: string;
  readonly selfClosing: boolean;
  readonly end: number;
}

/** A tag up to its closing bracket; brackets inside braces and quotes do not count. Undefined when there is none. */
function readTag(code: string, from: number): RouteTag | undefined {
  let depth = 0;
  let quote = "";
  for (let at = from; at < code.length; at++) {
    const char = code[at] as string;
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'" || char === "`") quote = char;
    else if (char === "{") depth++;
    else if (char === "}") depth--;
    else if (char === ">" && depth <= 0)
      return { attributes: code.slice(from, at), selfClosing: code[at - 1] === "/", end: at + 1 };
  }
  return undefined;
}

function objectRoutes(code: string): string[] {
  const found: string[] = [];
  const parents: { readonly path: string; readonly depth: number }[] = [];
  let depth = 0;
  let last = "/";
  for (const token of code.matchAll(
    /[[\]]|\bpath\s*:\s*["'`]([^"'`]*)["'`]|\bindex\s*:\s*true\b|\bchildren\s*:/g,
  )) {
    if (found.length >= MOST_ROUTES) break;
    const base = parents.at(-1)?.path ?? "/";
    if (token[0] === "[") depth++;
    else if (token[0] === "]") {
      depth--;
      while ((parents.at(-1)?.depth ?? Number.NEGATIVE_INFINITY) >= depth) parents.pop();
    } else if (token[0].startsWith("children")) parents.push({ path: last, depth });
    else {
      last = token[1] === undefined ? base : join(base, token[1]);
      found.push(last);
    }
  }
  return found;
}

/** Stands for an address that nobody visits. */
const TOO_LONG = `/${"*".repeat(LONGEST_ROUTE)}`;

function join(base: string, path: string): string {
  const whole = path.startsWith("/") ? path : `${base.replace(/\/\*?$/, "")}/${path}`;
  if (whole.length > LONGEST_ROUTE) return TOO_LONG;
  return whole.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "") || "/";
}
