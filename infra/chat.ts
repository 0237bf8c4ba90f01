import OpenAI, { APIConnectionError, APIError } from "openai";
import type {
  ChatCompletionContentPart,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { from, lastValueFrom, mergeMap, toArray } from "rxjs";
import { InfrastructureError, messageOf, UsageError } from "./errors.js";

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
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
}

export interface ChatReply {
  readonly text: string;
  /** As the server counts; 0 when it does not say. */
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly finishReason: "stop" | "length";
}

export interface ChatClient {
  /** Throws an InfrastructureError when the server cannot be reached or refuses. */
  complete(request: ChatRequest): Promise<ChatReply>;
  /** Replies in the order of the requests, at most `concurrency` under way. */
  completeAll(requests: readonly ChatRequest[]): Promise<ChatReply[]>;
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

  async function complete({ messages, temperature, topP, maxTokens, seed }: ChatRequest): Promise<ChatReply> {
    try {
      const reply = await client.chat.completions.create({
        model,
        messages: messages.map(toParam),
        ...(temperature === undefined ? {} : { temperature }),
        ...(topP === undefined ? {} : { top_p: topP }),
        ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
        ...(seed === undefined ? {} : { seed }),
      });
      const choice = reply.choices?.[0];
      if (!choice)
        throw new InfrastructureError(`The server at ${client.baseURL} answered without a choice.`);
      return {
        text: choice.message.content ?? "",
        promptTokens: reply.usage?.prompt_tokens ?? 0,
        completionTokens: reply.usage?.completion_tokens ?? 0,
        finishReason: choice.finish_reason === "length" ? "length" : "stop",
      };
    } catch (error) {
      throw explain(error, client.baseURL, model);
    }
  }

  return {
    complete,
    async completeAll(requests) {
      const replies = await lastValueFrom(
        from(requests.map((request, i) => ({ request, i }))).pipe(
          mergeMap(async ({ request, i }) => ({ i, reply: await complete(request) }), concurrency),
          toArray(),
        ),
      );
      return replies.sort((a, b) => a.i - b.i).map(({ reply }) => reply);
    },
  };
}

function toParam({ role, content, image }: ChatMessage): ChatCompletionMessageParam {
  if (!image || role !== "user") return { role, content };
  const url = `data:image/png;base64,${Buffer.from(image).toString("base64")}`;
  const parts: ChatCompletionContentPart[] = [
    { type: "text", text: content },
    { type: "image_url", image_url: { url } },
  ];
  return { role, content: parts };
}

function explain(error: unknown, baseURL: string, model: string): Error {
  if (error instanceof InfrastructureError) return error;
  if (error instanceof APIConnectionError)
    return new InfrastructureError(
      `No answer from ${baseURL}: ${messageOf(error)} Is the server running, and is the base URL right (it usually ends in /v1)?`,
    );
  if (error instanceof APIError)
    return new InfrastructureError(
      `The server at ${baseURL} refused the request for model "${model}": ${messageOf(error)}`,
    );
  return new InfrastructureError(`The request to ${baseURL} failed: ${messageOf(error)}`);
}
