import { scored, unscored } from "../../env/contract/scoring.js";
import { defineReward, type Reward } from "../reward.js";
import { shownShareOf } from "./seen.js";
import { answerHtml, ownFault } from "./source.js";

/** Options of the render gate. */
export interface RenderGateOptions {
  readonly name?: string;
  /** Whether a page on which nothing can be seen shuts the gate; default true. */
  readonly refuseBlank?: boolean;
  /**
   * Whether text that nobody can see shuts it, too: wide open when half of the page's text shows in its picture, shut at a tenth.
   * Default false, as published gates.
   */
  readonly shownOnly?: boolean;
  /**
   * Whether text that nobody can read in the pixels shuts it, also text that vanishes under the mouse or with time: wide open when nine
   * tenths of the page's text can be read, shut at a tenth. Takes a `legibility` probe. Default false, as published gates.
   */
  readonly readable?: boolean;
}

/** Shares of its text that a page must show for the gate to begin to open, and to be wide open. */
const SHUT = 0.1;
const OPEN = 0.5;
/** The same of the text that can be read. */
const READ = 0.9;

/** A gate: 1 when the answer rendered and shows something, else 0 with the reason as evidence. */
export function renderGate(options: RenderGateOptions = {}): Reward {
  const { name = "render", refuseBlank = true, shownOnly = false, readable = false } = options;
  return defineReward({
    name,
    needs: readable ? ["page", "reading"] : ["page"],
    async score(context) {
      const { render } = context;
      const fault = ownFault(context) ?? (render.status === "skipped" ? render.message : null);
      if (fault !== null || render.status !== "rendered") return scored(0, { reason: fault });
      const blank = render.page.findings.find(({ kind }) => kind === "blank");
      if (blank && refuseBlank) return scored(0, { reason: blank.message });
      const gates: { open: number; share: number; reason: string }[] = [];
      if (shownOnly) {
        const share = await shownShareOf(render.page, answerHtml(context));
        gates.push({ open: ramp(share, OPEN), share, reason: "Most of the page's text cannot be seen." });
      }
      if (readable) {
        const reading = render.page.probes.find(({ legibility }) => legibility !== undefined);
        if (reading === undefined || reading.score === null)
          return unscored("failed", reading?.detail ?? "How much of the page can be read was not measured.");
        gates.push({ open: ramp(reading.score, READ), share: reading.score, reason: reading.detail });
      }
      const open = gates.reduce((product, gate) => product * gate.open, 1);
      const closing = gates.filter((gate) => gate.open < 1).map(({ share, reason }) => ({ share, reason }));
      return closing.length === 0 ? scored(1) : scored(open, { closing });
    },
  });
}

function ramp(share: number, open: number): number {
  return Math.min(1, Math.max(0, (share - SHUT) / (open - SHUT)));
}
