import * as v from "valibot";
import { UsageError } from "../errors.js";
import { createRandom } from "../random.js";
import { checkConfig } from "../schema/check.js";
import { count, nonNegative, positive } from "../schema/fields.js";
import { createBudget, type SpendLimit, type Spent } from "./budget.js";
import { ChatError, UnusableAnswerError } from "./error.js";
import { isServerFault } from "./faults.js";
import type { ChatReply, ChatRequest } from "./messages.js";
import { createPace } from "./pace.js";
import { type ReplyCache, replyKey } from "./reply-cache.js";
import { createMemory } from "./reply-memory.js";
import { createSender } from "./sender.js";
import type { Transport, TransportOptions } from "./transport.js";

export type { ChatMessage, ChatReply, ChatRequest, ChatSchema } from "./messages.js";

/** Options of a chat client. */
export interface ChatOptions {
  readonly model: string;
  /** Default `OPENAI_BASE_URL`, else OpenAI's own. */
  readonly baseURL?: string;
  /** Default `OPENAI_API_KEY`; servers that want none take any word. */
  readonly apiKey?: string;
  /** Requests under way at once, default 8. */
  readonly concurrency?: number;
  /** Requests that start within any minute; default no limit. */
  readonly requestsPerMinute?: number;
  /** What it may spend in its life; default no limit. */
  readonly limit?: SpendLimit;
  /** Keeps what `read` was answered, default a `Map` of its own. Share one, or one on disk, to ask nothing twice. */
  readonly cache?: ReplyCache;
  /** Milliseconds for one attempt, until its last byte; default 120,000. */
  readonly timeout?: number;
  /** Further attempts after no answer, a 408, 409, 425, 429 or 5xx, default 3. */
  readonly retries?: number;
  /** Milliseconds before the first of them, default 500; doubles each time, with jitter. */
  readonly backoff?: number;
  /** Longest wait in milliseconds that a server's `Retry-After` may ask for, default 60,000. */
  readonly longestWait?: number;
  /** How often `read` asks again for a reply that cannot be used, default 2. */
  readonly reasks?: number;
  /** Seed of the jitter, default 0. */
  readonly seed?: number;
}

/** What makes a reply fit for use. */
export interface ReadOptions {
  /** What is wrong with a reply, as half a sentence; null for one that can be used. */
  readonly fault: (reply: string) => string | null;
  readonly signal?: AbortSignal | undefined;
}

/** Client of one model behind a server that speaks OpenAI's chat completions: for policies, judges and data alike. */
export interface ChatClient {
  /**
   * Reply to one request, sent in its turn and within the budget. Rejects with a ChatError or a SpendLimitError (both
   * InfrastructureErrors), or with the signal's reason.
   */
  complete(request: ChatRequest): Promise<ChatReply>;
  /**
   * Replies in the order of the requests, at most `concurrency` under way. A request that fails gives its ChatError in
   * place of a reply, and the others stand. Rejects only when not one was answered and the server is at fault rather
   * than a request: it cannot be reached, does not know the model or the key, is overloaded or broken; or when the budget
   * is spent or a signal aborts.
   */
  completeAll(requests: readonly ChatRequest[]): Promise<(ChatReply | ChatError)[]>;
  /**
   * Text of a reply that can be used: one known already, else asked for, and asked for again with what is wrong with it.
   * Rejects as `complete` does, and with an UnusableAnswerError when no reply is fit.
   */
  read(request: ChatRequest, options: ReadOptions): Promise<string>;
  /** What was spent so far. */
  spent(): Spent;
}

const LIMITS = v.object({
  concurrency: count("requests under way at once"),
  requestsPerMinute: v.optional(count()),
  timeout: positive("milliseconds"),
  retries: count("further attempts", 0),
  backoff: nonNegative("milliseconds"),
  longestWait: nonNegative("milliseconds"),
  reasks: count("further questions", 0),
});

/**
 * Opens a client of any server that speaks OpenAI's chat completions. Nothing is loaded or sent before the first request. Throws a
 * UsageError for options that cannot be.
 *
 * @example
 * const client = createChatClient({ model: "qwen3", baseURL: "http://localhost:8000/v1", requestsPerMinute: 60 });
 * const { text } = await client.complete({ messages: [{ role: "user", content: "Hello." }] });
 */
export function createChatClient(options: ChatOptions): ChatClient {
  const { model, baseURL, apiKey, requestsPerMinute, limit = {}, seed = 0 } = options;
  const { concurrency = 8, timeout = 120_000, retries = 3, backoff = 500 } = options;
  const { longestWait = 60_000, reasks = 2, cache = new Map<string, string>() } = options;
  if (model === "") throw new UsageError('A chat client needs a model name, e.g. { model: "qwen3" }.');
  const limits = { concurrency, requestsPerMinute, timeout, retries, backoff, longestWait, reasks };
  checkConfig(LIMITS, limits, `the chat client of model "${model}"`);
  const budget = createBudget(limit);
  const send = createSender({
    model,
    transport: transportOnDemand({ model, baseURL, apiKey }),
    pace: createPace({ concurrency, ...(requestsPerMinute ? { requests: requestsPerMinute } : {}) }),
    budget,
    random: createRandom(seed).stream("chat").stream("backoff"),
    timeout,
    retries,
    backoff,
    longestWait,
  });
  const remember = createMemory(cache, budget.hit);

  const complete = ({ signal = NEVER, ...request }: ChatRequest) => send(request, signal);

  /** Asks until a reply can be used. */
  async function converse(request: ChatRequest, { fault, signal = NEVER }: ReadOptions): Promise<string> {
    let asked = request;
    for (let attempt = 1; ; attempt++) {
      const reply = await send(asked, signal);
      const wrong = fault(reply.text);
      if (wrong === null) return reply.text;
      const cut = reply.finishReason === "length" ? ` (it was cut off at ${request.maxTokens} tokens)` : "";
      if (attempt > reasks)
        throw new UnusableAnswerError(
          `The model "${model}" gave no usable answer in ${attempt} attempts: ${wrong}${cut}.`,
          reply.text,
        );
      asked = correction(request, reply, `${wrong}${cut}`);
    }
  }

  return {
    complete,
    async completeAll(requests) {
      const replies = await Promise.all(requests.map((request) => settle(complete(request))));
      const errors = replies.filter((reply) => reply instanceof ChatError);
      const fatal = errors.find(isServerFault);
      if (fatal && errors.length === replies.length) throw fatal;
      return replies;
    },
    read: (request, { fault, signal = NEVER }) =>
      remember({
        key: replyKey(model, baseURL, request),
        fault,
        ask: () => converse(request, { fault, signal }),
        signal,
      }),
    spent: budget.spent,
  };
}

/** A signal that nobody aborts. */
const NEVER = new AbortController().signal;

function transportOnDemand(options: TransportOptions): () => Promise<Transport> {
  let transport: Promise<Transport> | undefined;
  return () => {
    transport ??= import("./transport.js").then(({ createTransport }) => createTransport(options));
    return transport;
  };
}

async function settle(reply: Promise<ChatReply>): Promise<ChatReply | ChatError> {
  return reply.catch((error: unknown) => {
    if (error instanceof ChatError) return error;
    throw error;
  });
}

/** The question again, with the last answer and what is wrong with it. */
function correction(request: ChatRequest, { text }: ChatReply, why: string): ChatRequest {
  return {
    ...request,
    messages: [
      ...request.messages,
      { role: "assistant", content: text },
      { role: "user", content: `Your answer cannot be used: ${why}. Answer again, in the form asked for.` },
    ],
  };
}
