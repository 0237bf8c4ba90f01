import type { Completion } from "../../env/contract/completion.js";
import type { ModelEngine, Sequence } from "./engine/engine.js";

/** How tokens are drawn. */
export interface Sampling {
  /** 0 is greedy. Default 1. */
  readonly temperature?: number;
  /** Nucleus size in (0, 1]. Default 1 (off). */
  readonly topP?: number;
  /** Keep the k likeliest tokens; 0 is off (default). */
  readonly topK?: number;
  /** Most tokens to produce. */
  readonly maxTokens?: number;
  /** Seed of this call; equal seeds, prompts and weights give equal completions on one machine. */
  readonly seed: number;
}

/** One turn of a conversation. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  /** PNG shown with the text. */
  readonly image?: Uint8Array;
}

/** A completion as a policy returns it. Token ids and log-probabilities are those of sampling, never re-encoded. */
export interface PolicyCompletion extends Completion {
  readonly tokenCount: number;
  /** How many tokens of an over-long prompt the policy had to leave out; absent or 0 when it read all of it. */
  readonly droppedPromptTokens?: number;
  /** Present for policies that know their tokens. The prompt as encoded, then the completion without padding. */
  readonly tokens?: {
    readonly prompt: Int32Array;
    readonly completion: Int32Array;
    readonly logProbs: Float32Array;
  };
}

/** Something that turns conversations into completions. */
export interface Policy {
  readonly name: string;
  /** One completion per conversation, in order. */
  generate(conversations: readonly (readonly Message[])[], sampling: Sampling): Promise<PolicyCompletion[]>;
  /** Twice is fine. */
  close(): Promise<void>;
}

/** A policy whose weights are at hand. */
export interface TrainablePolicy extends Policy {
  readonly engine: ModelEngine;
  /** The token ids of a conversation and of the answer to learn, stop token included. */
  encodeExample(conversation: readonly Message[], answer: string): Sequence;
}
