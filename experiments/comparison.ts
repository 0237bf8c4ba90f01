import type { Episode } from "./episodes.js";

/** One agent's answer to one task under one seed. */
export interface ComparisonEntry extends Omit<Episode, "screenshot"> {
  readonly seed: number;
  /** PNG of the answer as rendered; kept for the tasks of the gallery only. */
  readonly screenshot?: Uint8Array | null;
}

/** All answers of one agent, over the same tasks and seeds in the same order as every other agent's. */
export interface ComparedAgent {
  readonly name: string;
  readonly entries: readonly ComparisonEntry[];
  /** Wall time of all entries together, generation, rendering and scoring, in s. */
  readonly seconds: number;
  /** What its policy ran on, e.g. `wasm (2 workers, own kernels)`; absent for a remote one. */
  readonly backend?: string;
}

/** A task shown in the report's gallery. */
export interface GalleryTask {
  readonly taskId: string;
  readonly prompt: string;
  /** PNG of the reference. */
  readonly target: Uint8Array | null;
  readonly targetSource: string | null;
}

/** Comparison of agents on the same tasks: every answer, and the pairs to report. */
export interface Comparison {
  readonly envId: string;
  /** E.g. `test`. */
  readonly taskSplit: string;
  readonly taskIds: readonly string[];
  readonly seeds: readonly number[];
  readonly agents: readonly ComparedAgent[];
  /** Pairs `[a, b]` whose difference `a - b` is to be reported. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly gallery: readonly GalleryTask[];
}
