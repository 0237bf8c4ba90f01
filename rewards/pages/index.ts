import type { Scorer } from "../../env/contract/scoring.js";
import { noteOrigin } from "../apart/origin.js";
import { composeReward } from "../compose.js";
import { type ChecklistJudge, checklist } from "../parts/checklist.js";
import { paddingGate } from "../parts/padding.js";
import { renderGate } from "../parts/render-gate.js";
import { repetitionGate } from "../parts/repetition.js";
import { visual } from "../parts/visual.js";
import { namesGate } from "./names-gate.js";

/** The reward of `webgen/Pages-v0`. */
export const PAGES_FORMULA = "rep * render * padding * names * (0.94 * checklist + 0.06 * visual)";

/** Raised when equal pages may score otherwise than before. */
export const PAGES_VERSION = 3;

/** Options of the reward of pages. */
export interface PagesRewardOptions {
  /** Other weights or gates over the parts rep, render, padding, names, checklist and visual; default {@link PAGES_FORMULA}. */
  readonly formula?: string;
  /** Asked about checklist items without a probe. */
  readonly judge?: ChecklistJudge;
}

/**
 * The reward for tasks that have a checklist of probes and a reference: what the prompt asks for decides, and what cannot be read in the
 * pixels is not there. The reference scores 1, a page that nobody can read 0. Style is free: the reference is one answer of many, and
 * likeness to it weighs six hundredths; length matters only where it is padding, and a page that names every brand is an answer to none.
 */
export function pagesReward({ formula = PAGES_FORMULA, judge }: PagesRewardOptions = {}): Scorer {
  const scorer = composeReward({
    name: "pages",
    formula,
    parts: {
      rep: repetitionGate(),
      render: renderGate({ readable: true }),
      padding: paddingGate(),
      names: namesGate(),
      checklist: checklist(judge ? { judge } : {}),
      visual: visual(),
    },
    onNull: { failed: "fail", skipped: "renormalize" },
  });
  return noteOrigin(scorer, { kind: "preset", name: "pages", options: {}, models: [] });
}
