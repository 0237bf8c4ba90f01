/**
 * Agents, policies and the training of policies.
 *
 * @module webgen-gym/agents
 */

import "./builtin.js";

export type { Agent, TrainEvent } from "./agent.js";
export { bestOfN } from "./best-of-n.js";
export { instructConversation, plainConversation } from "./conversation.js";
export { dpo } from "./dpo.js";
export { expertIteration } from "./expert-iteration.js";
export { grpo } from "./grpo.js";
export { createPolicy } from "./policy/new-policy.js";
export type { Message, Policy, PolicyCompletion, Sampling } from "./policy/policy.js";
export { openPolicy, savePolicy } from "./policy/policy-folder.js";
export { policyAgent } from "./policy-agent.js";
export { polish } from "./polish.js";
export { type AgentSetting, type AgentSpec, registerAgent, type TrainSetting } from "./registry.js";
export { createRemotePolicy, remoteAgent } from "./remote.js";
export { sft } from "./sft.js";
