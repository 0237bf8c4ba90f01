import { InfrastructureError, UsageError } from "../../../infra/errors.js";

/** More work was asked for than is kept waiting. */
export class QueueFull extends InfrastructureError {}

export interface PoolOptions<T> {
  /** Things in use at the same time. */
  readonly size: number;
  /** Those who may wait for one. */
  readonly queueLimit: number;
  readonly create: () => T;
  /** Those there already. */
  readonly first: readonly T[];
}

interface Waiting<T> {
  readonly take: (item: T) => void;
  readonly refuse: (error: unknown) => void;
}

/** Hands out things one at a time to each, in the order in which they were asked for. */
export class Pool<T> {
  readonly all: T[];
  readonly #options: PoolOptions<T>;
  readonly #idle: T[];
  readonly #waiting = new Set<Waiting<T>>();
  #closed = false;

  constructor(options: PoolOptions<T>) {
    this.#options = options;
    this.all = [...options.first];
    this.#idle = [...options.first];
  }

  /**
   * The next thing that is free. Rejects with a QueueFull when too many wait already, with the signal's reason when it is
   * aborted meanwhile, and with a UsageError once the pool is closed.
   */
  async acquire(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const free = this.#idle.pop();
    if (free !== undefined) return free;
    const { size, queueLimit, create } = this.#options;
    if (this.all.length < size) {
      const fresh = create();
      this.all.push(fresh);
      return fresh;
    }
    if (this.#waiting.size >= queueLimit)
      throw new QueueFull(
        `${queueLimit} renders wait already, and no more are kept waiting; await some before asking for others, or raise queueLimit.`,
      );
    return new Promise((resolve, reject) => {
      const abort = () => waiting.refuse(signal?.reason);
      const leave = () => {
        this.#waiting.delete(waiting);
        signal?.removeEventListener("abort", abort);
      };
      const waiting: Waiting<T> = {
        take(item) {
          leave();
          resolve(item);
        },
        refuse(error) {
          leave();
          reject(error);
        },
      };
      this.#waiting.add(waiting);
      signal?.addEventListener("abort", abort);
    });
  }

  /** Gives a thing back. */
  release(item: T): void {
    const [next] = this.#waiting;
    if (next) next.take(item);
    else this.#idle.push(item);
  }

  /** Refuses all who wait, and all who come. */
  close(): void {
    this.#closed = true;
    for (const { refuse } of [...this.#waiting]) refuse(closedError());
  }
}

/** What is said to a request that a closed renderer does not take on or finish. */
export function closedError(): UsageError {
  return new UsageError("The renderer was closed; create another with createRenderer().");
}
