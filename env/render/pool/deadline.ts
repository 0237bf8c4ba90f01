/** The time a page had is up. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

export interface DeadlineOptions {
  /** Milliseconds a page may take. */
  readonly limit: number;
  /** Milliseconds of processor time its browser has used so far; undefined when unknown. */
  readonly used: () => number | undefined;
}

/** A page that was given the processor for less than this share of its limit did not have its time. */
const FAIR_SHARE = 0.4;
/** After this many times its limit a page is stopped in any case. */
const PATIENCE = 4;

/**
 * A deadline that is fair on a busy machine: when the limit passes but the page's browser had hardly any processor time,
 * it goes on, up to four times the limit. Otherwise the same page would fail or not depending on what else runs.
 */
export class Deadline {
  /** Rejects with DeadlinePassed when the time is up. */
  readonly passed: Promise<never>;
  #timer: NodeJS.Timeout | undefined;

  constructor({ limit, used }: DeadlineOptions) {
    const before = used();
    this.passed = new Promise((_, reject) => {
      const wait = (round: number) => {
        this.#timer = setTimeout(() => {
          const now = used();
          const starved = before !== undefined && now !== undefined && now - before < limit * FAIR_SHARE;
          if (starved && round < PATIENCE) wait(round + 1);
          else reject(new DeadlinePassed(`The deadline of ${limit} ms passed`));
        }, limit);
      };
      wait(1);
    });
    this.passed.catch(() => {});
  }

  /** The page was in time. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}
