import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Node, Plugin, Postcss } from "postcss";
import type { Config } from "tailwindcss";

/**
 * Tailwind 3.4.17, the version in which the published systems write: WidgetAnchor renders with the Play script of that
 * number, and WebGen-R1's scaffold asks for 3.4. Tailwind 4 has other defaults (OKLCH colours, border colour, ring width),
 * so the same classes would paint other pixels.
 *
 * Tailwind's own PostCSS plugin builds a new context, the costly part, for each new text it is to scan. Here one context is
 * kept and fed candidates, as the Play script does; what it learned of earlier texts is dropped, so the style sheet depends
 * on its own candidates alone.
 */
export interface Tailwind {
  /**
   * The style sheet for the classes named anywhere in a text: source code, markup, or the classes themselves between blanks.
   * `css` is what it is built from, default the three Tailwind layers; it may use `@apply` and `theme()`.
   * Rejects with a CssSyntaxError when `css` is wrong.
   */
  compile(text: string, css?: string): Promise<string>;
  /** Those of some classes for which Tailwind has rules. */
  known(classes: Iterable<string>): Promise<string[]>;
}

/** Rules that go into Tailwind's layers. */
const OWN_LAYERS = /@(?:layer|responsive|variants)\b/;
const LAYERS = "@tailwind base;\n@tailwind components;\n@tailwind utilities;";
/** Words that are no classes are remembered up to this number. */
const MOST_NON_CLASSES = 50_000;

/** The part of Tailwind's context that is used here. */
interface Context {
  candidates: Set<string>;
  changedContent: { content: string; extension: string }[];
  stylesheetCache: unknown;
  readonly classCache: Map<string, unknown>;
  readonly ruleCache: Set<unknown>;
  readonly candidateRuleCache: Map<string, unknown>;
  readonly notClassCache: Set<string>;
  readonly tailwindConfig: object;
}

type Changed = Context["changedContent"];

/** What Tailwind hands to those who bring a context. */
interface Tools {
  /** A context that knows the layers of the style sheet at hand. */
  readonly createContext: (config: object, changed: Changed) => Context;
}

interface Internals {
  readonly postcss: Postcss;
  readonly process: (
    setup: (tools: Tools) => () => Context,
  ) => ReturnType<NonNullable<Plugin["prepare"]>>["Once"];
  readonly createContext: (config: object) => Context;
  readonly resolveConfig: (config: object) => object;
  readonly generateRules: (candidates: Set<string>, context: Context) => unknown[];
  readonly log: { warn: (key: string, messages: string[]) => void };
}

/**
 * Loads Tailwind, which takes some hundred milliseconds, and makes a compiler that takes a few for each text.
 *
 * @example
 * const tailwind = createTailwind();
 * await tailwind.compile('<p class="mt-4">Hello</p>'); // preflight and ".mt-4{margin-top:1rem}"
 */
export function createTailwind(config: Partial<Config> = {}): Tailwind {
  const { postcss, process, createContext, resolveConfig, generateRules, log } = load();
  const context = createContext(resolveConfig({ ...config, content: [{ raw: "" }] }));
  const forget = () => {
    context.classCache.clear();
    context.ruleCache.clear();
    context.candidateRuleCache.clear();
    context.stylesheetCache = null;
    if (context.notClassCache.size > MOST_NON_CLASSES) context.notClassCache.clear();
  };
  // One at a time, as all share the context.
  let last: Promise<unknown> = Promise.resolve();
  const afterLast = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
  const compile = async (text: string, css: string) => {
    forget();
    const changed = [{ content: inShortLines(text), extension: "tsx" }];
    context.changedContent = changed;
    // What a style sheet puts into Tailwind's layers becomes part of a context, so it has one of its own.
    const layered = OWN_LAYERS.test(css);
    const once = process(
      (tools) => () => (layered ? tools.createContext(context.tailwindConfig, changed) : context),
    );
    const plugin: Plugin = { postcssPlugin: "tailwindcss", ...(once ? { Once: once } : {}) };
    const { warn } = log;
    // A text without classes is no mistake here.
    log.warn = () => {};
    try {
      const result = await postcss([plugin]).process(css, { from: undefined });
      return result.css;
    } finally {
      log.warn = warn;
    }
  };
  const rulesFor = (name: string) => generateRules(new Set([name]), context).length;
  return {
    compile: (text, css = LAYERS) => afterLast(() => compile(text, css)),
    known: (classes) =>
      afterLast(() => {
        forget();
        return [...new Set(classes)].filter((each) => each.length <= LONGEST_WORD && rulesFor(each) > 0);
      }),
  };
}

/** Longest word that may hold a class. */
const LONGEST_WORD = 300;

/** Most variants written in brackets, such as `[&>p]:`, that a text may name; Tailwind's time grows with their square. */
const MOST_OWN_VARIANTS = 500;
/** Most words that may hold a class. */
const MOST_WORDS = 200_000;

/**
 * The words of a text, each once and on a line of its own, without those too long to be classes. Tailwind's patterns take
 * time that grows with the square of a line's length and more: minutes for 100,000 brackets.
 */
function inShortLines(text: string): string {
  const words = new Set<string>();
  let variants = 0;
  for (const word of text.split(/\s+/))
    for (const part of word.length <= LONGEST_WORD ? [word] : word.split(/["'`]/)) {
      if (part.length > LONGEST_WORD || words.has(part)) continue;
      words.add(part);
      if (/\[[&@]/.test(part)) variants++;
    }
  if (variants > MOST_OWN_VARIANTS)
    throw new Error(
      `${variants} words name variants of their own, such as [&>p]:; at most ${MOST_OWN_VARIANTS} may.`,
    );
  if (words.size > MOST_WORDS)
    throw new Error(`There are ${words.size} words to look for classes in; at most ${MOST_WORDS} may be.`);
  return [...words].join("\n");
}

/** Tailwind's parts, which are CommonJS and known by path; the version is pinned for that reason. */
function load(): Internals {
  const require = createRequire(import.meta.url);
  keepPreflight(require);
  const fallback = <T>(module: { default?: T } | T): T =>
    (module as { default?: T }).default ?? (module as T);
  return {
    postcss: fallback<Postcss>(require("postcss")),
    process: fallback<Internals["process"]>(require("tailwindcss/lib/processTailwindFeatures.js")),
    createContext: require("tailwindcss/lib/lib/setupContextUtils.js").createContext,
    resolveConfig: fallback<Internals["resolveConfig"]>(require("tailwindcss/resolveConfig.js")),
    generateRules: require("tailwindcss/lib/lib/generateRules.js").generateRules,
    log: require("tailwindcss/lib/util/log.js").default,
  };
}

/**
 * Has Tailwind take its preflight styles from memory. By itself it reads them for each context, which a worker process whose
 * file system is gone cannot do.
 */
function keepPreflight(require: NodeJS.Require): void {
  const path = require.resolve("tailwindcss/lib/css/preflight.css");
  const { corePlugins } = require("tailwindcss/lib/corePlugins.js") as { corePlugins: CorePlugins };
  const { version } = require("tailwindcss/package.json") as { version: string };
  const { comment, parse } = require("postcss") as Postcss;
  const css = readFileSync(path, "utf8");
  corePlugins.preflight = ({ addBase }) =>
    addBase([
      comment({ text: `! tailwindcss v${version} | MIT License | https://tailwindcss.com` }),
      ...parse(css).nodes,
    ]);
}

interface CorePlugins {
  preflight: (tools: { readonly addBase: (nodes: readonly Node[]) => void }) => void;
}
