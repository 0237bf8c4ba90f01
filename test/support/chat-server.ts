import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a request held. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly temperature?: number;
  readonly top_p?: number;
  readonly seed?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly response_format?: unknown;
}

/** What is answered: a text, or an error with its status. */
export interface ChatAnswer {
  readonly status?: number;
  readonly text?: string;
  readonly finish?: string;
  readonly error?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is in place of a reply. */
  readonly body?: unknown;
}

export interface ChatServer {
  readonly baseURL: string;
  /** Requests in the order in which they came. */
  readonly seen: readonly ChatBody[];
  close(): void;
}

/** A server on this machine that speaks chat completions. */
export async function serveChat(
  answer: (body: ChatBody, count: number) => ChatAnswer | Promise<ChatAnswer>,
): Promise<ChatServer> {
  const seen: ChatBody[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as ChatBody;
    seen.push(body);
    const given = await answer(body, seen.length);
    const { status = 200, finish = "stop", error = { message: "no such model" }, headers = {} } = given;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    const message = { role: "assistant", content: given.text ?? "" };
    const reply = {
      choices: [{ index: 0, finish_reason: finish, message }],
      usage: { prompt_tokens: 3, completion_tokens: 5 },
    };
    response.end(JSON.stringify(given.body ?? (status === 200 ? reply : { error })));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return { seen, baseURL, close: () => server.close() };
}
