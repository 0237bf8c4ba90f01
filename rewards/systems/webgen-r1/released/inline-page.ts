import { blocksBetween, pythonPattern } from "../../../metrics/ports/python-text.js";

const FENCE = pythonPattern("```(\\w+)\\n", "g");
const STYLE_LINK = /<link[^>]*rel=["'](?:stylesheet|preload)["'][^>]*href=["']((?!https?:\/\/)[^\n]*?)["']/gu;
const SCRIPT_SOURCE = /<script[^>]*src=["']((?!https?:\/\/)[^\n]*?)["']/gu;
const LINK = /<link[^>]*href=["']([^\n]*?)["'][^>]*>/gu;
const SCRIPT = /<script[^>]*src=["']([^\n]*?)["'][^>]*>/gu;

interface CodeFile {
  readonly name: string;
  readonly language: "css" | "javascript";
  readonly code: string;
}

/**
 * ArtifactsBench's page of an answer (`extract_html`): the first html fence, with the css and javascript fences put in place of
 * the links and scripts that name them. A fence takes its name from the line before it, else from the page's links in
 * order; those nobody links to are announced as not found in a comment. The closing tag of a replaced script stays.
 * Null where the original fails: without an html fence.
 */
export function inlinePage(answer: string): string | null {
  const fences = fencesOf(answer);
  const page = fences.find(({ language }) => language === "html")?.code;
  if (page === undefined) return null;
  const files = namedFiles(answer, fences);
  if (files === null) return null;
  const contents = new Map(files.map(({ name, code }) => [name, code]));
  const unused = {
    css: files.filter(({ language }) => language === "css").map(({ name }) => name),
    javascript: files.filter(({ language }) => language === "javascript").map(({ name }) => name),
  };
  let failed = false;
  const inline = (whole: string, name: string, ending: string, tag: string, list: string[]): string => {
    const code = contents.get(name);
    if (code === undefined || !name.endsWith(ending)) return whole;
    const at = list.indexOf(name);
    if (at < 0) failed = true;
    else list.splice(at, 1);
    return `<${tag}>${code}</${tag}>`;
  };
  let html = page
    .replace(LINK, (whole, name: string) => inline(whole, name, ".css", "style", unused.css))
    .replace(SCRIPT, (whole, name: string) => inline(whole, name, ".js", "script", unused.javascript));
  if (failed) return null;
  html = announce(html, unused.css, "style", "</head>");
  return announce(html, unused.javascript, "script", "</body>");
}

/** Puts a comment for each file before the first closing tag. */
function announce(html: string, names: readonly string[], tag: string, closing: string): string {
  return names.reduce(
    (text, name) =>
      text.replace(closing, () => `<${tag}>/* ${name} not found in result */</${tag}>\n${closing}`),
    html,
  );
}

interface Fence {
  readonly language: string;
  readonly code: string;
}

function fencesOf(text: string): Fence[] {
  return blocksBetween(text, FENCE, "```").map(({ start, inner }) => {
    FENCE.lastIndex = start;
    return { language: (FENCE.exec(text)?.[1] ?? "").toLowerCase(), code: inner };
  });
}

/** Css and javascript fences with their names; null when a line opens a fence of them that is never closed. */
function namedFiles(text: string, fences: readonly Fence[]): CodeFile[] | null {
  const page = fences.filter(({ language }) => language === "html").at(-1)?.code ?? "";
  const linked = {
    css: [...page.matchAll(STYLE_LINK)].map((match) => match[1] ?? ""),
    javascript: [...page.matchAll(SCRIPT_SOURCE)].map((match) => match[1] ?? ""),
  };
  const queues = {
    css: fences.filter(({ language }) => language === "css").map(({ code }) => code),
    javascript: fences.filter(({ language }) => language === "javascript").map(({ code }) => code),
  };
  const rules = [
    {
      language: "css",
      opening: /^```css/iu,
      name: pythonPattern("([\\w\\-/]+\\.css)", "i"),
      fallback: "styles.css",
    },
    {
      language: "javascript",
      opening: /^```javascript/iu,
      name: pythonPattern("([\\w\\-/]+\\.js)", "i"),
      fallback: "script.js",
    },
  ] as const;
  const anyFence = pythonPattern("^```\\w");
  const files: CodeFile[] = [];
  let lastLine = "";
  for (const line of text.split("\n")) {
    if (!anyFence.test(line)) {
      lastLine = line;
      continue;
    }
    const rule = rules.find(({ opening }) => opening.test(line));
    if (!rule) continue;
    const code = queues[rule.language].shift();
    if (code === undefined) return null;
    files.push({
      name: nameOf(lastLine, rule.name, linked[rule.language], rule.fallback),
      language: rule.language,
      code,
    });
  }
  return files;
}

/** The name on the line before the fence, else the next linked one; a fixed one when the page links to nothing more. */
function nameOf(lastLine: string, pattern: RegExp, linked: string[], fallback: string): string {
  if (linked.length === 0) return fallback;
  const named = pattern.exec(lastLine)?.[1];
  if (named === undefined) return linked.shift() as string;
  const at = linked.indexOf(named);
  if (at >= 0) linked.splice(at, 1);
  return named;
}
