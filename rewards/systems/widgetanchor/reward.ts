import type { Scorer } from "../../../env/contract/scoring.js";
import { UsageError } from "../../../infra/errors.js";
import { asReward, composeReward } from "../../compose.js";
import type { AskJudge } from "../../judge/ask.js";
import { renderGate } from "../../parts/render-gate.js";
import type { AnyReward } from "../../reward.js";
import { behindLegibility, type LegibleOption, refuseLegible } from "../legible.js";
import { checkProfile } from "../profile.js";
import { type BenchmarkOptions, widgetBenchmark } from "./benchmark.js";
import { absoluteJudge } from "./judge.js";
import {
  type ImageDistance,
  widgetContrast,
  widgetLayout,
  widgetLpips,
  widgetPalette,
  widgetPolarity,
  widgetSsimPart,
} from "./parts.js";
import { type ReleasedOptions, releasedProgrammatic } from "./released.js";
import { tournamentReward } from "./tournament.js";

/** The six-term blend of the WidgetAnchor README, with polarity at 0.15 so that the weights sum to 1. */
export const WIDGETANCHOR_FORMULA =
  "render * (0.15 * ssim + 0.15 * lpips + 0.2 * palette + 0.15 * contrast + 0.15 * polarity + 0.2 * layout)";

/** The blend without LPIPS: its weight goes to the others in proportion. */
export const WIDGETANCHOR_FORMULA_WITHOUT_LPIPS =
  "render * (0.15 * ssim + 0.2 * palette + 0.15 * contrast + 0.15 * polarity + 0.2 * layout) / 0.85";

/** Share of the judge in the hybrid. */
export const HYBRID_FORMULA = "render * (0.4 * programmatic + 0.6 * judge)";

/** The published blend. */
export interface WidgetanchorOptions extends LegibleOption {
  /** Default `paper`. */
  readonly profile?: "paper";
  /** LPIPS with AlexNet. Without it the term leaves the blend, whose other weights grow in proportion. */
  readonly lpips?: ImageDistance;
  /** Adds the Widget2Code benchmark with the same weight as the blend. */
  readonly benchmark?: BenchmarkOptions;
}

/** What the released code computes. */
export interface WidgetanchorCompatOptions extends ReleasedOptions {
  readonly profile: "compat";
  /** A vision model; with it the tournament is played on top of the programmatic reward. */
  readonly judge?: AskJudge;
}

/**
 * WidgetAnchor's programmatic reward.
 *
 * - `paper`: as published, 0 to 1 (SSIM can take it a little below), mended: a page that did not render or is blank earns 0,
 *   layout comes from the layout snapshot, extra and missing elements count.
 * - `compat`: the blend of benchmark and simple score on bytes, -1 without a render; with a judge the tournament on top of
 *   it, each pair judged once, a lone survivor without wins, a judge's outage ending it.
 *
 * @example
 * const scorer = widgetanchorReward();
 */
export function widgetanchorReward(options: WidgetanchorOptions | WidgetanchorCompatOptions = {}): Scorer {
  if (options.profile === "compat") {
    refuseLegible("WidgetAnchor", options as LegibleOption);
    return released(options);
  }
  checkProfile("WidgetAnchor", options.profile ?? "paper", ["paper", "compat"]);
  return behindLegibility(published(options), options);
}

function published({ lpips, benchmark }: WidgetanchorOptions): Scorer {
  const blend = lpips ? WIDGETANCHOR_FORMULA : WIDGETANCHOR_FORMULA_WITHOUT_LPIPS;
  return composeReward({
    name: "widgetanchor/paper",
    formula: benchmark ? `0.5 * (${blend}) + 0.5 * render * benchmark` : blend,
    parts: {
      render: renderGate(),
      ssim: widgetSsimPart(),
      ...(lpips ? { lpips: widgetLpips(lpips) } : {}),
      palette: widgetPalette(),
      contrast: widgetContrast(),
      polarity: widgetPolarity(),
      layout: widgetLayout(),
      ...(benchmark ? { benchmark: widgetBenchmark(benchmark) } : {}),
    },
    onNull: { failed: "fail", skipped: "renormalize" },
  });
}

/** The Widget2Code benchmark alone as the reward, 0 to 1; needs no model. */
export function widget2codeReward(options: BenchmarkOptions = {}): Scorer {
  return composeReward({
    name: "widgetanchor/widget2code",
    formula: "render * benchmark",
    parts: { render: renderGate(), benchmark: widgetBenchmark(options) },
    onNull: "fail",
  });
}

/** Programmatic score and a vision model's absolute judgement: 0.4 and 0.6. */
export function widgetanchorHybrid(programmatic: AnyReward, judge: AskJudge): Scorer {
  return composeReward({
    name: "widgetanchor/hybrid",
    formula: HYBRID_FORMULA,
    parts: { render: renderGate(), programmatic, judge: absoluteJudge(judge) },
    onNull: "fail",
  });
}

/** Round robin before a vision model with the programmatic blend as prefilter (0.3) and as 0.3 of the reward. */
export function widgetanchorTournament(
  judge: AskJudge,
  programmatic: AnyReward = asReward(widgetanchorReward(), "widgetanchor/programmatic"),
): Scorer {
  return composeReward({
    name: "widgetanchor/tournament",
    formula: "tournament",
    parts: { tournament: tournamentReward({ programmatic, judge, failed: 0 }) },
    onNull: "fail",
  });
}

function released(options: WidgetanchorCompatOptions): Scorer {
  const { judge } = options;
  for (const model of ["lpips", "lpipsVgg"] as const)
    if (typeof options[model] !== "function")
      throw new UsageError(`WidgetAnchor's compat profile measures with ${model}, which was not given.`);
  const programmatic = releasedProgrammatic(options);
  return composeReward({
    name: "widgetanchor/compat",
    formula: "reward",
    parts: { reward: judge ? tournamentReward({ programmatic, judge, rules: "released" }) : programmatic },
    onNull: "fail",
  });
}
