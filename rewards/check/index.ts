export {
  type AgreementOptions,
  type AgreementReport,
  type AgreementSample,
  type AgreementVerdict,
  agreementVerdicts,
  checkAgreement,
  type Spread,
} from "./agreement/index.js";
export {
  CHEATS,
  type Cheat,
  type CheatInput,
  type CheatPages,
  cheatPages,
  hiddenPages,
} from "./cheats/index.js";
export { type CheckRewardOptions, checkReward } from "./check-reward.js";
export { CORRUPTIONS, type Corruption, corruptedPages, STRENGTHS } from "./corruptions.js";
export { BLANK_PAGE, colourPages, echoPages, noPages, templatePages } from "./generic-pages.js";
export { type PresetFacts, presetFacts } from "./presets.js";
export { RULES, type RuleId, type RuleText } from "./rules.js";
export {
  type CheckThresholds,
  type DamageCurve,
  type RewardFinding,
  type RewardReport,
  type RuleOutcome,
  type Sample,
  type ScoredSample,
  THRESHOLDS,
} from "./types.js";
