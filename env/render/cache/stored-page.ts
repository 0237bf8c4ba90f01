import { deserialize, serialize } from "node:v8";
import type { ProbeResult } from "../../contract/probe.js";
import type { RenderedPage, RenderFailure, RenderOutcome } from "../../contract/rendered-page.js";
import type { SiteReport } from "../../contract/site-report.js";
import { resultIn, sourceOf } from "../browser/source.js";
import { UNPROBED } from "../probes/index.js";
import type { RawSnapshot } from "../snapshot.js";
import { partsOf, type RenderedParts, renderedPage, type ViewParts } from "../tab/rendered.js";

type Failure = Extract<RenderOutcome, { status: "failed" }>;

/** A page as plain data; of a site, with the pages of its routes. */
export interface StoredPage {
  readonly parts: RenderedParts;
  readonly timing: RenderedPage["timing"];
  readonly site?: SiteReport<StoredPage, RenderFailure>;
}

type Stored = { readonly page: StoredPage } | { readonly failure: Failure };

/** Failures that the same page meets again wherever it is rendered. Others depend on how busy the machine is. */
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
  const page = lasts(outcome.page) ? packPage(outcome.page) : undefined;
  return page && serialize({ page } satisfies Stored);
}

/** The outcome that was encoded: the same pixels, layout, console, findings, probes, and report of a site. */
export function decodeOutcome(bytes: Uint8Array): RenderOutcome {
  const stored = deserialize(bytes) as Stored;
  return "page" in stored ? { status: "rendered", page: unpackPage(stored.page) } : stored.failure;
}

/** Whether another run may see it otherwise. */
const isPassing = ({ score, detail }: ProbeResult) => score === null || detail.startsWith(UNPROBED);

/** Whether another run would see all of it alike. */
function lasts({ site, probes }: RenderedPage): boolean {
  if (probes.some(isPassing)) return false;
  if (site === undefined) return true;
  if (site.routes.some(({ failure }) => failure && !LASTING.has(failure.reason))) return false;
  if (site.probes.some(({ verdict }) => verdict === "blocked" || verdict === "flaky")) return false;
  return site.routes.every(({ page }) => page === undefined || lasts(page));
}

/**
 * A page as plain data, which structured cloning can copy; nothing of it is decoded for that. Undefined for a page that came about in
 * another way than by `renderedPage`.
 */
export function packPage(page: RenderedPage): StoredPage | undefined {
  const { site, timing } = page;
  const start = site?.routes[0]?.page;
  const parts = partsOf(page) ?? (start && partsOf(start));
  if (parts === undefined) return undefined;
  if (site === undefined) return { parts, timing };
  const routes = site.routes.map(({ page: shown, ...route }) => ({
    ...route,
    ...(shown ? { page: packPage(shown) } : {}),
  }));
  if (routes.some((route) => "page" in route && route.page === undefined)) return undefined;
  return {
    parts,
    timing,
    site: { ...site, routes: routes as SiteReport<StoredPage, RenderFailure>["routes"] },
  };
}

/** A page as plain data in which large layout snapshots stand as the messages they came in. */
export interface LightPage extends Omit<StoredPage, "parts" | "site"> {
  readonly parts: unknown;
  readonly site?: unknown;
}

/** Makes a packed page quick to copy: its large layout snapshots are not written anew. */
export function lighten(page: StoredPage): LightPage {
  const { parts, timing, site } = page;
  const { views, plain, later } = parts;
  const routes = site?.routes.map((route) => (route.page ? { ...route, page: lighten(route.page) } : route));
  return {
    parts: {
      ...parts,
      snapshot: lightSnapshot(parts.snapshot),
      ...(views ? { views: views.map(lightView) } : {}),
      ...(plain ? { plain: lightView(plain) } : {}),
      ...(later ? { later: lightView(later) } : {}),
    },
    timing,
    ...(site ? { site: { ...site, routes } } : {}),
  };
}

/** The packed page that was made light. */
export function restore(light: LightPage): StoredPage {
  const { parts, timing, site } = light as StoredPage;
  const { views, plain, later } = parts;
  const routes = site?.routes.map((route) => (route.page ? { ...route, page: restore(route.page) } : route));
  return {
    parts: {
      ...parts,
      snapshot: wholeSnapshot(parts.snapshot),
      ...(views ? { views: views.map(wholeView) } : {}),
      ...(plain ? { plain: wholeView(plain) } : {}),
      ...(later ? { later: wholeView(later) } : {}),
    },
    timing,
    ...(site && routes ? { site: { ...site, routes } } : {}),
  };
}

interface SnapshotMessage {
  readonly message: Uint8Array;
}

const lightView = (view: ViewParts) => ({ ...view, snapshot: lightSnapshot(view.snapshot) });
const wholeView = (view: ViewParts): ViewParts => ({ ...view, snapshot: wholeSnapshot(view.snapshot) });

function lightSnapshot(snapshot: RawSnapshot): RawSnapshot | SnapshotMessage {
  const message = sourceOf(snapshot);
  return message ? { message } : snapshot;
}

function wholeSnapshot(snapshot: RawSnapshot | SnapshotMessage): RawSnapshot {
  return "message" in snapshot ? (resultIn(snapshot.message) as RawSnapshot) : snapshot;
}

/** The page that was packed. */
export function unpackPage({ parts, timing, site }: StoredPage): RenderedPage {
  const page = renderedPage({ ...parts, timing });
  if (site === undefined) return page;
  const routes = site.routes.map(({ page: shown, ...route }) => ({
    ...route,
    ...(shown ? { page: unpackPage(shown) } : {}),
  }));
  return Object.defineProperty(page, "site", { value: { ...site, routes }, enumerable: true });
}
