import type { SiteProbeResult } from "./site-probe.js";

/** Where a link leads. */
export interface SiteLink {
  readonly text: string;
  /** As written. */
  readonly href: string;
  /**
   * `control`: nowhere, but a click on it does something. `dead`: nowhere (`#`, empty, `javascript:`), to an anchor that is
   * not there, or to an address the site does not have.
   */
  readonly leads: "route" | "anchor" | "outside" | "control" | "dead";
  /** The address of a `route`. */
  readonly route?: string;
}

/** What a click on a control changed. */
export type ClickEffect = "dom" | "address" | "storage" | "scroll" | "dialog" | "request";

/** Something to press, and what became of it. */
export interface SiteControl {
  readonly role: string;
  /** Accessible name, lower case; "" when it has none. */
  readonly name: string;
  /** `alive`: a click changed something. `dead`: it changed neither DOM, address nor storage. */
  readonly state: "alive" | "dead" | "disabled" | "unreachable" | "unchecked";
  readonly effects: readonly ClickEffect[];
  /** Uncaught errors of the click. */
  readonly errors: readonly string[];
}

/** One address of a site. `Page` is a rendered page and `Failure` why one did not render. */
export interface SiteRoute<Page, Failure = string> {
  /** Path, with `#/...` where the router keeps it in the fragment. */
  readonly path: string;
  /** How it was found: the start, a link on another route, or a `<Route path>` in the source. */
  readonly from: "start" | "link" | "source";
  /** Absent when it did not render. */
  readonly page?: Page;
  readonly failure?: { readonly reason: Failure; readonly message: string };
  readonly links: readonly SiteLink[];
  readonly controls: readonly SiteControl[];
  /** Whether it shows what an address shows that does not exist. */
  readonly missing: boolean;
  /** The first route that shows the same text. */
  readonly sameAs?: string;
  /** What it printed and threw when opened: console errors and uncaught errors. */
  readonly errors: readonly string[];
}

/** Something worth telling about a site. */
export interface SiteFinding {
  readonly kind:
    | "failed_route"
    | "route_error"
    | "missing_route"
    | "duplicate_route"
    | "dead_link"
    | "dead_control"
    | "unvisited_route"
    | "set_aside";
  readonly message: string;
}

/** A whole site as the browser showed it. */
export interface SiteReport<Page, Failure = string> {
  /** In the order in which they were found; the first is `/`. */
  readonly routes: readonly SiteRoute<Page, Failure>[];
  /** Addresses with parameters that no link led to, e.g. `/posts/:id`. */
  readonly unvisited: readonly string[];
  /** Whether there were more routes than are visited. */
  readonly truncated: boolean;
  /** Results of the functional probes asked for, in order. */
  readonly probes: readonly SiteProbeResult[];
  /** What the answer did that was set aside, each in a sentence. */
  readonly notes: readonly string[];
  /** Each in one sentence, the gravest first. What the start page shows by itself is among the page's own findings. */
  readonly findings: readonly SiteFinding[];
  /** Milliseconds. */
  readonly timing: { readonly build: number; readonly crawl: number; readonly probes: number };
}
