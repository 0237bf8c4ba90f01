import { posix } from "node:path";
import type { Loader, Message, OnLoadResult, OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import { editDistance } from "../../infra/did-you-mean.js";
import { InfrastructureError, messageOf } from "../../infra/errors.js";
import { LeaveWorker } from "../sandbox/index.js";
import { ICONS, iconModule, iconTable } from "./icons.js";
import { computedImport, withoutSourceMap } from "./imports.js";
import { type BuildMode, type LibraryChunk, libraryExports, withNeeds } from "./libraries.js";
import { libraryShim } from "./library-shim.js";
import { type BuildProblem, describeProblem, problemOf } from "./problem.js";

/** Files that exist in memory alone: path, with `/` and without a leading one -> text. */
export type VirtualFiles = Readonly<Record<string, string>>;

export interface BundleOptions {
  readonly files: VirtualFiles;
  /** Path of the file where the bundle begins. */
  readonly entry: string;
  /** What may be imported besides the files themselves. */
  readonly libraries: readonly LibraryChunk[];
  /** Import prefixes that stand for folders, e.g. `{ "@/": "src/" }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** What `process.env.NODE_ENV` says, default `production`. */
  readonly mode?: BuildMode;
  /** Whether a source map of the script is made, default false. */
  readonly sourceMap?: boolean;
}

export type BundleOutcome =
  | {
      readonly status: "ok";
      /** A classic script. Runs after the scripts of `chunks`. */
      readonly script: string;
      /** Style sheets that files import, joined. */
      readonly css: string;
      /** Source map of `script` as JSON; empty unless asked for. */
      readonly map: string;
      /** Chunks whose modules are imported, what is needed first. */
      readonly chunks: readonly LibraryChunk[];
      readonly warnings: readonly BuildProblem[];
    }
  | {
      readonly status: "failed";
      /** The first problem as a sentence. */
      readonly message: string;
      readonly problems: readonly BuildProblem[];
    };

/** Namespace of lucide-react's own modules. */
const ICON = "icon";
const LOADERS: Readonly<Record<string, Loader>> = {
  ".tsx": "tsx",
  ".ts": "ts",
  ".jsx": "jsx",
  ".js": "jsx",
  ".mjs": "jsx",
  ".json": "json",
  ".css": "css",
  ".svg": "dataurl",
  ".txt": "text",
};
const EXTENSIONS = ["", ".tsx", ".ts", ".jsx", ".js", ".json"];

/**
 * Bundles files that exist in memory alone. They may import each other and the libraries allowed, nothing else: no path of
 * the machine, no other package, no address. Whatever is wrong with the files is a result, with its place; rejects with a
 * CompilerGone when they end the compiler, and with an InfrastructureError when esbuild cannot be had.
 *
 * @example
 * const files = { "App.tsx": "export default () => <p>Hello</p>" };
 * const outcome = await bundle({ files, entry: "App.tsx", libraries: [REACT] });
 */
export async function bundle(options: BundleOptions): Promise<BundleOutcome> {
  const deep = Object.keys(options.files).find((file) => nesting(options.files[file] ?? "") > DEEPEST);
  if (deep !== undefined)
    return failed({ file: deep, line: 0, column: 0, message: `${deep} is nested too deeply.` });
  try {
    return await bundleOnce(options);
  } catch (error) {
    if (!/service (?:was stopped|is no longer running)|write EPIPE/.test(messageOf(error))) throw error;
    const { stop } = await import("esbuild");
    await stop();
    throw new CompilerGone("The source breaks the compiler: it is nested too deeply, or grows without end.");
  }
}

/** The compiler's process has ended over what it was given. The next build starts another, where that can be done. */
export class CompilerGone extends LeaveWorker {}

/** Most brackets open at a time; people leave a few dozen open. */
const DEEPEST = 10_000;
/** Largest script and style sheet that come out, in bytes. */
const MOST_OUTPUT = 8_000_000;
/** Imports that are refused one by one. */
const MOST_REFUSED = 50;
/** Problems that are told with suggestions. */
const MOST_EXPLAINED = 5;

function failed(problem: BuildProblem): BundleOutcome {
  return { status: "failed", message: describeProblem(problem), problems: [problem] };
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === "(" || char === "[" || char === "{") deepest = Math.max(deepest, ++depth);
    else if (depth > 0 && (char === ")" || char === "]" || char === "}")) depth--;
  }
  return deepest;
}

