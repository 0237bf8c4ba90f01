import { scored } from "../../env/contract/scoring.js";
import { defineReward, type Reward } from "../reward.js";
import { shownShareOf } from "./seen.js";
import { answerHtml, ownFault } from "./source.js";

export interface RenderGateOptions {
  readonly name?: string;
  /** Whether a page on which nothing can be seen shuts the gate; default true. */
  readonly refuseBlank?: boolean;
  /**
   * Whether text that nobody can see shuts it, too: wide open when half of the page's text shows in its picture, shut at a tenth.
   * Default false, as published gates.
   */
  readonly shownOnly?: boolean;
}

/** Shares of its text that a page must show for the gate to begin to open, and to be wide open. */
const SHUT = 0.1;
const OPEN = 0.5;

/** A gate: 1 when the answer rendered and shows something, else 0 with the reason as evidence. */
export function renderGate(options: RenderGateOptions = {}): Reward {
  const { name = "render", refuseBlank = true, shownOnly = false } = options;
  return defineReward({
    name,
    needs: ["page"],
    async score(context) {
      const { render } = context;
      const fault = ownFault(context) ?? (render.status === "skipped" ? render.message : null);
      if (fault !== null || render.status !== "rendered") return scored(0, { reason: fault });
      const blank = render.page.findings.find(({ kind }) => kind === "blank");
      if (blank && refuseBlank) return scored(0, { reason: blank.message });
      if (!shownOnly) return scored(1);
      const shown = await shownShareOf(render.page, answerHtml(context));
      const open = Math.min(1, Math.max(0, (shown - SHUT) / (OPEN - SHUT)));
      return open === 1
        ? scored(1)
        : scored(open, { shown, reason: "Most of the page's text cannot be seen." });
    },
  });
}
