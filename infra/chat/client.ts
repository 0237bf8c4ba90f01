import OpenAI from "openai";
import type {
  ChatCompletionContentPart,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { from, lastValueFrom, mergeMap, toArray } from "rxjs";
import { UsageError } from "../errors.js";
import type { JsonObject } from "../json.js";
import { ChatError } from "./error.js";
import { explain, isServerFault, wantsNewerLimit } from "./faults.js";

export interface ChatOptions {
  readonly model: string;
  /** Default `OPENAI_BASE_URL`, else OpenAI's own. */
  readonly baseURL?: string;
  /** Default `OPENAI_API_KEY`; servers that want none take any word. */
  readonly apiKey?: string;
  /** Requests under way at once, default 8. */
  readonly concurrency?: number;
  /** Per attempt, in ms, default 120,000. */
  readonly timeout?: number;
  /** Further attempts after a connection error, a 408, 409, 429 or 5xx, with exponential backoff, default 3. */
  readonly retries?: number;
}

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

export interface ChatReply {
  readonly text: string;
  /** As the server counts; 0 when it does not say. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly finishReason: "stop" | "length";
}

export interface ChatClient {
  /** Throws a ChatError (an InfrastructureError) when the server cannot be reached or refuses. */
  complete(request: ChatRequest): Promise<ChatReply>;
  /**
   * Replies in the order of the requests, at most `concurrency` under way. A request that fails gives its ChatError in
   * place of a reply, and the others stand. Rejects only when not one was answered and the server is at fault rather
   * than a request: it cannot be reached, does not know the model or the key, is overloaded or broken.
   */
  completeAll(requests: readonly ChatRequest[]): Promise<(ChatReply | ChatError)[]>;
}

/** A client of any server that speaks OpenAI's chat completions. */
export function createChatClient({
  model,
  baseURL,
  apiKey = process.env.OPENAI_API_KEY ?? "none",
  concurrency = 8,
  timeout = 120_000,
  retries = 3,
}: ChatOptions): ChatClient {
  if (model === "") throw new UsageError('A chat client needs a model name, e.g. { model: "qwen3" }.');
  const client = new OpenAI({ apiKey, timeout, maxRetries: retries, ...(baseURL ? { baseURL } : {}) });

  /** OpenAI's own models take the newer name alone, most other servers the older. */
  let limitName: "max_tokens" | "max_completion_tokens" = "max_tokens";

  async function complete(request: ChatRequest): Promise<ChatReply> {
    const named = limitName;
    try {
      return await send(request, named).catch((error) => {
        if (named !== "max_tokens" || !wantsNewerLimit(error)) throw error;
        limitName = "max_completion_tokens";
        return send(request, limitName);
      });
    } catch (error) {
      throw explain(error, client.baseURL, model);
    }
  }

  async function send(request: ChatRequest, limit: typeof limitName): Promise<ChatReply> {
    const { messages, signal, schema, temperature, topP, maxTokens, seed } = request;
    const reply = await client.chat.completions.create(
      {
        model,
        messages: messages.map(toParam),
        ...(temperature === undefined ? {} : { temperature }),
        ...(topP === undefined ? {} : { top_p: topP }),
        ...(maxTokens === undefined ? {} : { [limit]: maxTokens }),
        ...(seed === undefined ? {} : { seed }),
        ...(schema ? { response_format: { type: "json_schema", json_schema: strict(schema) } } : {}),
      },
      signal ? { signal } : {},
    );
    const choice = reply.choices?.[0];
    if (!choice) throw new ChatError(`The server at ${client.baseURL} answered without a choice.`);
    return {
      text: choice.message.content ?? "",
      promptTokens: reply.usage?.prompt_tokens ?? 0,
      completionTokens: reply.usage?.completion_tokens ?? 0,
      finishReason: choice.finish_reason === "length" ? "length" : "stop",
    };
  }

  return {
    complete,
    async completeAll(requests) {
      const replies = await lastValueFrom(
        from(requests.map((request, i) => ({ request, i }))).pipe(
          mergeMap(async ({ request, i }) => ({ i, reply: await settle(complete(request)) }), concurrency),
          toArray(),
        ),
      );
      const inOrder = replies.sort((a, b) => a.i - b.i).map(({ reply }) => reply);
      const errors = inOrder.filter((reply) => reply instanceof ChatError);
      const fatal = errors.find(isServerFault);
      if (fatal && errors.length === inOrder.length) throw fatal;
      return inOrder;
    },
  };
}

async function settle(reply: Promise<ChatReply>): Promise<ChatReply | ChatError> {
  return reply.catch((error: unknown) => {
    if (error instanceof ChatError) return error;
    throw error;
  });
}

function strict({ name, schema }: ChatSchema) {
  return { name, strict: true, schema: schema as Record<string, unknown> };
}

function toParam({ role, content, image, images = [] }: ChatMessage): ChatCompletionMessageParam {
  const pictures = image ? [image, ...images] : images;
  if (pictures.length === 0 || role !== "user") return { role, content };
  const parts = pictures.map((png): ChatCompletionContentPart => {
    const url = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    return { type: "image_url", image_url: { url } };
  });
  return { role, content: [{ type: "text", text: content }, ...parts] };
}
