import { deserialize, serialize } from "node:v8";
import { partsOf, type RenderedParts, renderedPage } from "./page/rendered.js";
import type { RenderOutcome } from "./rendered-page.js";

type Failure = Extract<RenderOutcome, { status: "failed" }>;
type Stored = { readonly page: RenderedParts } | { readonly failure: Failure };

/** Failures that the same page meets again wherever it is rendered. Others depend on the machine's mood. */
const LASTING: ReadonlySet<Failure["reason"]> = new Set([
  "navigated_away",
  "too_large",
  "script_error",
  "build_failed",
]);

/**
 * An outcome as bytes, in the form of structured clones, which Node reads back in this and later versions. Undefined for what should not be kept: what
 * another run may see otherwise (a timeout, a crash, a probe that could not be run), and pages that came about in
 * another way than by `renderedPage`.
 */
export function encodeOutcome(outcome: RenderOutcome): Uint8Array | undefined {
  if (outcome.status === "failed")
    return LASTING.has(outcome.reason) ? serialize({ failure: outcome } satisfies Stored) : undefined;
  if (outcome.status !== "rendered") return undefined;
  const page = partsOf(outcome.page);
  if (page === undefined || page.probes.some(({ score }) => score === null)) return undefined;
  return serialize({ page } satisfies Stored);
}

/** The outcome that was encoded: the same pixels, layout, console, findings and probes. */
export function decodeOutcome(bytes: Uint8Array): RenderOutcome {
  const stored = deserialize(bytes) as Stored;
  return "page" in stored ? { status: "rendered", page: renderedPage(stored.page) } : stored.failure;
}
