import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "mocha";
import { createVisionJudge, type VisionJudgeOptions } from "../../../rewards/judge/index.js";

/** A request as the server got it. */
export interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly model: string;
  readonly seed?: number;
  readonly temperature?: number;
  readonly response_format?: { readonly type: string; readonly json_schema: { readonly schema: unknown } };
}

/** What the server does with a request. */
export interface Reaction {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The model's words; anything but a text is sent as JSON. */
  readonly says?: unknown;
  /** The whole body, instead of a completion. */
  readonly body?: string;
  readonly tokens?: readonly [prompt: number, completion: number];
  /** Never answers, or stops in the middle of its body. */
  readonly hangs?: "at once" | "midway";
  /** Milliseconds before the answer. */
  readonly after?: number;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A real server that speaks OpenAI's chat completions. It closes after the test. */
export async function judgeServer(react: (asked: Asked, count: number) => Reaction) {
  const seen: Asked[] = [];
  const times: number[] = [];
  const state = { most: 0, underWay: 0 };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    times.push(performance.now());
    const asked = JSON.parse(body) as Asked;
    seen.push(asked);
    state.underWay++;
    state.most = Math.max(state.most, state.underWay);
    const reaction = react(asked, seen.length);
    if (reaction.after) await new Promise((resolve) => setTimeout(resolve, reaction.after));
    state.underWay--;
    answer(response, reaction);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return { seen, times, state, baseURL };
}

function answer(
  response: ServerResponse,
  { status = 200, headers, says, body, tokens, hangs }: Reaction,
): void {
  if (hangs === "at once") return;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  const content = typeof says === "string" ? says : JSON.stringify(says);
  const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
  const usage = tokens && { prompt_tokens: tokens[0], completion_tokens: tokens[1] };
  const completion =
    status === 200 ? { choices, ...(usage ? { usage } : {}) } : { error: { message: content ?? "a fault" } };
  const text = body ?? JSON.stringify(completion);
  if (hangs === "midway") response.write(text.slice(0, text.length / 2));
  else response.end(text);
}

/** The text of the last user message. */
export function textOf({ messages }: Asked): string {
  const { content } = messages.findLast(({ role }) => role === "user")!;
  if (typeof content === "string") return content;
  return (content as { text?: string }[]).map(({ text = "" }) => text).join("");
}

/** The pictures of the request, base64. */
export function picturesOf({ messages }: Asked): string[] {
  return messages.flatMap(({ content }) =>
    typeof content === "string"
      ? []
      : (content as { image_url?: { url: string } }[]).flatMap(
          ({ image_url }) => image_url?.url.split(",")[1] ?? [],
        ),
  );
}

/** A server that reacts so, and a judge that asks it: model `m`, hardly any pause between tries, other options as given. */
export async function openJudge(
  react: (asked: Asked, count: number) => Reaction,
  options: Partial<VisionJudgeOptions> = {},
) {
  const server = await judgeServer(react);
  const judge = createVisionJudge({ model: "m", baseURL: server.baseURL, backoff: 1, ...options });
  return { server, judge };
}
