/** The time a page had is up. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

export interface DeadlineOptions {
  /** Milliseconds a page may take. */
  readonly limit: number;
  /** Milliseconds for which its browser stood in line for a processor so far; undefined when unknown. */
  readonly waited: () => number | undefined;
}

/** After this share of the limit it is looked who waits; most pages are done by then, and nothing is asked. */
const FIRST_LOOK = 0.1;
/** A page whose browser stood in line for more than this share of the time did not have its time. */
const STARVED = 0.5;
/** After this many times its limit a page is stopped in any case. */
const PATIENCE = 2.2;
/** By this many times the limit it is put off at once. */
const EXTENSION = 0.4;

/**
 * A deadline that is fair on a busy machine: when the limit passes while the page's browser stood in line for a processor
 * most of the time, it goes on, up to 2.2 times the limit. Otherwise the same page would fail or not depending on what else
 * runs. A page that sleeps does not stand in line.
 */
export class Deadline {
  /** Rejects with DeadlinePassed when the time is up. */
  readonly passed: Promise<never>;
  readonly #options: DeadlineOptions;
  #fail: (error: DeadlinePassed) => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DeadlineOptions) {
    this.#options = options;
    this.passed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.passed.catch(() => {});
    this.restart();
  }

  /** All of the time is left again. */
  restart(): void {
    clearTimeout(this.#timer);
    const { limit, waited } = this.#options;
    const began = performance.now();
    this.#timer = setTimeout(() => {
      const looked = performance.now();
      const before = waited();
      const wait = (milliseconds: number) => {
        this.#timer = setTimeout(() => {
          const now = performance.now();
          const left = limit * PATIENCE - (now - began);
          const lost = (waited() ?? 0) - (before ?? 0);
          if (left > 1 && before !== undefined && lost > (now - looked) * STARVED)
            wait(Math.min(limit * EXTENSION, left));
          else this.#fail(new DeadlinePassed(`The deadline of ${limit} ms passed`));
        }, milliseconds);
      };
      wait(Math.max(0, began + limit - looked));
    }, limit * FIRST_LOOK);
  }

  /** The page was in time. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}
