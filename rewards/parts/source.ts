import type { RewardContext } from "../../env/contract/scoring.js";
import { memoize } from "../memo.js";
import { type DomNode, domSequence } from "../metrics/dom-sequence.js";

/**
 * The page of an answer as HTML text: the source of an html answer, the document after scripts for a component or a site;
 * null when there is none.
 */
export function answerHtml({ artifact, page }: RewardContext): string | null {
  if (artifact.status !== "ok") return null;
  return artifact.artifact.kind === "html" ? artifact.artifact.html : (page?.html ?? null);
}

/** The same of the task's reference. A component or a site must have been rendered (`needs: ["reference"]`). */
export function referenceHtml({ task, reference }: RewardContext): string | null {
  return task.reference?.html ?? reference?.html ?? null;
}

/** Why the answer itself is to blame for there being no rendered page; null when there is one, or nobody rendered it. */
export function ownFault({ artifact, render }: RewardContext): string | null {
  if (artifact.status === "refused") return artifact.refusal.message;
  return render.status === "failed" ? `${render.reason}: ${render.message}` : null;
}

/** {@link domSequence}, remembered for the last pages: references and repeated answers are parsed once. */
export const cachedDomSequence: (html: string) => readonly DomNode[] = memoize(512, domSequence);