async function bundleOnce(options: BundleOptions): Promise<BundleOutcome> {
  const esbuild = await import("esbuild").catch((error: unknown) => {
    throw new InfrastructureError(
      `esbuild cannot be loaded (${messageOf(error)}); run "npm ci" again with its optional packages.`,
    );
  });
  const used = new Set<LibraryChunk>();
  const names = new Map<string, readonly string[]>();
  try {
    const { outputFiles, warnings, metafile } = await esbuild.build({
      entryPoints: [options.entry],
      absWorkingDir: "/",
      outfile: "/out.js",
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      jsx: "automatic",
      ...(options.sourceMap ? { sourcemap: "external", sourcesContent: false } : {}),
      // Indented, the output grows with the square of how deep the source is nested.
      minifyWhitespace: true,
      metafile: true,
      legalComments: "none",
      logLevel: "silent",
      define: {
        "process.env.NODE_ENV": JSON.stringify(options.mode ?? "production"),
        "import.meta.env": "{}",
      },
      tsconfigRaw: "{}",
      logOverride: { "empty-glob": "error" },
      plugins: [resolving(options, used, names)],
    });
    const stranger = Object.keys(metafile.inputs).find((path) => !KNOWN_INPUT.test(path));
    if (stranger !== undefined) return failed(unplaced(`"${stranger}" is no file of the answer.`));
    const large = outputFiles.find(({ contents }) => contents.length > MOST_OUTPUT);
    if (large)
      return failed(
        unplaced(`The bundle has ${large.contents.length} bytes; at most ${MOST_OUTPUT} are accepted.`),
      );
    const output = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
    return {
      status: "ok",
      script: output(".js"),
      css: output(".css"),
      map: output(".js.map"),
      chunks: withNeeds(used),
      warnings: warnings.map((each) => problemOf(each, fileOf)),
    };
  } catch (error) {
    const errors = (error as { errors?: Message[] }).errors;
    if (!errors?.length)
      throw new InfrastructureError(`esbuild did not run: ${messageOf(error)}; run "npm ci" again.`);
    const problems = errors.map((each, index) =>
      index < MOST_EXPLAINED ? explained(problemOf(each, fileOf), names) : problemOf(each, fileOf),
    );
    return { status: "failed", message: describeProblem(problems[0]!), problems };
  }
}

/** What a bundle is made of: namespaces of ours, and esbuild's own pieces. */
const KNOWN_INPUT = /^(?:file-in-memory|library|icon):|^<(?:runtime|define:[\w.]+)>$/;

const unplaced = (message: string): BuildProblem => ({ file: "", line: 0, column: 0, message });

const fileOf = (path: string) => path.replace(/^[\w-]+:/, "");

