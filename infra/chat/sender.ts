import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../errors.js";
import type { RandomStream } from "../random.js";
import type { Budget } from "./budget.js";
import { ChatError } from "./error.js";
import type { ChatReply, ChatRequest } from "./messages.js";
import type { Pace } from "./pace.js";
import type { Transport } from "./transport.js";

/** What a sender stands on. */
export interface SenderOptions {
  /** Name of the model, for messages. */
  readonly model: string;
  /** Asked for before each attempt, whose time begins then. */
  readonly transport: () => Promise<Transport>;
  readonly pace: Pace;
  readonly budget: Budget;
  /** Jitter. */
  readonly random: RandomStream;
  /** Milliseconds for one attempt, until its last byte. */
  readonly timeout: number;
  /** Further attempts after an outage. */
  readonly retries: number;
  /** Milliseconds before the first further attempt; doubles each time. */
  readonly backoff: number;
  /** Longest wait in milliseconds; a server that asks for more is given up. */
  readonly longestWait: number;
}

/** Sends one request, again after passing faults. Rejects with a ChatError, a SpendLimitError or the signal's reason. */
export type Send = (request: ChatRequest, signal: AbortSignal) => Promise<ChatReply>;

/** Tokens assumed for a picture when a server does not count. */
const PICTURE_TOKENS = 1000;
const CHARACTERS_PER_TOKEN = 4;

/**
 * Sends requests in their turn and within the budget. No answer, a reply that is no JSON, 408, 409, 429 and 5xx are tried again
 * after an exponentially growing wait with jitter, or after what the server's `Retry-After` says, which holds back all
 * other requests, too. A server that does not take a schema is asked without from then on.
 */
export function createSender(options: SenderOptions): Send {
  const { model, transport, pace, budget, random, timeout, retries, backoff, longestWait } = options;
  let schemas = true;

  async function attempt(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    const transmit = await transport();
    budget.reserve();
    const late = AbortSignal.timeout(timeout);
    try {
      const reply = await transmit({ ...request, signal: AbortSignal.any([signal, late]) });
      const counted = reply.promptTokens + reply.completionTokens > 0;
      budget.settle(counted ? reply : estimate(request, reply));
      return reply;
    } catch (error) {
      budget.settle();
      signal.throwIfAborted();
      if (late.aborted) throw new ChatError(`The model "${model}" did not answer within ${timeout} ms.`);
      throw error;
    }
  }

  function waitAfter({ retryAfter }: ChatError, failures: number): number {
    const step = Math.min(longestWait, backoff * 2 ** (failures - 1));
    return retryAfter ?? step * (0.5 + 0.5 * random.next());
  }

  return async (request, signal) => {
    for (let failures = 0; ; ) {
      const { schema, ...plain } = request;
      const asked: ChatRequest = schema && schemas ? request : plain;
      try {
        return await pace.run(() => attempt(asked, signal), signal);
      } catch (error) {
        if (!(error instanceof ChatError)) throw error;
        if (asked.schema && refusesSchema(error)) {
          schemas = false;
          continue;
        }
        failures++;
        if (!passes(error) || failures > retries) throw givenUp(model, error, failures);
        const wait = waitAfter(error, failures);
        if (wait > longestWait)
          throw givenUp(model, error, failures, ` It asks to wait ${Math.ceil(wait / 1000)} s.`);
        if (error.retryAfter !== undefined) pace.pause(wait);
        await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  };
}

/** Whether the same request may succeed later. */
function passes({ status, code }: ChatError): boolean {
  if (code === "insufficient_quota") return false;
  return status === undefined || [408, 409, 425, 429].includes(status) || status >= 500;
}

/** Whether it is the form of the answer that a server does not know. */
function refusesSchema({ status, message }: ChatError): boolean {
  return (status === 400 || status === 422) && /response_format|json_schema|schema|grammar/i.test(message);
}

function givenUp(model: string, error: ChatError, attempts: number, more = ""): ChatError {
  if (attempts === 1 && more === "") return error;
  const { status, retryAfter, code } = error;
  const times = attempts === 1 ? "" : ` after ${attempts} attempts`;
  return new ChatError(`The model "${model}" could not be asked${times}: ${messageOf(error)}${more}`, {
    status,
    retryAfter,
    code,
    cause: error,
  });
}

function estimate(
  { messages }: ChatRequest,
  { text }: ChatReply,
): Pick<ChatReply, "promptTokens" | "completionTokens"> {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const pictures = messages.reduce((sum, { image, images = [] }) => sum + images.length + (image ? 1 : 0), 0);
  return {
    promptTokens: Math.ceil(characters / CHARACTERS_PER_TOKEN) + pictures * PICTURE_TOKENS,
    completionTokens: Math.ceil(text.length / CHARACTERS_PER_TOKEN),
  };
}
