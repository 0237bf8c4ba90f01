import { availableParallelism } from "node:os";
import { InfrastructureError } from "../../infra/errors.js";
import type { Layer } from "./layers.js";
import { type StopReason, Worker, type WorkerOptions } from "./worker.js";

export interface SandboxOptions extends Pick<WorkerOptions, "module"> {
  /** Modules that workers import before it, such as those that register something with it. Default none. */
  readonly before?: readonly URL[];
  /** Most workers, default the number of cores, at most 16. They are started as they are needed. */
  readonly workers?: number;
  /** Milliseconds of processor time a job may take, default 5,000. */
  readonly limit?: number;
  /** Most megabytes of JavaScript heap of a worker, default 512. */
  readonly heapMegabytes?: number;
  /** Most megabytes of writable memory of a worker, and of each process it starts, default 1,536. */
  readonly memoryMegabytes?: number;
  /** Most bytes of a result, default 32 MiB. */
  readonly replyBytes?: number;
  /** How many times its limit a job may take by the clock on a machine that is busy with others, default 6. */
  readonly patience?: number;
  /** Jobs after which a worker is replaced by a fresh one, as it is when jobs left much in its memory; default 1,000. */
  readonly recycleAfter?: number;
}

/** What became of a job: its result, or why its input has none. */
export type SandboxOutcome =
  | { readonly status: "done"; readonly value: unknown }
  | { readonly status: "stopped"; readonly reason: StopReason; readonly message: string };

/** Worker processes that do jobs on what nobody trusts. */
export interface Sandbox {
  /**
   * Does a job of the module, with an input and a result that JSON can say. Rejects with an InfrastructureError when the
   * machine does not let it: workers that do not start, or never get the processor.
   */
  run(job: string, input: unknown): Promise<SandboxOutcome>;
  /** What stands around the workers, besides a process of their own with a deadline. Starts one to find out. */
  layers(): Promise<readonly Layer[]>;
  /** Process ids of the workers that are up. */
  readonly pids: readonly number[];
  /** Ends all workers; a later job starts fresh ones. */
  close(): void;
}

/** Attempts at a job whose worker ends by itself, which the machine may have caused; twice in a row the job is to blame. */
const ATTEMPTS = 2;

/**
 * Makes a pool of worker processes, kept warm, each doing one job at a time. A worker that overruns its limits is killed
 * with all it started and replaced; other jobs do not notice.
 *
 * @example
 * const sandbox = createSandbox({ module: new URL("./jobs.js", import.meta.url), limit: 1000 });
 * await sandbox.run("read", { text: "<h1>Hello</h1>" }); // { status: "done", value: ... }
 */
export function createSandbox({
  module,
  before = [],
  workers: most = Math.min(16, availableParallelism()),
  limit = 5000,
  heapMegabytes = 512,
  memoryMegabytes = 1536,
  replyBytes = 32 * 2 ** 20,
  patience = 6,
  recycleAfter = 1000,
}: SandboxOptions): Sandbox {
  const options: WorkerOptions = {
    module,
    before,
    limit,
    heapMegabytes,
    memoryMegabytes,
    replyBytes,
    patience,
  };
  const all = new Map<Worker, { jobs: number }>();
  const idle: Worker[] = [];
  const waiting: { readonly resolve: (worker: Worker) => void; readonly reject: (error: unknown) => void }[] =
    [];
  let starting = 0;

  function acquire(): Promise<Worker> {
    for (let worker = idle.pop(); worker; worker = idle.pop()) {
      if (!worker.ended) return Promise.resolve(worker);
      all.delete(worker);
    }
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      startMore();
    });
  }

  function startMore(): void {
    if (all.size + starting >= most || starting >= waiting.length) return;
    starting++;
    Worker.start(options).then(
      (worker) => {
        starting--;
        all.set(worker, { jobs: 0 });
        release(worker);
      },
      (error: unknown) => {
        starting--;
        waiting.shift()?.reject(error);
        startMore();
      },
    );
  }

  function release(worker: Worker): void {
    const record = all.get(worker);
    if (worker.ended || !record || record.jobs++ >= recycleAfter || worker.full) {
      worker.kill();
      all.delete(worker);
      startMore();
      return;
    }
    const next = waiting.shift();
    if (next) next.resolve(worker);
    else idle.push(worker);
  }

  async function run(job: string, input: unknown): Promise<SandboxOutcome> {
    for (let attempt = 1; ; attempt++) {
      const worker = await acquire();
      const outcome = await worker.run(job, input);
      release(worker);
      if (outcome.status === "done" || outcome.status === "stopped") return outcome;
      const { status, message } = outcome;
      if (attempt < ATTEMPTS) continue;
      if (status === "ended") return { status: "stopped", reason: "crash", message };
      throw new InfrastructureError(`A job could not be done: ${message}`);
    }
  }

  return {
    run,
    async layers() {
      const worker = await acquire();
      release(worker);
      return worker.layers;
    },
    get pids() {
      return [...all.keys()].map(({ pid }) => pid);
    },
    close() {
      for (const worker of all.keys()) worker.kill();
      all.clear();
      idle.length = 0;
    },
  };
}