/** Decides what every import means. */
function resolving(
  { files, libraries, aliases = {} }: BundleOptions,
  used: Set<LibraryChunk>,
  names: Map<string, readonly string[]>,
): Plugin {
  const owners = new Map(libraries.flatMap((chunk) => chunk.modules.map((name) => [name, chunk] as const)));
  const local = (path: string): OnResolveResult | undefined => {
    const found = [...EXTENSIONS, ...EXTENSIONS.slice(1).map((each) => `/index${each}`)]
      .map((ending) => path + ending)
      .find((candidate) => Object.hasOwn(files, candidate));
    return found === undefined ? undefined : { path: found, namespace: "file-in-memory" };
  };
  let refused = 0;
  const resolve = ({ path, importer, namespace, kind }: OnResolveArgs): OnResolveResult | undefined => {
    if (kind === "entry-point") return local(path);
    const owner = owners.get(path);
    if (owner) return { path, namespace: "library", pluginData: owner, sideEffects: false };
    if (namespace === ICON || namespace === "library")
      return { path: posix.join(posix.dirname(namespace === ICON ? importer : ""), path), namespace: ICON };
    const alias = Object.keys(aliases).find((prefix) => path.startsWith(prefix));
    const target =
      alias !== undefined
        ? posix.normalize(aliases[alias] + path.slice(alias.length))
        : /^\.\.?(?:\/|$)/.test(path)
          ? posix.normalize(posix.join(posix.dirname(importer), path))
          : undefined;
    const found = target === undefined ? undefined : local(target);
    if (found) return found;
    // Each error carries its line along, which may be the whole file; the build has failed by now.
    if (++refused > MOST_REFUSED) return { path, external: true };
    return { errors: [{ text: target === undefined ? notAllowed(path) : noFile(path, target) }] };
  };
  const allowed = [...owners.keys()].join(", ");
  const notAllowed = (path: string) => `"${path}" cannot be imported; allowed are ${allowed}.`;
  const noIcon = (path: string) => `${ICONS} has no module "${path}".`;
  const noFile = (path: string, target: string) => {
    const near = nearest(target, Object.keys(files));
    return `There is no file "${path}" to import${near}; besides files, allowed are ${allowed}.`;
  };
  const loadLibrary = async (name: string, chunk: LibraryChunk): Promise<OnLoadResult> => {
    if (name === ICONS) {
      const icons = await iconTable();
      names.set(name, [...icons.paths.keys()]);
      const contents = iconModule(icons, Object.values(files));
      if (contents !== null) {
        for (const need of chunk.needs) used.add(need);
        return { contents };
      }
    }
    used.add(chunk);
    const own = await libraryExports(name);
    names.set(name, own);
    return { contents: libraryShim(name, own) };
  };
  return {
    name: "files-in-memory",
    setup(build) {
      build.onResolve({ filter: /.*/ }, resolve);
      build.onLoad({ filter: /.*/, namespace: "file-in-memory" }, async ({ path }) => {
        const loader = LOADERS[posix.extname(path).toLowerCase()];
        if (!loader) return { errors: [{ text: `"${path}" is of a kind that cannot be imported` }] };
        const contents = withoutSourceMap(files[path] ?? "");
        const computed = await computedImport({ file: path, code: contents, loader }, build.esbuild);
        return computed ? { errors: [computed] } : { contents, loader };
      });
      build.onLoad({ filter: /.*/, namespace: ICON }, async ({ path }) => {
        const contents = (await iconTable()).modules.get(path);
        return contents === undefined
          ? { errors: [{ text: noIcon(path) }] }
          : { contents: withoutSourceMap(contents) };
      });
      build.onLoad({ filter: /.*/, namespace: "library" }, ({ path, pluginData }) =>
        loadLibrary(path, pluginData as LibraryChunk),
      );
      // What esbuild finds by itself, past the rules above, is not loaded.
      build.onLoad({ filter: /.*/ }, ({ path }) => ({ errors: [{ text: notAllowed(path) }] }));
    },
  };
}

/** Says in our words that a library has no such export. */
function explained(problem: BuildProblem, names: ReadonlyMap<string, readonly string[]>): BuildProblem {
  const missing = /^No matching export in "library:(.+)" for import "(.+)"$/.exec(problem.message);
  if (!missing) return problem;
  const [, library = "", name = ""] = missing;
  const known = names.get(library) ?? [];
  return { ...problem, message: `${library} exports no "${name}"${nearest(name, known)}.` };
}

/** Longest name that is compared with others. */
const LONGEST_NAME = 64;

/** The known name most like this one, as the end of a sentence; nothing when none is close. */
function nearest(name: string, known: readonly string[]): string {
  if (name.length > LONGEST_NAME) return "";
  const plain = (text: string) => text.toLowerCase().replace(/\.\w+$/, "");
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(plain(name), plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (!best || best.distance > Math.max(2, name.length / 4)) return "";
  return `; perhaps "${best.candidate}" is meant`;
}
