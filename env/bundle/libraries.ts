import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import { LIBRARIES_KEY } from "./library-shim.js";

/**
 * Libraries that pages may import, bundled together once per process into a script which leaves them on the page's global,
 * so that each page compiles only its own code.
 */
export interface LibraryChunk {
  readonly name: string;
  /** Names by which pages import its modules. */
  readonly modules: readonly string[];
  /** Chunks whose modules it uses. */
  readonly needs: readonly LibraryChunk[];
  /** Modules to take the place of others while the chunk is built: name -> JavaScript. */
  readonly replacements?: Readonly<Record<string, string>>;
}

/** A chunk's script. */
export interface BuiltChunk {
  readonly script: string;
}

/**
 * Which of a library's builds: `production` is small and fast (React: 140 kB against 640), `development` says its errors
 * in words.
 */
export type BuildMode = "production" | "development";

const built = { production: new Map(), development: new Map() } as Record<
  BuildMode,
  Map<LibraryChunk, Promise<BuiltChunk>>
>;

/** Builds a chunk, once. Needs a few hundred milliseconds the first time. */
export function buildChunk(chunk: LibraryChunk, mode: BuildMode = "production"): Promise<BuiltChunk> {
  let promise = built[mode].get(chunk);
  if (!promise) {
    promise = build(chunk, mode);
    promise.catch(() => built[mode].delete(chunk));
    built[mode].set(chunk, promise);
  }
  return promise;
}

/** A chunk and all it needs, what is needed first. */
export function withNeeds(chunks: Iterable<LibraryChunk>): LibraryChunk[] {
  const ordered = new Set<LibraryChunk>();
  const add = (chunk: LibraryChunk) => {
    for (const need of chunk.needs) add(need);
    ordered.add(chunk);
  };
  for (const chunk of chunks) add(chunk);
  return [...ordered];
}

const HERE = dirname(fileURLToPath(import.meta.url));

async function build(chunk: LibraryChunk, mode: BuildMode): Promise<BuiltChunk> {
  const esbuild = await import("esbuild");
  const imports = chunk.modules.map((name, i) => `import * as m${i} from ${JSON.stringify(name)};`);
  const entries = chunk.modules.map((name, i) => `libraries[${JSON.stringify(name)}] = m${i};`);
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `${imports.join("\n")}\nconst libraries = (globalThis[${JSON.stringify(LIBRARIES_KEY)}] ??= {});\n${entries.join("\n")}`,
      resolveDir: HERE,
    },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: mode === "production",
    legalComments: "none",
    logLevel: "silent",
    plugins: [replacing(chunk), needing(chunk)],
  });
  return { script: outputFiles[0]?.text ?? "" };
}

const exported = new Map<string, Promise<readonly string[]>>();

/** What a module of a library exports, without `default`; found out once. */
export function libraryExports(name: string): Promise<readonly string[]> {
  const known = exported.get(name) ?? exportsOf(name);
  exported.set(name, known);
  return known;
}

/** ES modules are asked through esbuild; CommonJS ones have to be loaded. */
async function exportsOf(name: string): Promise<string[]> {
  const esbuild = await import("esbuild");
  const { metafile } = await esbuild.build({
    entryPoints: [name],
    absWorkingDir: HERE,
    outdir: HERE,
    bundle: false,
    write: false,
    format: "esm",
    metafile: true,
    logLevel: "silent",
  });
  const found = Object.values(metafile.outputs).flatMap((output) => output.exports);
  const names = found.filter((each) => each !== "default");
  if (names.length > 0) return names;
  const module = (await import(createRequire(import.meta.url).resolve(name))) as { default?: object };
  return Object.keys(module.default ?? module).filter((each) => each !== "default");
}

/** Modules of other chunks are taken from the page's global. */
function needing(chunk: LibraryChunk): Plugin {
  const modules = new Set(withNeeds(chunk.needs).flatMap((need) => need.modules));
  return {
    name: "needs",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
        modules.has(path) ? { path, namespace: "library" } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: "library" }, ({ path }) => ({
        contents: `module.exports = globalThis[${JSON.stringify(LIBRARIES_KEY)}][${JSON.stringify(path)}];`,
      }));
    },
  };
}

/** A replacement may import what it replaces under its own name. */
function replacing({ replacements = {} }: LibraryChunk): Plugin {
  return {
    name: "replacements",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, namespace }) =>
        namespace !== "replacement" && Object.hasOwn(replacements, path)
          ? { path, namespace: "replacement" }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: "replacement" }, ({ path }) => ({
        contents: replacements[path] ?? "",
        resolveDir: HERE,
      }));
    },
  };
}
