import { UsageError } from "../../../infra/errors.js";

/** Runs jobs one at a time, in order. */
export interface Queue {
  /** Rejects with a UsageError once closed. */
  run<T>(job: () => Promise<T>): Promise<T>;
  /** Waits for the jobs at hand, runs `last` once, and takes no more. Twice is fine. */
  close(last: () => Promise<void>): Promise<void>;
}

/** @param around runs each job, default at once */
export function createQueue(
  closedMessage: string,
  around: <T>(job: () => Promise<T>) => Promise<T> = (job) => job(),
): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  const enqueue = <T>(job: () => Promise<T>): Promise<T> => {
    const result = tail.then(() => around(job));
    tail = result.catch(() => {});
    return result;
  };
  return {
    run: async (job) => {
      if (closing) throw new UsageError(closedMessage);
      return enqueue(job);
    },
    close(last) {
      closing ??= enqueue(last);
      return closing;
    },
  };
}
