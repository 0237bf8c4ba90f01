import "./builtin.js";

export {
  type Need,
  type RewardContext,
  type Score,
  type Scorecard,
  type Scorer,
  type ScoreStatus,
  scored,
  unscored,
} from "../env/contract/scoring.js";
export * from "./check/index.js";
export { asReward, type ComposedScorer, type ComposeOptions, composeReward, isComposed } from "./compose.js";
export { type PartConfig, type PresetChanges, type RewardConfig, rewardFromConfig } from "./config.js";
export type { NullPolicies, NullPolicy } from "./formula/evaluate.js";
export { parseFormula } from "./formula/parse.js";
export { withWeights } from "./formula/weights.js";
export type { AskJudge } from "./judge/ask.js";
export * from "./judge/index.js";
export { checkScore, measure } from "./measure.js";
export * from "./models/index.js";
export { PAGES_FORMULA, type PagesRewardOptions, pagesReward } from "./pages/index.js";
export { type AccessibilityOptions, accessibility } from "./parts/accessibility.js";
export {
  type ChecklistJudge,
  type ChecklistOptions,
  checklist,
  type JudgedItem,
  type JudgedItems,
} from "./parts/checklist.js";
export { functional } from "./parts/functional.js";
export { integrity } from "./parts/integrity.js";
export {
  type LengthOptions,
  lengthControl,
  type RelativeLengthOptions,
  relativeLength,
} from "./parts/length.js";
export { type RenderGateOptions, renderGate } from "./parts/render-gate.js";
export { type RepetitionGateOptions, repetitionGate } from "./parts/repetition.js";
export { type SimilarityOptions, similarity } from "./parts/similarity.js";
export { validity } from "./parts/validity.js";
export { type VisualOptions, visual } from "./parts/visual.js";
export { getPreset, listPresets, type Preset, registerPreset } from "./preset.js";
export {
  type AnyReward,
  DEFAULT_DEADLINE,
  defineReward,
  type GroupReward,
  getReward,
  isGroupReward,
  JUDGE_DEADLINE,
  listRewards,
  type Reward,
  type RewardFactory,
  registerReward,
} from "./reward.js";
export { type ScoreSource, storedScores } from "./stored-scores.js";
export { FRONTCODER_FORMULA, type FrontcoderOptions, frontcoderReward } from "./systems/frontcoder/index.js";
export * from "./systems/vcoder/index.js";
export * from "./systems/webgen-r1/index.js";
export * from "./systems/widgetanchor/index.js";
export { type ScoreHtmlOptions, scoreGroup, scoreHtml, scorePages } from "./testing.js";
