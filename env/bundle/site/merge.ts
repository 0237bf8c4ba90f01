import type { SiteArtifact } from "../../contract/artifact.js";
import { DEFAULT_FILES, FROZEN_FILES, slotOf } from "./scaffold.js";

/** An answer put into the scaffold. */
export interface MergedSite {
  /** All files of the project, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly title: string;
  /** What was set aside or looks odd, each in a sentence. */
  readonly notes: readonly string[];
}

/**
 * Puts the files of a site into the scaffold. The scaffold's own files win: an answer that rewrites one is noted, and
 * repeating one is no offence. What lies outside `src/` and `public/` is noted and left out. Of an answer's
 * `index.html` only the title is kept.
 */
export function mergeSite(
  { files, title, notes = [], commands = [] }: SiteArtifact,
  allowed: ReadonlySet<string>,
): MergedSite {
  const merged = new Map([...Object.entries(DEFAULT_FILES), ...Object.entries(FROZEN_FILES)]);
  const remarks = [...notes];
  for (const [path, body] of Object.entries(files)) {
    const slot = slotOf(path);
    if (slot === "used") merged.set(path, body);
    else if (slot === "outside")
      remarks.push(`${path} is left out: a site fills src/ and public/, nothing else.`);
    else if (path === "package.json") remarks.push(...packageNotes(body, allowed));
    else if (slot === "frozen" && rewrites(path, body))
      remarks.push(`${path} belongs to the scaffold; the answer's own is not used.`);
  }
  const asked = new Set(commands.flatMap(({ packages }) => packages));
  for (const name of asked)
    if (!allowed.has(name) && !TOOLS.test(name))
      remarks.push(`A command asks for the package ${name}, which is not there.`);
  const own = /<title>([^<]*)<\/title>/i.exec(files["index.html"] ?? "")?.[1]?.trim();
  return { files: merged, title: (own || title || "Site").slice(0, LONGEST_TITLE), notes: remarks };
}

/** Longest title of a site, in characters. */
const LONGEST_TITLE = 1000;

/** Packages of the tool chain, which the build has in its own way. */
const TOOLS =
  /^(?:vite|typescript(?:-eslint)?|tailwindcss|postcss|autoprefixer|eslint[\w-]*|globals|prettier|@types\/.+|@eslint\/.+|@vitejs\/.+|@tailwindcss\/.+)$/;

/** `index.html` differs with every title, and settings may be written in many ways; only what would change a page counts. */
function rewrites(path: string, body: string): boolean {
  if (path === "index.html")
    return /<(?:style|script(?![^<>]*\/src\/main\.tsx)|link[^<>]*stylesheet)/i.test(body);
  if (path.startsWith("tsconfig") || path.endsWith(".d.ts") || path.startsWith("vite.config")) return false;
  return plain(body) !== plain(FROZEN_FILES[path] ?? "");
}

const UNIMPORTANT = /["'`;,\s]+|\/\/.*$|\/\*/gm;

/** Code without comments, quotes and the signs that people leave out or not. */
function plain(code: string): string {
  const kept: string[] = [];
  let at = 0;
  UNIMPORTANT.lastIndex = 0;
  for (let found = UNIMPORTANT.exec(code); found; found = UNIMPORTANT.exec(code)) {
    kept.push(code.slice(at, found.index));
    at = UNIMPORTANT.lastIndex;
    if (found[0] !== "/*") continue;
    const end = code.indexOf("*/", at);
    if (end < 0) return kept.join("") + code.slice(found.index);
    at = end + 2;
    UNIMPORTANT.lastIndex = at;
  }
  return kept.join("") + code.slice(at);
}

function packageNotes(body: string, allowed: ReadonlySet<string>): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return ["package.json is no JSON; the scaffold's is used."];
  }
  const { dependencies } = (parsed ?? {}) as { readonly dependencies?: unknown };
  if (typeof dependencies !== "object" || dependencies === null) return [];
  return Object.keys(dependencies)
    .filter((name) => !allowed.has(name) && !TOOLS.test(name))
    .slice(0, 20)
    .map((name) => `package.json asks for the package ${name}, which is not there.`);
}
