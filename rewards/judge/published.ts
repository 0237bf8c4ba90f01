import type { ChatMessage, ChatRequest } from "../../infra/chat/messages.js";
import { UsageError } from "../../infra/errors.js";
import type { JudgeRequest } from "./ask.js";

const DATA_URL = "data:image/png;base64,";

/** The request in the words of the chat client. Texts are joined, pictures follow them in their order. */
export function publishedRequest({ messages, temperature, max_tokens }: JudgeRequest): ChatRequest {
  return {
    temperature,
    maxTokens: max_tokens,
    messages: messages.map(({ role, content }): ChatMessage => {
      const texts = content.flatMap((part) => (part.type === "text" ? [part.text] : []));
      const images = content.flatMap((part) =>
        part.type === "image_url" ? [bytesOf(part.image_url.url)] : [],
      );
      return { role, content: texts.join("\n\n"), images };
    }),
  };
}

function bytesOf(url: string): Uint8Array {
  if (!url.startsWith(DATA_URL))
    throw new UsageError(`A judge is shown PNGs as data URLs, but was given ${url.slice(0, 40)}...`);
  return Buffer.from(url.slice(DATA_URL.length), "base64");
}
