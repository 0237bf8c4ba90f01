import type { Scorer } from "../../../env/contract/scoring.js";
import { composeReward } from "../../compose.js";
import type { AskJudge } from "../../judge/ask.js";
import { checklist } from "../../parts/checklist.js";
import { lengthControl } from "../../parts/length.js";
import { renderGate } from "../../parts/render-gate.js";
import { repetitionGate } from "../../parts/repetition.js";
import { similarity } from "../../parts/similarity.js";
import { behindLegibility, type LegibleOption, refuseLegible } from "../legible.js";
import { checkProfile } from "../profile.js";
import { checklistJudge, releasedChecklist } from "./judge.js";
import { releasedParts } from "./released.js";

/** R of the FrontCoder README: gates times 0.6 checklist, 0.3 similarity, 0.1 length. */
export const FRONTCODER_FORMULA = "rep * render * (0.6 * checklist + 0.3 * similarity + 0.1 * length)";

/** R as the released reward computes it: a page that did not render keeps its checklist and length terms. */
export const FRONTCODER_RELEASED_FORMULA =
  "rep * (0.6 * checklist + 0.3 * render * similarity + 0.1 * length)";

/** Options of {@link frontcoderReward}. */
export interface FrontcoderOptions extends LegibleOption {
  /**
   * `paper` (default): the published formula. `compat`: what the released code does, with its accidents: text is judged when
   * nothing rendered, an empty answer earns 0.1, length counts characters of the page, an outage of the judge is 0. The
   * other options belong to `paper`.
   */
  readonly profile?: "paper" | "compat";
  /** A vision model. In `paper` it scores the items without a probe; in `compat` all of them. Without it, probes only. */
  readonly judge?: AskJudge;
  /** What a page earns that did not render; default `zero`. `soft`: its length term. */
  readonly renderFailure?: "zero" | "soft";
  /** Whether a blank page counts as one that did not render; default true. */
  readonly refuseBlank?: boolean;
  /** Similarity of a task without a reference: left out with its weight (default), or 0. */
  readonly missingReference?: "renormalize" | "zero";
  readonly landmarks?: "substring" | "token";
  /** What the length term measures; default `completion`. */
  readonly lengthOf?: "completion" | "page";
  /** Length score of an answer without a page; default 0. */
  readonly emptyLength?: 0 | 1;
}

/**
 * FrontCoder's reward (README and `training/rl/reward/html_reward.py` of the public project).
 *
 * @example
 * const scorer = frontcoderReward({ profile: "paper" });
 */
export function frontcoderReward(options: FrontcoderOptions = {}): Scorer {
  const { profile = "paper", judge } = options;
  const checked = checkProfile("FrontCoder", profile, ["paper", "compat"]);
  if (checked === "paper") return behindLegibility(published(options), options);
  refuseLegible("FrontCoder", options);
  return released(judge);
}

function published(options: FrontcoderOptions): Scorer {
  const { judge, renderFailure = "zero", refuseBlank = true, missingReference = "renormalize" } = options;
  const { landmarks = "substring", lengthOf = "completion", emptyLength = 0 } = options;
  return composeReward({
    name: "frontcoder/paper",
    formula:
      renderFailure === "zero"
        ? FRONTCODER_FORMULA
        : "rep * (0.6 * checklist + 0.3 * render * similarity + 0.1 * length)",
    parts: {
      rep: repetitionGate(),
      render: renderGate({ refuseBlank }),
      checklist: checklist(judge ? { judge: checklistJudge(judge) } : {}),
      similarity: similarity({
        landmarks,
        renderReference: false,
        missingReference: missingReference === "zero" ? 0 : null,
      }),
      length: lengthControl({ of: lengthOf, empty: emptyLength }),
    },
    discerns: (_, { checklist, similarity }) =>
      checklist?.status !== "skipped" || similarity?.status !== "skipped",
    onNull: { failed: "fail", skipped: "renormalize" },
  });
}

function released(judge: AskJudge | undefined): Scorer {
  return composeReward({
    name: "frontcoder/compat",
    formula: FRONTCODER_RELEASED_FORMULA,
    parts: { ...releasedParts(), checklist: judge ? releasedChecklist(judge) : checklist() },
    onNull: "fail",
  });
}
