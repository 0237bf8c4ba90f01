import type { Check } from "./probe.js";

/** What a step or an expectation is about: first by role and accessible name, then by visible text and its synonyms. */
export interface Target {
  readonly role?: string;
  readonly name?: string;
  /** Visible text, or several that mean the same. */
  readonly text?: string | readonly string[];
}

/** Something a visitor does. */
export type SiteStep =
  | { readonly do: "navigate"; readonly route: string }
  | { readonly do: "click"; readonly target: Target }
  | { readonly do: "fill"; readonly target: Target; readonly text: string }
  /** `option` is the text or the value of an option. */
  | { readonly do: "select"; readonly target: Target; readonly option: string }
  | { readonly do: "press"; readonly key: string }
  /** Gives a file field a text file. */
  | { readonly do: "upload"; readonly target: Target; readonly name: string; readonly text: string }
  | { readonly do: "reload" | "back" | "forward" }
  /** Lets milliseconds of the page's own time pass. */
  | { readonly do: "wait"; readonly milliseconds: number };

/** What should hold after the steps. */
export type SiteExpectation =
  | { readonly kind: "visible" | "hidden"; readonly target: Target }
  /** The page, or the target, says this. */
  | { readonly kind: "text"; readonly includes: string; readonly target?: Target }
  | { readonly kind: "count"; readonly target: Target; readonly equals: number }
  /** The path of the address, with its fragment where that holds the route. */
  | { readonly kind: "url"; readonly equals: string }
  | { readonly kind: "attribute"; readonly target: Target; readonly name: string; readonly equals: string }
  /** The computed value of a property is one of these. */
  | {
      readonly kind: "style";
      readonly target: Target;
      readonly property: string;
      readonly oneOf: readonly string[];
    }
  /** A colour near this one, in OKLab. */
  | {
      readonly kind: "color";
      readonly target: Target;
      readonly of: "text" | "background";
      readonly near: string;
    }
  /** The value of a field. */
  | { readonly kind: "value"; readonly target: Target; readonly equals: string }
  /** No uncaught error and no error in the console so far. */
  | { readonly kind: "console-clean" }
  /** The target is still there when the page is loaded again. */
  | { readonly kind: "state-persists"; readonly target: Target }
  /** The page says something else than before the steps. */
  | { readonly kind: "differs-from-before" }
  /** Any check of a rendered page. */
  | { readonly kind: "check"; readonly check: Check };

/**
 * A functional test as data, never code (WebGen-Bench, arXiv:2505.03733, asks for such things in prose). Each is run twice,
 * each time in a fresh browser state; a probe whose runs disagree is flaky and fails.
 *
 * @example
 * const counter: SiteProbe = {
 *   id: "counter",
 *   requirement: "A button adds a loaf to the basket.",
 *   given: "/",
 *   steps: [{ do: "click", target: { role: "button", name: "One loaf more" } }],
 *   expect: [{ kind: "text", includes: "basket: 1" }],
 * };
 */
export interface SiteProbe {
  readonly id: string;
  /** The requirement it tests, for people. */
  readonly requirement: string;
  /** Route it starts on. */
  readonly given: string;
  readonly steps: readonly SiteStep[];
  readonly expect: readonly SiteExpectation[];
  /** Default 1. */
  readonly weight?: number;
}

/** What a probe found. */
export interface SiteProbeResult {
  readonly id: string;
  /** `pass`: all expectations held; `partial`: some; `flaky`: two runs disagreed; `blocked`: it could not be run. */
  readonly verdict: "pass" | "partial" | "fail" | "flaky" | "blocked";
  /** pass 1, partial 0.5, otherwise 0. */
  readonly score: number;
  readonly weight: number;
  /** Of the first run. */
  readonly expectations: readonly { readonly ok: boolean; readonly detail: string }[];
  /** Why it was blocked, which step was not possible, or how the runs differ. */
  readonly detail: string;
  /** The page before and after the steps of the first run. */
  readonly before?: ProbeState;
  readonly after?: ProbeState;
}

/** A page at one moment of a probe. */
export interface ProbeState {
  readonly url: string;
  /** Visible text. */
  readonly text: string;
  readonly png: Uint8Array;
}
