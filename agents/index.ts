import "./builtin.js";

export { ADVANTAGE_EPSILON, type GroupAdvantages, groupAdvantages, type RewardScale } from "./advantages.js";
export type { ActOptions, Agent, Learner, TrainEvent } from "./agent.js";
export { type BestOfNOptions, bestOfN } from "./best-of-n.js";
export { type ConversationOf, instructConversation, plainConversation } from "./conversation.js";
export { type GrpoOptions, grpo } from "./grpo.js";
export * from "./policy/index.js";
export { type PolicyAgentOptions, policyAgent } from "./policy-agent.js";
export { type PolishOptions, polish } from "./polish.js";
export {
  type AgentSetting,
  type AgentSpec,
  getAgent,
  listAgents,
  registerAgent,
  type TrainSetting,
} from "./registry.js";
export {
  createRemotePolicy,
  type RemoteAgentOptions,
  type RemotePolicyOptions,
  remoteAgent,
} from "./remote.js";
export { rolloutMetrics, updateMetrics } from "./rollout-metrics.js";
export type { Rollout, RolloutOptions } from "./rollouts.js";
export { learningRateAt, type Schedule } from "./schedule.js";
export { type DemonstrationOptions, encodeDemonstration, type SftOptions, sft } from "./sft.js";
