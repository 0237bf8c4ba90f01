import type { JsonObject } from "../../infra/json.js";
import type { Probe } from "./probe.js";
import type { SiteProbe } from "./site-probe.js";

/** What an agent answers with: one HTML document, one React component, or a multi-page project. */
export type ArtifactKind = "html" | "tsx" | "site";

/** The size of the browser window in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** FrontCoder's render size, used wherever a task names none. */
export const DEFAULT_VIEWPORT: Viewport = { width: 800, height: 600 };

/**
 * A known good answer. Where there is source, the environment renders it when a reward needs it; `screenshot`, a picture such as
 * a PNG of the full page at the task's width, stands in where there is none.
 */
export interface Reference {
  readonly html?: string;
  readonly tsx?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly screenshot?: Uint8Array;
  /** Other good answers in HTML, of other schools of design. What is like one of them is as good as what is like `html`. */
  readonly alternatives?: readonly string[];
  /** The same content in plain semantic HTML, which checks of a reward make pages of other designs from; `html` itself where it is such. */
  readonly outline?: string;
}

/**
 * One line of a checklist (FrontCoder: 20 items of 0 to 5 points). An item with a `probe` is scored by running the
 * probe in the rendered page; one without needs a judge.
 */
export interface ChecklistItem {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly maxScore: number;
  readonly probe?: Probe;
  /** Kind of fact it asks for, e.g. `navigation`: facts of one kind are right together. Absent for what every page owes. */
  readonly kind?: string;
}

/** One thing to build. */
export interface Task {
  /** Unique and stable, e.g. `pages/test/17`. */
  readonly id: string;
  readonly kind: ArtifactKind;
  /** The request, as a user would write it. */
  readonly prompt: string;
  /** PNG the answer should look like, when the task shows one to the agent. */
  readonly image?: Uint8Array;
  readonly viewport: Viewport;
  readonly reference?: Reference;
  readonly checklist?: readonly ChecklistItem[];
  /** What a visitor of a site should be able to do; run when a reward needs probes, found in `page.site.probes`. */
  readonly siteProbes?: readonly SiteProbe[];
  readonly meta: JsonObject;
}

/** The three disjoint parts of a data set. */
export type Split = "train" | "validation" | "test";

/** Where tasks come from. A data set implements this; the environment only reads it. */
export interface TaskSource {
  /** E.g. `webgen/Pages-v0`. */
  readonly name: string;
  /** How many tasks a split holds; `Infinity` for a generator. */
  size(split: Split): number;
  /** The task at `index` of a split. The same arguments always give an equal task. Throws a RangeError outside the split. */
  at(split: Split, index: number): Task;
  /** The task of this id, or undefined. */
  byId(id: string): Task | undefined;
}
