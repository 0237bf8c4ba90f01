import type { AgentAction } from "../env/web-gen-env.js";
import type { Agent } from "./agent.js";
import { type ConversationOf, plainConversation } from "./conversation.js";
import type { Policy, PolicyCompletion, Sampling } from "./policy/policy.js";

/** Options of an agent that answers with a policy's completions. */
export interface PolicyAgentOptions {
  readonly name: string;
  readonly policy: Policy;
  readonly sampling?: Omit<Sampling, "seed">;
  readonly conversation?: ConversationOf;
}

/**
 * One sample per observation.
 *
 * @example
 * const agent = policyAgent({ name: "sft", policy, sampling: { temperature: 0.7 } });
 */
export function policyAgent({
  name,
  policy,
  sampling = {},
  conversation = plainConversation,
}: PolicyAgentOptions): Agent {
  return {
    name,
    async act(observations, { seed }) {
      const completions = await policy.generate(observations.map(conversation), { ...sampling, seed });
      return completions.map(toAction);
    },
  };
}

/** A completion as an action of an environment. */
export function toAction({ text, tokenCount, finishReason, failure }: PolicyCompletion): AgentAction {
  return {
    text,
    tokenCount,
    tokensSpent: tokenCount,
    ...(finishReason ? { finishReason } : {}),
    ...(failure === undefined ? {} : { failure }),
  };
}
