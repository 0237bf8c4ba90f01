import type { Spent } from "../../infra/chat/budget.js";
import { type ChatOptions, type ChatRequest, createChatClient } from "../../infra/chat/client.js";
import { UnusableAnswerError } from "../../infra/chat/error.js";
import { UsageError } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import type { AnySchema } from "../../infra/schema/describe.js";
import { jsonSchemaOf } from "../../infra/schema/json-schema.js";
import type { AskJudge } from "./ask.js";
import { publishedRequest } from "./published.js";
import { readReply } from "./reply.js";

/** Options of a judge: those of its chat client, with four requests under way at once and four further attempts by default. */
export interface VisionJudgeOptions extends ChatOptions {
  /** Tokens of an answer, default 2,048. */
  readonly maxTokens?: number;
  /** Seed of the sampling (repeat i gets `seed + i`) and of the jitter; default 0. */
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

/** Options of one question to a judge. */
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
  /** What its calls have cost so far. */
  spent(): Spent;
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
  const { model, maxTokens = 2048, seed = 0 } = options;
  if (model === "") throw new UsageError('A judge needs a model name, e.g. { model: "qwen3-vl" }.');
  if (!(Number.isInteger(maxTokens) && maxTokens >= 1))
    throw new UsageError(
      `The judge's maxTokens should be a whole number of at least 1, but is ${maxTokens}.`,
    );
  const client = createChatClient({ concurrency: 4, retries: 4, ...options });

  return {
    model,
    spent: client.spent,
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
      const reply = await client.read(request, { fault, signal });
      return read(reply).answer as JsonObject;
    },
    async ask(request, signal, readable = () => true) {
      const fault = (reply: string) =>
        readable(reply) ? null : "the answer is not in the form that was asked for";
      try {
        return await client.read(publishedRequest(request), { fault, signal });
      } catch (error) {
        if (error instanceof UnusableAnswerError) return error.reply;
        throw error;
      }
    },
  };
}
