import type { JsonObject } from "../json.js";

/** Message of a conversation with a model. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  /** PNG. */
  readonly image?: Uint8Array;
  /** PNGs, shown in this order after the text (and after `image`). */
  readonly images?: readonly Uint8Array[];
}

/** The JSON a reply must be. Servers that know `response_format` let the model write nothing else. */
export interface ChatSchema {
  readonly name: string;
  readonly schema: JsonObject;
}

/** Request for one reply. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  readonly schema?: ChatSchema;
  /** Ends the request, its retries and the reading of its reply. */
  readonly signal?: AbortSignal;
}

/** Reply of a model. */
export interface ChatReply {
  readonly text: string;
  /** As the server counts; 0 when it does not say. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly finishReason: "stop" | "length";
}
