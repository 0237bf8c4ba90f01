import type { ChatClient, ChatOptions, ChatReply, ChatRequest } from "../../infra/chat/client.js";
import { InfrastructureError, UsageError } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { createRandom } from "../../infra/random.js";
import type { AnySchema } from "../../infra/schema/describe.js";
import { jsonSchemaOf } from "../../infra/schema/json-schema.js";
import type { AskJudge } from "./ask.js";
import { createBudget, type SpendLimit, type Spent } from "./budget.js";
import { type ReplyCache, replyKey } from "./cache.js";
import { createMemory } from "./memory.js";
import { createPace } from "./pace.js";
import { publishedRequest } from "./published.js";
import { readReply } from "./reply.js";
import { createSender } from "./sender.js";

export interface VisionJudgeOptions {
  readonly model: string;
  /** Default `OPENAI_BASE_URL`, else OpenAI's own. */
  readonly baseURL?: string;
  /** Default `OPENAI_API_KEY`; servers that want none take any word. */
  readonly apiKey?: string;
  /** Requests under way at once, default 4. */
  readonly concurrency?: number;
  /** Requests that start within any minute; default no limit. */
  readonly requestsPerMinute?: number;
  /** What it may spend in its life; default no limit. */
  readonly limit?: SpendLimit;
  /** Default a `Map` of its own. Share one, or one on disk, to ask nothing twice. */
  readonly cache?: ReplyCache;
  /** Milliseconds for one attempt, until its last byte; default 120,000. */
  readonly timeout?: number;
  /** Further attempts after an outage, default 4. */
  readonly retries?: number;
  /** Milliseconds before the first of them, default 500; doubles each time, with jitter. */
  readonly backoff?: number;
  /** Longest wait in milliseconds that a server's `Retry-After` may ask for, default 60,000. */
  readonly longestWait?: number;
  /** How often an answer that does not fit its schema is asked for again, default 2. */
  readonly reasks?: number;
  /** Tokens of an answer, default 2,048. */
  readonly maxTokens?: number;
  /** Of the sampling (repeat i gets `seed + i`) and of the jitter; default 0. */
  readonly seed?: number;
}

/** One thing to judge. */
export interface JudgeQuestion {
  /** What the judge is and how it judges; nothing that a page wrote. */
  readonly instructions: string;
  /** The material, see `asData`. */
  readonly text: string;
  /** PNGs, in the order in which the text speaks of them. */
  readonly images: readonly Uint8Array[];
  /** What the answer must be: a strict object of valibot, each of whose entries is required, as servers that constrain output want it. */
  readonly schema: AnySchema;
  /** What the schema cannot say: half a sentence about what is wrong, or null. */
  readonly check?: (answer: JsonObject) => string | null;
  /** Default 0. */
  readonly temperature?: number;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Which of several independent answers to the same question; default 0. */
  readonly repeat?: number;
}

/** A vision model behind an OpenAI-compatible server that answers questions about pages. */
export interface VisionJudge {
  readonly model: string;
  /**
   * The answer, of the question's schema. Rejects with an InfrastructureError that says why there is none: an outage, a spend limit
   * (SpendLimitError), or answers that do not fit it (UnusableAnswerError); or with the signal's reason.
   */
  answer(question: JudgeQuestion, options?: AskOptions): Promise<JsonObject>;
  /**
   * Sends a published system's own request and returns the text of the reply: the `judge` of the presets. A reply that is not
   * readable is asked for again; the last one comes back whatever it is.
   */
  readonly ask: AskJudge;
  spent(): Spent;
}

/** The judge answered, but never in the form that was asked for. */
export class UnusableAnswerError extends InfrastructureError {
  /** Its last words. */
  readonly reply: string;

  constructor(message: string, reply: string) {
    super(message);
    this.reply = reply;
  }
}

/**
 * Opens a vision judge. Nothing is sent before the first question.
 *
 * @example
 * const judge = createVisionJudge({
 *   model: "qwen3-vl",
 *   baseURL: "http://localhost:8000/v1",
 *   requestsPerMinute: 60,
 *   limit: { tokens: 2_000_000 },
 * });
 * const scorer = pagesReward({ judge: judgedItems(judge) });
 */
