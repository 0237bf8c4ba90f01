import OpenAI from "openai";
import type {
  ChatCompletionContentPart,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { ChatError } from "./error.js";
import { explain, wantsNewerLimit } from "./faults.js";
import type { ChatMessage, ChatReply, ChatRequest, ChatSchema } from "./messages.js";

/** Server that speaks OpenAI's chat completions. */
export interface TransportOptions {
  readonly model: string;
  /** Default `OPENAI_BASE_URL`, else OpenAI's own. */
  readonly baseURL?: string | undefined;
  /** Default `OPENAI_API_KEY`; servers that want none take any word. */
  readonly apiKey?: string | undefined;
}

/** Sends one request once. Rejects with a ChatError that says in a sentence what is wrong. */
export type Transport = (request: ChatRequest) => Promise<ChatReply>;

/** Transport to any server that speaks OpenAI's chat completions. It brings a large package; load it with the first request. */
export function createTransport({
  model,
  baseURL,
  apiKey = process.env.OPENAI_API_KEY ?? "none",
}: TransportOptions): Transport {
  const client = new OpenAI({ apiKey, maxRetries: 0, ...(baseURL ? { baseURL } : {}) });

  /** OpenAI's own models take the newer name alone, most other servers the older. */
  let limitName: "max_tokens" | "max_completion_tokens" = "max_tokens";

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

  return async (request) => {
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
  };
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
