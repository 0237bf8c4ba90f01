import { InfrastructureError, messageOf } from "../../infra/errors.js";
import { largestMemory } from "../../infra/process-memory.js";
import { processorTime, processTree } from "../../infra/processor-time.js";
import { BadFrame, encodeFrame, FrameReader } from "./frames.js";
import { type LaunchOptions, launchWorker, type WorkerProcess } from "./launch.js";
import type { Layer } from "./layers.js";

export interface WorkerOptions extends LaunchOptions {
  /** Milliseconds of processor time a job may take, its helper processes included. */
  readonly limit: number;
  /** Most bytes of a result. */
  readonly replyBytes: number;
  /** After so many times its limit by the clock a job ends in any case; it was not given the processor. */
  readonly patience: number;
}

/** What became of a job. `stopped` is the doing of its input, `ended` may be, `starved` is not. */
export type JobOutcome =
  | { readonly status: "done"; readonly value: unknown }
  | { readonly status: "stopped"; readonly reason: StopReason; readonly message: string }
  | { readonly status: "ended" | "starved"; readonly message: string };

/** Why a job has no result. */
export type StopReason = "deadline" | "memory" | "too_large" | "threw" | "crash";

const START_LIMIT = 60_000;
/** Share of the memory free at its start that a worker may have taken when it takes another job. */
const MOST_KEPT = 0.25;

/** One worker process, from its start to its end. Does one job at a time. */
export class Worker {
  readonly layers: readonly Layer[];
  readonly #options: WorkerOptions;
  readonly #process: WorkerProcess;
  readonly #frames: FrameReader;
  /** Megabytes of memory with which it takes no other job. */
  readonly #mostMemory: number;
  #settle: ((outcome: JobOutcome) => void) | undefined;
  #ended = false;

  private constructor(options: WorkerOptions, process: WorkerProcess, layers: readonly Layer[]) {
    this.#options = options;
    this.#process = process;
    this.layers = layers;
    this.#frames = new FrameReader(options.replyBytes);
    const memory = largestMemory(processTree(process.pid));
    this.#mostMemory = memory + MOST_KEPT * (options.memoryMegabytes - memory);
    process.replies.on("data", (piece: Buffer) => this.#receive(piece));
    void process.exited.then((complaint) => this.#end(lossOf(complaint)));
    process.keepAlive(false);
  }

  /** Starts a worker. Throws an InfrastructureError when it does not get ready. */
  static async start(options: WorkerOptions): Promise<Worker> {
    const process = await launchWorker(options);
    const frames = new FrameReader(options.replyBytes);
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${START_LIMIT / 1000} s`)), START_LIMIT);
        process.replies.on("data", (piece: Buffer) => frames.push(piece).length > 0 && resolve());
        void process.exited.then((complaint) => reject(new Error(gistOf(complaint) || "it ended")));
      });
      const layers = await process.seal();
      process.replies.removeAllListeners("data");
      return new Worker(options, process, layers);
    } catch (error) {
      process.kill();
      throw new InfrastructureError(`A worker process does not start: ${messageOf(error)}`);
    } finally {
      clearTimeout(timer);
    }
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Whether it cannot take another job. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Whether jobs left so much in its memory that the next would not have what it may have. */
  get full(): boolean {
    return largestMemory(processTree(this.pid)) > this.#mostMemory;
  }

  /** Does a job. Never rejects; ends with the worker when the job does not end by itself. */
  async run(job: string, input: unknown): Promise<JobOutcome> {
    if (this.#ended) return { status: "starved", message: "The worker had ended." };
    const request = encodeFrame({ job, input });
    this.#process.keepAlive(true);
    const outcome = await new Promise<JobOutcome>((resolve) => {
      this.#settle = resolve;
      this.#watch();
      this.#process.requests.write(request);
    });
    this.#process.keepAlive(false);
    return outcome;
  }

  /** Kills it. */
  kill(): void {
    this.#end({ status: "starved", message: "The worker was stopped." });
  }

  #receive(piece: Buffer): void {
    try {
      for (const value of this.#frames.push(piece)) {
        const settle = this.#settle;
        if (!settle) throw new BadFrame("A worker speaks unasked.");
        this.#settle = undefined;
        settle(outcomeOf(value as Reply));
      }
    } catch (error) {
      this.#end({ status: "stopped", reason: "too_large", message: messageOf(error) });
    }
  }

  /** Ends the job when its processor time is used up. */
  #watch(): void {
    const { limit, patience } = this.#options;
    const settle = this.#settle;
    const used = () => processorTime(processTree(this.pid)) ?? performance.now();
    const before = used();
    const started = performance.now();
    const wait = (milliseconds: number) => {
      const timer = setTimeout(() => {
        if (this.#settle !== settle) return;
        const left = limit - (used() - before);
        if (left <= 0)
          this.#end({ status: "stopped", reason: "deadline", message: `It took more than ${limit} ms.` });
        else if (performance.now() - started > limit * patience)
          this.#end({
            status: "starved",
            message: `The machine did not get to it within ${limit * patience} ms.`,
          });
        else wait(Math.max(20, left));
      }, milliseconds);
      timer.unref();
    };
    wait(limit);
  }

  #end(outcome: JobOutcome): void {
    this.#ended = true;
    this.#process.kill();
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(outcome);
  }
}

/** What a worker answers; one of the three. */
interface Reply {
  readonly done?: unknown;
  readonly threw?: unknown;
  readonly tooLarge?: unknown;
}

function outcomeOf({ done, threw, tooLarge }: Reply): JobOutcome {
  if (typeof threw === "string") return { status: "stopped", reason: "threw", message: threw };
  if (typeof tooLarge === "string") return { status: "stopped", reason: "too_large", message: tooLarge };
  return { status: "done", value: done };
}

/** What a worker's last words tell of its end. */
function lossOf(complaint: string): JobOutcome {
  if (/heap out of memory|Allocation failed|out of memory|bad_alloc/i.test(complaint))
    return { status: "stopped", reason: "memory", message: "It needed more memory than it may have." };
  const gist = gistOf(complaint);
  return { status: "ended", message: `The worker ended${gist ? `: ${gist}` : "."}` };
}

/** The line of a program's last words that says most. */
function gistOf(complaint: string): string {
  const lines = complaint.trim().split("\n");
  return (lines.find((line) => /Error\b.*:/.test(line)) ?? lines.at(-1) ?? "").trim().slice(0, 200);
}
