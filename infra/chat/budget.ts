import { InfrastructureError, UsageError } from "../errors.js";

/** What a client may spend in its life. */
export interface SpendLimit {
  /** Prompt and completion tokens together. */
  readonly tokens?: number;
  /** In the currency of `prices`. */
  readonly money?: number;
  /** For a million tokens; needed for `money`. */
  readonly prices?: { readonly prompt: number; readonly completion: number };
}

/** What a client has spent so far. */
export interface Spent {
  /** Requests that were answered. */
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Null without prices. */
  readonly money: number | null;
  /** Answers that were known already and cost nothing. */
  readonly cached: number;
}

/** The client may not spend more. */
export class SpendLimitError extends InfrastructureError {}

/** Count of what is spent, against a limit. */
export interface Budget {
  /** Throws a SpendLimitError when a request like the dearest so far might exceed the limit; else counts it as under way. */
  reserve(): void;
  /** Ends what `reserve` began; without usage when the request failed. */
  settle(usage?: { readonly promptTokens: number; readonly completionTokens: number }): void;
  /** Notes an answer that was known already. */
  hit(): void;
  spent(): Spent;
}

/**
 * Keeps count against a limit. A request's cost is known only afterwards, so those under way count as the dearest so far; the
 * first ones together may exceed a limit that is smaller than they are.
 */
export function createBudget({ tokens, money, prices }: SpendLimit): Budget {
  for (const [name, limit] of Object.entries({ tokens, money }))
    if (limit !== undefined && !(limit > 0))
      throw new UsageError(`The limit of ${name} is ${limit}; it should be above 0.`);
  if (money !== undefined && !prices)
    throw new UsageError(
      "A limit in money needs prices, e.g. { money: 5, prices: { prompt: 0.4, completion: 1.6 } } for a million tokens.",
    );
  let requests = 0;
  let promptTokens = 0;
  let completionTokens = 0;
  let cached = 0;
  let underWay = 0;
  const dearest = { tokens: 0, money: 0 };
  const cost = (prompt: number, completion: number) =>
    prices ? (prompt * prices.prompt + completion * prices.completion) / 1e6 : 0;

  function refuse(what: string, used: number, limit: number): never {
    const count = `${requests} request${requests === 1 ? "" : "s"}`;
    throw new SpendLimitError(
      `The spend limit of ${limit} ${what} does not allow another request: ${used} are spent in ${count}. Raise the limit, or go on without this model.`,
    );
  }

  return {
    reserve() {
      const used = { tokens: promptTokens + completionTokens, money: cost(promptTokens, completionTokens) };
      const next = underWay + 1;
      if (tokens !== undefined && used.tokens + Math.max(1, next * dearest.tokens) > tokens)
        refuse("tokens", used.tokens, tokens);
      if (money !== undefined && (used.money >= money || used.money + next * dearest.money > money))
        refuse("in money", Number(used.money.toFixed(6)), money);
      underWay++;
    },
    settle(usage) {
      underWay--;
      if (!usage) return;
      requests++;
      promptTokens += usage.promptTokens;
      completionTokens += usage.completionTokens;
      dearest.tokens = Math.max(dearest.tokens, usage.promptTokens + usage.completionTokens);
      dearest.money = Math.max(dearest.money, cost(usage.promptTokens, usage.completionTokens));
    },
    hit() {
      cached++;
    },
    spent: () => ({
      requests,
      promptTokens,
      completionTokens,
      money: prices ? cost(promptTokens, completionTokens) : null,
      cached,
    }),
  };
}
