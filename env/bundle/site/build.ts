import type { SiteArtifact } from "../../artifact/index.js";
import { bundle } from "../bundle.js";
import { type BuildMode, buildChunk } from "../libraries.js";
import { LIBRARIES_KEY } from "../library-shim.js";
import { describeProblem } from "../problem.js";
import { mergeSite } from "./merge.js";
import { SITE_LIBRARIES, SITE_PACKAGES } from "./packages.js";
import { type Resource, resourceOf } from "./resources.js";
import { readRoutes, type SourceRoutes } from "./routes.js";
import { compileStyles } from "./styles.js";

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

/** Problems told of a build; more are counted. */
const MAX_PROBLEMS = 5;
const SOURCE = /\.[cm]?[jt]sx?$/;
const PUBLIC = "public/";

/**
 * Builds a site in memory: its files in the frozen scaffold, bundled by esbuild and styled by Tailwind 3. No shell, no
 * install, no script of the answer runs. React, its router, icons and charts come from this package; any other import is
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
  const { files, title, notes } = mergeSite(artifact, SITE_PACKAGES);
  if (!files.has("src/App.tsx"))
    return failed("The site has no src/App.tsx, which src/main.tsx imports as its root component.");
  const sources = [...files].filter(([path]) => SOURCE.test(path)).map(([, body]) => body);
  const styles = await compileStyles(files, sources);
  if ("problem" in styles) return failed(styles.problem);
  const resources = new Map<string, Resource>();
  const visible = new Map(styles.files);
  for (const [path, body] of files) {
    if (!path.startsWith(PUBLIC)) continue;
    const address = path.slice(PUBLIC.length);
    resources.set(`/${address}`, resourceOf(path, body));
    visible.set(address, body);
  }
  const bundled = await bundle({
    files: Object.fromEntries(visible),
    entry: "src/main.tsx",
    libraries: SITE_LIBRARIES,
    aliases: { "/": "" },
    mode,
  });
  if (bundled.status === "failed") {
    const told = bundled.problems.slice(0, MAX_PROBLEMS).map(describeProblem);
    const more = bundled.problems.length - told.length;
    return failed([...told, ...(more > 0 ? [`${more} more problems.`] : [])].join("\n"));
  }
  const scripts = ["/assets/index.js"];
  const libraries = await Promise.all(bundled.chunks.map((chunk) => buildChunk(chunk, mode)));
  bundled.chunks.forEach(({ name }, index) => {
    const path = `/@libraries/${name}.js`;
    resources.set(path, resourceOf(path, libraries[index]?.script ?? ""));
    scripts.splice(-1, 0, path);
  });
  resources.set("/assets/index.css", resourceOf("index.css", styles.restore(bundled.css)));
  resources.set("/assets/index.js", resourceOf("index.js", bundled.script));
  return {
    status: "built",
    site: {
      html: documentOf(title, scripts),
      resources,
      routes: readRoutes(sources),
      notes: [...notes, ...styles.notes],
      milliseconds: since(),
    },
  };
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
