import { InfrastructureError, messageOf, UsageError } from "../../../infra/errors.js";
import type { RenderOutcome } from "../../contract/rendered-page.js";
import { BrowserGone, PageGone } from "../browser/connection.js";
import { type BrowserJob, NotOpened, type WarmBrowser } from "./warm-browser.js";

/** Attempts at a document whose browser keeps ending under it. */
const BROWSER_ATTEMPTS = 4;
/** Attempts at a document whose own process keeps ending, or that meets an error nobody thought of. */
const PAGE_ATTEMPTS = 2;
/** Attempts at a document that is never opened. */
const OPENING_ATTEMPTS = 3;

export interface AttemptOptions {
  /** Throws when the render is no longer wanted. */
  readonly check: () => void;
  /** Told why before each further attempt. */
  readonly onRetry?: ((reason: string) => void) | undefined;
}

/**
 * Renders a document in a warm browser, as often as it takes to tell whose fault a broken render is: a page that breaks its browser again
 * and again has failed with `crash`; a browser that does not open pages is the machine's.
 */
export async function renderIn(
  warmBrowser: WarmBrowser,
  job: BrowserJob,
  { check, onRetry = () => {} }: AttemptOptions,
): Promise<RenderOutcome> {
  const started = performance.now();
  const times = { browser: 0, page: 0, opening: 0 };
  for (;;) {
    check();
    try {
      return await warmBrowser.render(job, { last: times.page === PAGE_ATTEMPTS - 1 });
    } catch (error) {
      check();
      if (error instanceof NotOpened) {
        if (++times.opening < OPENING_ATTEMPTS) {
          onRetry(messageOf(error));
          continue;
        }
        throw new InfrastructureError(
          `The browser did not open a page within ${job.deadline} ms, ${times.opening} times; the machine may be overloaded.`,
        );
      }
      if (error instanceof BrowserGone) times.browser++;
      else if (error instanceof InfrastructureError || error instanceof UsageError) throw error;
      else times.page++;
      if (times.browser < BROWSER_ATTEMPTS && times.page < PAGE_ATTEMPTS) {
        onRetry(messageOf(error));
        continue;
      }
      const what = error instanceof BrowserGone || error instanceof PageGone ? "broke its browser" : "failed";
      return {
        status: "failed",
        reason: "crash",
        message: `The page ${what} ${times.browser + times.page} times: ${messageOf(error)}`,
        milliseconds: performance.now() - started,
      };
    }
  }
}

/** What goes wrong with an answer, and is neither the caller's nor the machine's fault, is the answer's. */
export async function chargePage(work: () => Promise<RenderOutcome>): Promise<RenderOutcome> {
  const started = performance.now();
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError))
      throw error;
    return {
      status: "failed",
      reason: "crash",
      message: `The answer cannot be handled: ${messageOf(error)}`,
      milliseconds: performance.now() - started,
    };
  }
}
