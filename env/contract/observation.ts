import type { Finding } from "./rendered-page.js";
import type { Score } from "./scoring.js";
import type { SiteFinding } from "./site-report.js";
import type { ArtifactKind, Viewport } from "./task.js";

/** What the browser and the rewards said of the agent's last answer. Present from the second turn on. */
export interface Feedback {
  /** The answer itself. */
  readonly answer: string;
  /** PNG of the render; absent when it did not render. */
  readonly screenshot?: Uint8Array;
  /** Total reward, null when it could not be taken. */
  readonly reward: number | null;
  readonly parts: Readonly<Record<string, Score>>;
  /** Titles of the checklist items that were not fully met. */
  readonly failedChecks: readonly string[];
  readonly findings: readonly (Finding | SiteFinding)[];
  /** Uncaught errors and console errors. */
  readonly errors: readonly string[];
  /** Why the answer was refused or did not render, in one sentence. */
  readonly failure?: string;
}

/** What an agent sees. Never the reference, its screenshot excepted when the task shows it as `image`. */
export interface Observation {
  readonly taskId: string;
  /** The same for all turns of an episode and of no other episode in this process. Says nothing about the task. */
  readonly episodeId: string;
  readonly kind: ArtifactKind;
  readonly prompt: string;
  /** PNG the answer should look like. */
  readonly image?: Uint8Array;
  readonly viewport: Viewport;
  /** 0 for the first answer. */
  readonly turn: number;
  /** Answers left, this one included. */
  readonly turnsLeft: number;
  readonly feedback?: Feedback;
}
