import type { SiteArtifact } from "../../contract/artifact.js";
import { bundle } from "../bundle.js";
import type { BuildMode } from "../libraries.js";
import { describeProblem } from "../problem.js";
import { mergeSite } from "./merge.js";
import { SITE_LIBRARIES, SITE_PACKAGES } from "./packages.js";
import { readRoutes, type SourceRoutes } from "./routes.js";
import { compileStyles } from "./styles.js";

/** What a site is compiled from. */
export interface CompileSiteInput {
  readonly artifact: SiteArtifact;
  readonly mode: BuildMode;
}

/** A site compiled, without the libraries it uses. */
export type CompiledSite =
  | {
      readonly status: "ok";
      readonly title: string;
      readonly script: string;
      readonly css: string;
      /** Files that are served as they are: path from the root, e.g. `robots.txt` -> text. */
      readonly served: Readonly<Record<string, string>>;
      /** Names of the libraries, what is needed first. */
      readonly chunks: readonly string[];
      readonly routes: SourceRoutes;
      readonly notes: readonly string[];
    }
  | { readonly status: "failed"; readonly message: string };

/** Problems told of a build; more are counted. */
const MAX_PROBLEMS = 5;
const SOURCE = /\.[cm]?[jt]sx?$/;
const PUBLIC = "public/";

/** Puts a site into the frozen scaffold, compiles its style sheets and bundles its own code. */
export async function compileSite({ artifact, mode }: CompileSiteInput): Promise<CompiledSite> {
  const failed = (message: string): CompiledSite => ({ status: "failed", message });
  const { files, title, notes } = mergeSite(artifact, SITE_PACKAGES);
  if (!files.has("src/App.tsx"))
    return failed("The site has no src/App.tsx, which src/main.tsx imports as its root component.");
  const sources = [...files].filter(([path]) => SOURCE.test(path)).map(([, body]) => body);
  const styles = await compileStyles(files, sources);
  if ("problem" in styles) return failed(styles.problem);
  const visible = new Map(styles.files);
  const served = new Map<string, string>();
  for (const [path, body] of files) {
    if (!path.startsWith(PUBLIC)) continue;
    const address = path.slice(PUBLIC.length);
    served.set(address, body);
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
  return {
    status: "ok",
    title,
    script: bundled.script,
    css: styles.restore(bundled.css),
    served: Object.fromEntries(served),
    chunks: bundled.chunks.map(({ name }) => name),
    routes: readRoutes(sources),
    notes: [...notes, ...styles.notes].slice(0, MOST_NOTES),
  };
}

/** Notes told of a build. */
const MOST_NOTES = 100;
