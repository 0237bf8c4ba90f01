import { Session } from "node:inspector/promises";

/** Tells which pieces of some modules have run, block by block, by V8's own counting. */
export class Coverage {
  readonly #session = new Session();
  readonly #files: RegExp;
  readonly #seen = new Set<string>();

  /** @param files addresses of the modules that count */
  constructor(files: RegExp) {
    this.#files = files;
  }

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** Number of pieces that ran since the last call, and never before; a piece that ran ten times as often is another. */
  async fresh(): Promise<number> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const before = this.#seen.size;
    for (const { url, functions } of result)
      if (this.#files.test(url))
        for (const { ranges } of functions)
          for (const { startOffset, endOffset, count } of ranges)
            if (count > 0)
              this.#seen.add(`${url}:${startOffset}:${endOffset}:${Math.floor(Math.log10(count))}`);
    return this.#seen.size - before;
  }

  get pieces(): number {
    return this.#seen.size;
  }

  stop(): void {
    this.#session.disconnect();
  }
}
