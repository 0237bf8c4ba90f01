export { asReward, type ComposeOptions, composeReward } from "./compose.js";
export type { NullPolicies, NullPolicy } from "./formula/evaluate.js";
export { parseFormula } from "./formula/parse.js";
export { checkScore, measure } from "./measure.js";
export {
  type AnyReward,
  DEFAULT_DEADLINE,
  defineReward,
  type GroupReward,
  getReward,
  isGroupReward,
  listRewards,
  type Reward,
  type RewardFactory,
  registerReward,
} from "./reward.js";
