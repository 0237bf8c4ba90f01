import type { CacheCounters } from "../../infra/cache.js";
import type { Artifact } from "./artifact.js";
import type { Probe, ProbeResult, Query } from "./probe.js";
import type { SiteProbe } from "./site-probe.js";
import type { SiteReport } from "./site-report.js";
import type { Viewport } from "./task.js";

/** A rectangle in CSS pixels from the top left corner of the page. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An element that takes part in layout. */
export interface ElementNode {
  /** Index into `LayoutSnapshot.elements`. */
  readonly index: number;
  /** Index of the nearest laid-out ancestor element, -1 for the root. */
  readonly parent: number;
  /** Lower-case tag name. */
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly box: Box;
  /** Computed values of `SNAPSHOT_STYLES`, by property name. */
  readonly styles: Readonly<Record<string, string>>;
  /** Painting order; higher is painted later. */
  readonly paintOrder: number;
}

/** A run of text on one line. */
export interface TextRun {
  readonly text: string;
  readonly box: Box;
  /** Index of the element that holds the text. */
  readonly element: number;
}

/** One `DOMSnapshot.captureSnapshot`, decoded. */
export interface LayoutSnapshot {
  readonly elements: readonly ElementNode[];
  readonly texts: readonly TextRun[];
  readonly contentWidth: number;
  readonly contentHeight: number;
}

/** Decoded pixels: `width * height * 4` bytes, RGBA, row by row. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Console message of a page. */
export interface ConsoleMessage {
  readonly level: "debug" | "info" | "warning" | "error";
  readonly text: string;
}

/** Something worth telling about a page that rendered. */
export interface Finding {
  readonly kind:
    | "blank"
    | "overflow"
    | "script_error"
    | "console_error"
    | "blocked_request"
    | "truncated_height";
  readonly message: string;
}

/** Milliseconds spent, by phase. */
export interface RenderTiming {
  /** Until the document had loaded. */
  readonly set: number;
  /** Timers, the last layout and the picture. */
  readonly capture: number;
  readonly snapshot: number;
  /** The other windows and looks asked for. */
  readonly views?: number;
  readonly probes: number;
  readonly total: number;
}

/** The picture of a page. */
export interface PagePicture {
  /** Size in CSS pixels (device scale factor 1). */
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
  /** SHA-256 of width, height and RGBA bytes, hex. Decodes on first use. */
  hash(): Promise<string>;
  /** Decoded once, then kept. */
  pixels(): Promise<PixelImage>;
}

/** What a document shows in one window; the picture is of the full page. */
export interface PageView extends PagePicture {
  readonly viewport: Viewport;
  readonly snapshot: LayoutSnapshot;
  /** What is worth telling; of a further window `blank`, `overflow` and `truncated_height` alone. */
  readonly findings: readonly Finding[];
}

/** What the window showed around the click of a probe. */
export interface ClickState {
  /** Index of the probe in the request. */
  readonly probe: number;
  /** What was clicked. */
  readonly query: Query;
  /** PNGs of the window, the target scrolled into view. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** A page as the browser showed it. */
export interface RenderedPage extends PageView {
  /** The document after scripts ran, as `outerHTML`. */
  readonly html: string;
  readonly console: readonly ConsoleMessage[];
  /** Messages of uncaught errors and unhandled rejections. */
  readonly errors: readonly string[];
  /** Results of the probes asked for, in order. */
  readonly probes: readonly ProbeResult[];
  /** The other windows asked for, in order. */
  readonly views?: readonly PageView[];
  /** The same document in the extra CSS that was asked for with `plainCss`. */
  readonly plain?: PageView;
  /** The same document after the milliseconds that were asked for with `later`. */
  readonly later?: PageView;
  /** What each click showed, where it was asked for, in the order of the clicks. */
  readonly clicks?: readonly ClickState[];
  /** Of a site, of which this is the start page: all its routes, links and controls. */
  readonly site?: SiteReport<RenderedPage, RenderFailure>;
  readonly timing: RenderTiming;
}

/** Why a page did not render. All of these are the page's own doing. */
export type RenderFailure =
  | "timeout"
  | "crash"
  | "navigated_away"
  | "too_large"
  | "script_error"
  | "build_failed";

/** The result of rendering one artifact. A browser that cannot be had is an InfrastructureError instead. */
export type RenderOutcome =
  | { readonly status: "rendered"; readonly page: RenderedPage }
  | {
      readonly status: "failed";
      readonly reason: RenderFailure;
      readonly message: string;
      readonly milliseconds: number;
    }
  | { readonly status: "skipped"; readonly message: string };

/** Request to render one artifact: in which windows, with which probes, and what else to keep. */
export interface RenderRequest {
  readonly artifact: Artifact;
  readonly viewport: Viewport;
  /** Run in the page after the capture, in order. */
  readonly probes?: readonly Probe[];
  /** More windows to show the same document in, after the first; they come back as `views`. */
  readonly viewports?: readonly Viewport[];
  /** Keep a picture of the window before and after each click of a probe, as `clicks`. Default false. */
  readonly clickStates?: boolean;
  /**
   * Show the document once more in this CSS, as `plain`: rules with `!important` outweigh all of the page's own. Layout is that
   * of the CSS; scripts stand still, and the page looks as before when it is done.
   */
  readonly plainCss?: string;
  /**
   * Show the document once more after so many milliseconds of its own time, 1 to 60,000, as `later`: what is animated for ever
   * is that much further. Probes find the page as it then stands.
   */
  readonly later?: number;
  /** Functional tests of a site; their results come back in `site`. */
  readonly siteProbes?: readonly SiteProbe[];
  /** Hard limit in ms for this render, default 5,000; of a site, for each visit of a page. */
  readonly deadline?: number;
  /** Ends the render when it is aborted, wherever it stands; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told why, each time that a document is rendered again since its browser, or its own process, ended under it. */
  readonly onRetry?: (reason: string) => void;
}

/** Something that renders many artifacts at once. */
export interface Renderer {
  /** E.g. `chromium-headless-shell 156.0.8078.79`. */
  readonly browserVersion: string;
  /** How many renders run at the same time. */
  readonly concurrency: number;
  /** What its cache did so far; absent when it has none. */
  readonly cache?: CacheCounters;
  /** Renders one artifact. A page that fails is an outcome and no error. */
  render(request: RenderRequest): Promise<RenderOutcome>;
  /** Refuses what waits, stops what is under way, and resolves when all of it has ended. Twice is fine. */
  close(): Promise<void>;
}
