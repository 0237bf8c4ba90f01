import { InfrastructureError } from "../errors.js";
import type { ReplyCache } from "./reply-cache.js";

/** Answers from the cache or from a question under way; else asks. */
export type Remember = (question: {
  readonly key: string;
  /** What is wrong with a reply, or null. */
  readonly fault: (reply: string) => string | null;
  readonly ask: () => Promise<string>;
  readonly signal: AbortSignal;
}) => Promise<string>;

/** Memory of replies: what was answered before, or is being asked right now, is not asked again; `hit` is called for each such reply. */
export function createMemory(cache: ReplyCache, hit: () => void): Remember {
  const underWay = new Map<string, Promise<string>>();
  return async ({ key, fault, ask, signal }) => {
    for (;;) {
      signal.throwIfAborted();
      const known = await cache.get(key);
      if (known !== undefined && fault(known) === null) {
        hit();
        return known;
      }
      const other = underWay.get(key);
      if (other === undefined) break;
      try {
        const reply = await orAborted(other, signal);
        hit();
        return reply;
      } catch (error) {
        // Whoever asked first may have lost patience; an outage is everyone's.
        if (error instanceof InfrastructureError) throw error;
      }
    }
    const asked = ask().then(async (reply) => {
      await cache.set(key, reply);
      return reply;
    });
    underWay.set(key, asked);
    try {
      return await asked;
    } finally {
      underWay.delete(key);
    }
  };
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
