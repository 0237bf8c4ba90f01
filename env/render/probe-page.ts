import type { JsonValue } from "../../infra/json.js";
import type { Viewport } from "../contract/task.js";

/**
 * What a probe may do with the page in front of it. The page was captured already, so whatever a probe changes is
 * seen by later probes only. All calls share the deadline of the render; when it passes they reject.
 *
 * `env/render/probes/index.ts` exports `runProbes(page: ProbePage, probes: readonly Probe[]): Promise<ProbeResult[]>`.
 */
export interface ProbePage {
  /** The picture of the whole page as it was captured, a PNG; absent where nothing was captured. */
  readonly capture?: Uint8Array;
  /** The window as it is now, in CSS pixels. */
  readonly viewport: Viewport;
  /**
   * Evaluates a script in an isolated world of the main document: it sees the page's DOM and layout, but none of its
   * globals or patched prototypes, and the page sees none of it. The value of the last expression comes back as JSON; a
   * promise is awaited. The world, and what the script leaves on its `globalThis`, lasts until `reload`.
   * Rejects with the script's error message when it throws.
   */
  evaluate(source: string): Promise<JsonValue>;
  /**
   * Runs a script in the isolated world now and, from then on, at the start of every document of this page, so that a
   * library is sent once and not with each call. The same script is installed once however often it is asked for.
   */
  install(source: string): Promise<void>;
  /** Resizes the window. Layout and media queries are up to date when it resolves. */
  setViewport(viewport: Viewport): Promise<void>;
  /** A trusted left click at a point of the window, in CSS pixels. Scroll the target into view first. */
  click(x: number, y: number): Promise<void>;
  /** What the window shows now, as a PNG. */
  picture(): Promise<Uint8Array>;
  /** Moves the mouse to a point of the window, in CSS pixels. */
  hover(x: number, y: number): Promise<void>;
  /** Types text into whatever has the focus, as one trusted input event. */
  type(text: string): Promise<void>;
  /** Presses and releases one key, e.g. `Tab`, `Enter`, `Escape`, ` `, `a`. */
  press(key: string): Promise<void>;
  /** Lets the page's timers and animation frames run for this many milliseconds of the page's own time, default 100. */
  settle(milliseconds?: number): Promise<void>;
  /** Loads the document again from its source: fresh script state and the render's viewport. */
  reload(): Promise<void>;
}
