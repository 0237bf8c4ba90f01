import { type ChatOptions, createChatClient } from "../infra/chat/client.js";
import { ChatError } from "../infra/chat/error.js";
import type { Agent } from "./agent.js";
import { type ConversationOf, instructConversation } from "./conversation.js";
import type { Policy, PolicyCompletion, Sampling } from "./policy/policy.js";
import { policyAgent } from "./policy-agent.js";

export interface RemotePolicyOptions extends ChatOptions {
  /** Shown in tables, default the model's name. */
  readonly name?: string;
}

/**
 * A frozen policy behind any OpenAI-compatible server (vLLM, llama.cpp, Ollama, OpenAI). Requests run in parallel up to
 * `concurrency` and are retried with backoff, each with a seed of its own. A request that is refused gives a completion
 * that carries the reason as its `failure`; a server that answers none at all is an InfrastructureError.
 *
 * @example
 * const policy = createRemotePolicy({ model: "qwen3", baseURL: "http://localhost:8000/v1" });
 */
export function createRemotePolicy({ name, ...options }: RemotePolicyOptions): Policy {
  const client = createChatClient(options);
  return {
    name: name ?? options.model,
    async generate(conversations, { temperature = 1, topP, maxTokens, seed }) {
      const replies = await client.completeAll(
        conversations.map((messages, i) => ({
          messages,
          temperature,
          seed: (seed + i) % 2 ** 31,
          ...(topP === undefined ? {} : { topP }),
          ...(maxTokens === undefined ? {} : { maxTokens }),
        })),
      );
      return replies.map((reply): PolicyCompletion => {
        if (reply instanceof ChatError) return { text: "", tokenCount: 0, failure: reply.message };
        const { text, completionTokens, finishReason } = reply;
        return { text, tokenCount: completionTokens, finishReason };
      });
    },
    async close() {},
  };
}

export interface RemoteAgentOptions extends RemotePolicyOptions {
  readonly sampling?: Omit<Sampling, "seed">;
  readonly conversation?: ConversationOf;
}

/** An agent over an OpenAI-compatible server. */
export function remoteAgent({
  sampling = {},
  conversation = instructConversation,
  ...options
}: RemoteAgentOptions): Agent {
  const policy = createRemotePolicy(options);
  return policyAgent({ name: policy.name, policy, sampling, conversation });
}
