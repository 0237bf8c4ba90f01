import "./extraction.js";
import "./presets.js";

export { type BenchmarkOptions, type ReadText, snapshotText, widgetBenchmark } from "./benchmark.js";
export { absoluteJudge, askDuel } from "./judge.js";
export {
  type ImageDistance,
  widgetContrast,
  widgetLayout,
  widgetLpips,
  widgetPalette,
  widgetPolarity,
  widgetSsimPart,
} from "./parts.js";
export { type ReleasedOptions, releasedProgrammatic } from "./released.js";
export {
  HYBRID_FORMULA,
  WIDGETANCHOR_FORMULA,
  WIDGETANCHOR_FORMULA_WITHOUT_LPIPS,
  type WidgetanchorCompatOptions,
  type WidgetanchorOptions,
  widget2codeReward,
  widgetanchorHybrid,
  widgetanchorReward,
  widgetanchorTournament,
} from "./reward.js";
export { type TournamentRewardOptions, tournamentReward } from "./tournament.js";
