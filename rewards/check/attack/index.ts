export {
  type AttackOptions,
  type AttackReport,
  attackReward,
  type Exploit,
  KEPT_AT_LEAST,
  READ_AT_MOST,
} from "./attack.js";
