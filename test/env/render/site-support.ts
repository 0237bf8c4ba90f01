import { readFileSync } from "node:fs";
import type { SiteArtifact } from "../../../env/artifact/index.js";
import { readSite } from "../../../env/artifact/site/index.js";
import type { SiteProbe } from "../../../env/contract/site-probe.js";
import type { RenderedPage, Renderer } from "../../../env/render/index.js";
import { VIEWPORT } from "./support.js";

const FIVE_PAGES = "test/fixtures/site/five-pages.txt";

/** The reference project, with some files replaced. */
export function fivePages(changes: Readonly<Record<string, string>> = {}): SiteArtifact {
  const outcome = readSite(readFileSync(FIVE_PAGES, "utf8"));
  if (outcome.status !== "ok" || outcome.artifact.kind !== "site") throw new Error(JSON.stringify(outcome));
  return { ...outcome.artifact, files: { ...outcome.artifact.files, ...changes } };
}

/** A site whose home is this JSX. */
export const onePage = (body: string, before = ""): SiteArtifact => ({
  kind: "site",
  files: { "src/App.tsx": `${before}\nexport default function App() { return (${body}); }` },
});

/** Renders a site that must render. */
export async function sitePageOf(
  renderer: Renderer,
  artifact: SiteArtifact,
  siteProbes: readonly SiteProbe[] = [],
): Promise<RenderedPage> {
  const outcome = await renderer.render({ artifact, viewport: VIEWPORT, siteProbes });
  if (outcome.status !== "rendered") throw new Error(JSON.stringify(outcome));
  return outcome.page;
}

/** What was found out about a site that must render. */
export async function siteReportOf(
  renderer: Renderer,
  artifact: SiteArtifact,
  probes: readonly SiteProbe[] = [],
): Promise<NonNullable<RenderedPage["site"]>> {
  const { site } = await sitePageOf(renderer, artifact, probes);
  if (site === undefined) throw new Error("a site has a report");
  return site;
}
