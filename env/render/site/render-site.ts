import type { SiteArtifact } from "../../artifact/index.js";
import { buildSite } from "../../bundle/site/index.js";
import type {
  RenderedPage,
  RenderFailure,
  RenderOutcome,
  RenderRequest,
} from "../../contract/rendered-page.js";
import type { SiteReport } from "../../contract/site-report.js";
import { bare, crawlSite, type OpenPage } from "./crawl.js";
import { findingsOfSite } from "./findings.js";
import { runProbes } from "./probes.js";
import { siteSource } from "./serve.js";

/**
 * Builds a site, visits all its addresses and runs its functional probes. The page that comes back is the one at `/`,
 * with the report on all of them as `site`. A site that does not build, or whose start does not render, is a failed render.
 */
export async function renderSite(
  artifact: SiteArtifact,
  request: RenderRequest,
  open: OpenPage,
): Promise<RenderOutcome> {
  const started = performance.now();
  const build = await buildSite(artifact);
  if (build.status === "failed") {
    const { message, milliseconds } = build;
    return { status: "failed", reason: "build_failed", message, milliseconds };
  }
  const { site } = build;
  const built = performance.now();
  const crawl = await crawlSite(site, request, open);
  const crawled = performance.now();
  const [start] = crawl.routes;
  if (start?.page === undefined) {
    const { reason, message } = start?.failure ?? {
      reason: "crash" as const,
      message: "The start page did not render.",
    };
    return { status: "failed", reason, message, milliseconds: crawled - started };
  }
  const [error] = start.page.errors;
  if (error !== undefined && start.page.snapshot.texts.length === 0) {
    const message = await inWords(error, artifact, open, request);
    return { status: "failed", reason: "script_error", message, milliseconds: crawled - started };
  }
  const probes = await runProbes(site, request, open);
  const report: SiteReport<RenderedPage, RenderFailure> = {
    ...crawl,
    probes,
    notes: site.notes,
    findings: findingsOfSite({ ...crawl, notes: site.notes }),
    timing: { build: built - started, crawl: crawled - built, probes: performance.now() - crawled },
  };
  return { status: "rendered", page: withReport(start.page, report, performance.now() - started) };
}

/** React's small build gives numbers for its own errors; its large one says them in words. */
async function inWords(
  error: string,
  artifact: SiteArtifact,
  open: OpenPage,
  request: RenderRequest,
): Promise<string> {
  if (!error.includes("Minified React error")) return error;
  const build = await buildSite(artifact, { mode: "development" });
  if (build.status === "failed") return error;
  const outcome = await open(siteSource(build.site), bare(request));
  return (outcome.status === "rendered" ? outcome.page.errors[0] : undefined) ?? error;
}

/** The page with a report. The page in the report has none, so nothing goes round in a circle. */
function withReport(
  page: RenderedPage,
  site: SiteReport<RenderedPage, RenderFailure>,
  total: number,
): RenderedPage {
  return Object.defineProperties({} as RenderedPage, {
    ...Object.getOwnPropertyDescriptors(page),
    site: { value: site, enumerable: true },
    timing: { value: { ...page.timing, total }, enumerable: true },
  });
}
