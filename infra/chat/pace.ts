import { setTimeout as sleep } from "node:timers/promises";

/** Options of a pace. */
export interface PaceOptions {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Most requests that start within any `window`; default no limit. */
  readonly requests?: number;
  /** Milliseconds, default a minute. */
  readonly window?: number;
}

/** Decides when a request may start. */
export interface Pace {
  /** Runs `send` when its turn comes. Rejects with the signal's reason when that aborts first. */
  run<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Lets no request start for this many milliseconds, as a server asked for. */
  pause(milliseconds: number): void;
}

/** At most `concurrency` requests at once and `requests` within any window, in the order in which they were asked for. */
export function createPace({ concurrency, requests = Infinity, window = 60_000 }: PaceOptions): Pace {
  let running = 0;
  let pausedUntil = 0;
  const waiting: (() => void)[] = [];
  /** Times at which the last requests started. */
  const starts: number[] = [];
  /** Requests pass one after the other through the wait for the window, so that none overtakes. */
  let door: Promise<unknown> = Promise.resolve();

  async function place(signal: AbortSignal): Promise<void> {
    if (running < concurrency) {
      running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      waiting.push(go);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  function free(): void {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }

  async function turn(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = performance.now();
      while (starts.length > 0 && (starts[0] as number) <= now - window) starts.shift();
      const oldest = starts[starts.length - requests];
      const wait = Math.max(pausedUntil - now, oldest === undefined ? 0 : oldest + window - now);
      if (wait <= 0) break;
      await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    if (Number.isFinite(requests)) starts.push(performance.now());
  }

  return {
    async run(send, signal) {
      signal.throwIfAborted();
      await place(signal);
      try {
        const mine = door.then(() => turn(signal));
        door = mine.catch(() => {});
        await mine;
        return await send();
      } finally {
        free();
      }
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, performance.now() + milliseconds);
    },
  };
}
