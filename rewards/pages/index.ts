import type { Scorer } from "../../env/contract/scoring.js";
import { composeReward } from "../compose.js";
import { type ChecklistJudge, checklist } from "../parts/checklist.js";
import { relativeLength } from "../parts/length.js";
import { renderGate } from "../parts/render-gate.js";
import { repetitionGate } from "../parts/repetition.js";
import { similarity } from "../parts/similarity.js";
import { visual } from "../parts/visual.js";
import { SKELETONS } from "./skeleton.js";

/** The reward of `webgen/Pages-v0`. */
export const PAGES_FORMULA =
  "rep * render * (0.6 * checklist + 0.2 * similarity + 0.15 * visual + 0.05 * length)";

export interface PagesRewardOptions {
  /** Other weights or gates over the parts rep, render, checklist, similarity, visual and length; default {@link PAGES_FORMULA}. */
  readonly formula?: string;
  /** Asked about checklist items without a probe. */
  readonly judge?: ChecklistJudge;
}

/**
 * FrontCoder's formula with a visual term, for tasks that have a checklist of probes and a reference. The reference scores
 * 1, a page on which nothing can be seen 0. Three changes keep pages low that ignore the task or only pretend to answer it:
 * similarity starts at what generic skeletons get (see {@link SKELETONS}), the gate and similarity shrink when most of the
 * page's text cannot be seen, and length is measured against the reference.
 */
export function pagesReward({ formula = PAGES_FORMULA, judge }: PagesRewardOptions = {}): Scorer {
  return composeReward({
    name: "pages",
    formula,
    parts: {
      rep: repetitionGate(),
      render: renderGate({ shownOnly: true }),
      checklist: checklist(judge ? { judge } : {}),
      similarity: similarity({ skeletons: SKELETONS, shownOnly: true }),
      visual: visual(),
      length: relativeLength(),
    },
    onNull: { failed: "fail", skipped: "renormalize" },
  });
}
