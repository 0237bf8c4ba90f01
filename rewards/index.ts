/**
 * Reward functions, their parts, presets and checks.
 *
 * @module webgen-gym/rewards
 */

import "./builtin.js";

export { type RewardContext, type Score, type Scorer, scored, unscored } from "../env/contract/scoring.js";
export { checkAgreement } from "./check/agreement/agreement.js";
export { checkReward } from "./check/check-reward.js";
export type { RewardReport } from "./check/types.js";
export { type ComposeOptions, composeReward } from "./compose.js";
export { type RewardConfig, rewardFromConfig } from "./config.js";
export { judged } from "./judge/absolute.js";
export { judgedItems } from "./judge/items.js";
export { createVisionJudge } from "./judge/judge.js";
export { judgedTournament } from "./judge/tournament.js";
export { clipSimilarity } from "./models/clip.js";
export { lpipsDistance } from "./models/lpips.js";
export { pagesReward } from "./pages/index.js";
export { accessibility } from "./parts/accessibility.js";
export { checklist } from "./parts/checklist.js";
export { functional } from "./parts/functional.js";
export { integrity } from "./parts/integrity.js";
export { lengthControl, relativeLength } from "./parts/length.js";
export { renderGate } from "./parts/render-gate.js";
export { repetitionGate } from "./parts/repetition.js";
export { similarity } from "./parts/similarity.js";
export { validity } from "./parts/validity.js";
export { visual } from "./parts/visual.js";
export { getPreset, type Preset, registerPreset } from "./preset.js";
export { defineReward, type GroupReward, type Reward, type RewardFactory, registerReward } from "./reward.js";
export { frontcoderReward } from "./systems/frontcoder/index.js";
export { vcoderReward } from "./systems/vcoder/index.js";
export { webgenR1Reward } from "./systems/webgen-r1/index.js";
export { widgetanchorReward } from "./systems/widgetanchor/index.js";
export { scoreGroup, scoreHtml, scorePages } from "./testing.js";
