/**
 * A probe is a check that runs in the rendered page: data, never code, so that a checklist can be stored, sent and
 * compared. `env/render/probes/` executes it in an isolated script world that the page cannot tamper with.
 */
export type Probe = { readonly kind: "exists"; readonly css: string };

/** The outcome of one probe. */
export interface ProbeResult {
  /** Fraction fulfilled, 0 to 1. Null when the probe itself could not be run. */
  readonly score: number | null;
  /** One sentence: what was expected, what was found. */
  readonly detail: string;
}
