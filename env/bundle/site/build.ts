import type { SiteArtifact } from "../../contract/artifact.js";
import { build } from "../builder.js";
import { type BuildMode, buildChunk } from "../libraries.js";
import { LIBRARIES_KEY } from "../library-shim.js";
import type { CompiledSite, CompileSiteInput } from "./compile.js";
import { SITE_LIBRARIES } from "./packages.js";
import { type Resource, resourceOf } from "./resources.js";
import type { SourceRoutes } from "./routes.js";

/** A site ready to be served from memory. */
export interface BuiltSite {
  /** The document of every address. */
  readonly html: string;
  /** Everything else, by path from the root, e.g. `/assets/index.js`. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly routes: SourceRoutes;
  /** What was set aside, each in a sentence. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

export type SiteBuild =
  | { readonly status: "built"; readonly site: BuiltSite }
  /** `message` holds a line for each problem, with its file, line and column. */
  | { readonly status: "failed"; readonly message: string; readonly milliseconds: number };

export interface BuildSiteOptions {
  /** Which build of React is used; the one for development says its errors in words. Default `production`. */
  readonly mode?: BuildMode;
}

/**
 * Builds a site in memory: its files in the frozen scaffold, bundled by esbuild and styled by Tailwind 3 in a worker
 * process, under a deadline. No shell, no install, no script of the answer runs. React, its router, icons and charts come from this package; any other import is
 * a failure that names its file and line. Total: what cannot be built fails with a message.
 *
 * @example
 * const build = await buildSite({ kind: "site", files: { "src/App.tsx": "export default () => <h1>Hello</h1>" } });
 */
export async function buildSite(
  artifact: SiteArtifact,
  { mode = "production" }: BuildSiteOptions = {},
): Promise<SiteBuild> {
  const started = performance.now();
  const since = () => performance.now() - started;
  const failed = (message: string): SiteBuild => ({ status: "failed", message, milliseconds: since() });
  const compiled = await build<CompileSiteInput, CompiledSite>("site", { artifact, mode });
  if (compiled.status === "failed") return failed(compiled.message);
  const { title, script, css, served, chunks, routes, notes } = compiled;
  const resources = new Map<string, Resource>();
  for (const [path, body] of Object.entries(served)) resources.set(`/${path}`, resourceOf(path, body));
  const scripts: string[] = [];
  for (const chunk of SITE_LIBRARIES.filter(({ name }) => chunks.includes(name))) {
    const path = `/@libraries/${chunk.name}.js`;
    resources.set(path, resourceOf(path, (await buildChunk(chunk, mode)).script));
    scripts.push(path);
  }
  scripts.push("/assets/index.js");
  resources.set("/assets/index.css", resourceOf("index.css", css));
  resources.set("/assets/index.js", resourceOf("index.js", script));
  const html = documentOf(title, scripts);
  return { status: "built", site: { html, resources, routes, notes, milliseconds: since() } };
}

function documentOf(title: string, scripts: readonly string[]): string {
  const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <title>${escaped}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/assets/index.css" />
    <script>globalThis[${JSON.stringify(LIBRARIES_KEY)}] = {};</script>
${scripts.map((path) => `    <script defer src="${path}"></script>`).join("\n")}
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>`;
}
