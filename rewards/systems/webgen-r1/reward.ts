import type { Scorer } from "../../../env/contract/scoring.js";
import type { Task } from "../../../env/contract/task.js";
import { UsageError } from "../../../infra/errors.js";
import { composeReward } from "../../compose.js";
import type { AskJudge } from "../../judge/ask.js";
import { renderGate } from "../../parts/render-gate.js";
import { behindLegibility, type LegibleOption, refuseLegible } from "../legible.js";
import { checkProfile } from "../profile.js";
import { gradedLooks, measuredLooks, releasedLooks } from "./looks.js";
import { functionalPart, qualityPart, reasoningPart, releasedStructure, structurePart } from "./parts.js";
import { checkCodeFormat } from "./released/code-format.js";

/** The paper's cascade, 0 to 5.2: structure, then build and render, then looks with a tenth each of function and reasoning. */
export const WEBGEN_R1_FORMULA =
  "(structure >= 1 ? 1 : 0) * build * (looks + 0.1 * functional + 0.1 * reasoning)";

/** What the released code sums, 0 to 9.2: nothing cascades, and nothing functional is in it. */
export const WEBGEN_R1_RELEASED_FORMULA = "appearance + 0.1 * code_format + 0.1 * format";

/**
 * Partial credit, 0 to 1: up to 0.1 for structure, then 0.3 for building and rendering; above it mostly what works, and no more
 * credit for looks than a quarter beyond what works.
 */
export const WEBGEN_R1_DENSE_FORMULA =
  "structure >= 1 ? (build >= 1 ? 0.3 + 0.7 * (0.6 * functional + 0.25 * min(looks / 5, functional + 0.25) + 0.15 * quality) : 0.1) : 0.1 * structure";

/** Options of {@link webgenR1Reward}. */
export interface WebgenR1Options extends LegibleOption {
  /**
   * `paper` (default): the published cascade. `dense`: the same stages with partial credit and function before looks. Both
   * take the functional term from probes run in the browser. `compat`: what the released code sums, on the environment's
   * render instead of a development server's; it needs a judge.
   */
  readonly profile?: "paper" | "compat" | "dense";
  /** A vision model for the looks; without it looks are likeness to the reference, and absent where there is none. */
  readonly judge?: AskJudge;
}

/**
 * WebGen-R1's reward with executed probes for function. Throws a UsageError for `compat` without a judge.
 *
 * @example
 * const scorer = webgenR1Reward({ profile: "dense" });
 */
export function webgenR1Reward({ profile = "paper", judge, legible }: WebgenR1Options = {}): Scorer {
  checkProfile("WebGen-R1", profile, ["paper", "compat", "dense"]);
  if (profile === "compat") {
    refuseLegible("WebGen-R1", { legible });
    if (judge) return released(judge);
    throw new UsageError("WebGen-R1's compat profile grades looks with a vision model; give it a judge.");
  }
  const dense = profile === "dense";
  const scorer = composeReward({
    name: `webgen-r1/${profile}`,
    formula: dense ? WEBGEN_R1_DENSE_FORMULA : WEBGEN_R1_FORMULA,
    parts: {
      structure: structurePart(),
      build: renderGate({ shownOnly: true }),
      looks: judge ? gradedLooks(judge) : measuredLooks(),
      functional: functionalPart(),
      ...(dense ? { quality: qualityPart() } : { reasoning: reasoningPart() }),
    },
    discerns: (task, { looks }) => looks?.status !== "skipped" || hasProbes(task),
    onNull: { failed: "fail", skipped: "renormalize" },
  });
  return behindLegibility(scorer, { legible });
}

/** Without probes the functional term only tells whether the page runs. */
const hasProbes = ({ checklist = [], siteProbes = [] }: Task): boolean =>
  siteProbes.length > 0 || checklist.some(({ probe }) => probe);

function released(judge: AskJudge): Scorer {
  return composeReward({
    name: "webgen-r1/compat",
    formula: WEBGEN_R1_RELEASED_FORMULA,
    parts: {
      appearance: releasedLooks(judge, (answer) => checkCodeFormat(answer).valid),
      code_format: releasedStructure(),
      format: reasoningPart(),
    },
    onNull: "fail",
  });
}