export function createVisionJudge(options: VisionJudgeOptions): VisionJudge {
  const {
    model,
    baseURL,
    apiKey,
    timeout = 120_000,
    limit = {},
    cache = new Map<string, string>(),
  } = options;
  const { concurrency = 4, requestsPerMinute, retries = 4, backoff = 500, longestWait = 60_000 } = options;
  const { reasks = 2, maxTokens = 2048, seed = 0 } = options;
  checkNumbers({ concurrency, requestsPerMinute, timeout, maxTokens }, 1);
  checkNumbers({ retries, backoff, longestWait, reasks }, 0);
  if (model === "") throw new UsageError('A judge needs a model name, e.g. { model: "qwen3-vl" }.');
  const budget = createBudget(limit);
  const send = createSender({
    client: clientOnDemand({
      model,
      timeout,
      retries: 0,
      ...(baseURL === undefined ? {} : { baseURL }),
      ...(apiKey === undefined ? {} : { apiKey }),
    }),
    pace: createPace({
      concurrency,
      ...(requestsPerMinute === undefined ? {} : { requests: requestsPerMinute }),
    }),
    budget,
    random: createRandom(seed).stream("judge").stream("backoff"),
    timeout,
    retries,
    backoff,
    longestWait,
  });
  const remember = createMemory(cache, budget.hit);

  /** Asks until a reply can be read. `fault` says what is wrong with a reply, or null. */
  async function converse(
    request: ChatRequest,
    fault: (reply: string) => string | null,
    signal: AbortSignal,
  ): Promise<string> {
    let asked = request;
    for (let attempt = 0; ; attempt++) {
      const reply = await send(asked, signal);
      const wrong = fault(reply.text);
      if (wrong === null) return reply.text;
      const why =
        reply.finishReason === "length" ? `${wrong} (it was cut off at ${maxTokens} tokens)` : wrong;
      if (attempt >= reasks)
        throw new UnusableAnswerError(
          `The judge "${model}" gave no usable answer in ${attempt + 1} attempts: ${why}.`,
          reply.text,
        );
      asked = correction(request, reply, why);
    }
  }

  const remembered = (request: ChatRequest, fault: (reply: string) => string | null, signal: AbortSignal) =>
    remember({
      key: replyKey(model, baseURL, request),
      fault,
      ask: () => converse(request, fault, signal),
      signal,
    });

  return {
    model,
    spent: budget.spent,
    async answer(
      { instructions, text, images, schema, check, temperature = 0 },
      { signal, repeat = 0 } = {},
    ) {
      const read = (reply: string) => readReply(reply, schema);
      const fault = (reply: string) => {
        const { answer, fault: wrong } = read(reply);
        return answer ? (check?.(answer) ?? null) : wrong;
      };
      const form = jsonSchemaOf(schema);
      const wanted = `Answer with one JSON object of this schema and nothing else:\n${JSON.stringify(form)}`;
      const request: ChatRequest = {
        messages: [
          { role: "system", content: instructions },
          { role: "user", content: `${text}\n\n${wanted}`, images },
        ],
        temperature,
        maxTokens,
        seed: (seed + repeat) % 2 ** 31,
        schema: { name: "verdict", schema: form },
      };
      const reply = await remembered(request, fault, signal ?? new AbortController().signal);
      return read(reply).answer as JsonObject;
    },
    async ask(request, signal, readable = () => true) {
      const fault = (reply: string) =>
        readable(reply) ? null : "the answer is not in the form that was asked for";
      try {
        return await remembered(publishedRequest(request), fault, signal);
      } catch (error) {
        if (error instanceof UnusableAnswerError) return error.reply;
        throw error;
      }
    },
  };
}

/** The chat client brings a large package, which is loaded with the first question. */
function clientOnDemand(options: ChatOptions): () => Promise<ChatClient> {
  let client: Promise<ChatClient> | undefined;
  return () => {
    client ??= import("../../infra/chat/client.js").then(({ createChatClient }) => createChatClient(options));
    return client;
  };
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

function checkNumbers(numbers: Readonly<Record<string, number | undefined>>, least: number): void {
  for (const [name, value] of Object.entries(numbers))
    if (value !== undefined && !(value >= least))
      throw new UsageError(`The judge's ${name} is ${value}; it should be at least ${least}.`);
}
