import { deserialize, serialize } from "node:v8";
import type { ProbeResult } from "../../contract/probe.js";
import type { RenderedPage, RenderFailure, RenderOutcome } from "../../contract/rendered-page.js";
import type { SiteReport } from "../../contract/site-report.js";
import { UNPROBED } from "../probes/index.js";
import { partsOf, type RenderedParts, renderedPage } from "../tab/rendered.js";

type Failure = Extract<RenderOutcome, { status: "failed" }>;

/** A page as plain data; of a site, with the pages of its routes. */
interface StoredPage {
  readonly parts: RenderedParts;
  readonly timing: RenderedPage["timing"];
  readonly site?: SiteReport<StoredPage, RenderFailure>;
}

type Stored = { readonly page: StoredPage } | { readonly failure: Failure };

/** Failures that the same page meets again wherever it is rendered. Others depend on the machine's mood. */
const LASTING: ReadonlySet<RenderFailure> = new Set<RenderFailure>([
  "navigated_away",
  "too_large",
  "script_error",
  "build_failed",
]);

/**
 * An outcome as bytes, in the form of structured clones, which Node reads back in this and later versions. Undefined for
 * what should not be kept: what another run may see otherwise (a timeout, a crash, a probe that could not be run), and
 * pages that came about in another way than by `renderedPage`.
 */
export function encodeOutcome(outcome: RenderOutcome): Uint8Array | undefined {
  if (outcome.status === "failed")
    return LASTING.has(outcome.reason) ? serialize({ failure: outcome } satisfies Stored) : undefined;
  if (outcome.status !== "rendered") return undefined;
  const page = plain(outcome.page);
  return page && serialize({ page } satisfies Stored);
}

/** The outcome that was encoded: the same pixels, layout, console, findings, probes, and report of a site. */
export function decodeOutcome(bytes: Uint8Array): RenderOutcome {
  const stored = deserialize(bytes) as Stored;
  return "page" in stored ? { status: "rendered", page: whole(stored.page) } : stored.failure;
}

/** Whether another run may see it otherwise. */
const isPassing = ({ score, detail }: ProbeResult) => score === null || detail.startsWith(UNPROBED);

function plain(page: RenderedPage): StoredPage | undefined {
  const { site, timing } = page;
  const start = site?.routes[0]?.page;
  const parts = partsOf(page) ?? (start && partsOf(start));
  if (parts === undefined || page.probes.some(isPassing)) return undefined;
  if (site === undefined) return { parts, timing };
  if (site.routes.some(({ failure }) => failure && !LASTING.has(failure.reason))) return undefined;
  if (site.probes.some(({ verdict }) => verdict === "blocked" || verdict === "flaky")) return undefined;
  const routes = site.routes.map(({ page: shown, ...route }) => ({
    ...route,
    ...(shown ? { page: plain(shown) } : {}),
  }));
  if (routes.some((route) => "page" in route && route.page === undefined)) return undefined;
  return {
    parts,
    timing,
    site: { ...site, routes: routes as SiteReport<StoredPage, RenderFailure>["routes"] },
  };
}

function whole({ parts, timing, site }: StoredPage): RenderedPage {
  const page = renderedPage({ ...parts, timing });
  if (site === undefined) return page;
  const routes = site.routes.map(({ page: shown, ...route }) => ({
    ...route,
    ...(shown ? { page: whole(shown) } : {}),
  }));
  return Object.defineProperty(page, "site", { value: { ...site, routes }, enumerable: true });
}
