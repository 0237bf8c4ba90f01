import type { RenderOutcome } from "../../contract/rendered-page.js";

/** One render for several who asked for the same. It is stopped when all of them have given it up. */
export class SharedRender {
  readonly #outcome: Promise<RenderOutcome>;
  readonly #controller = new AbortController();
  readonly #over: () => void;
  #joined = 0;

  /** @param over called when nobody may join any more */
  constructor(render: (signal: AbortSignal) => Promise<RenderOutcome>, over: () => void) {
    this.#over = over;
    this.#outcome = render(this.#controller.signal).finally(over);
    this.#outcome.catch(() => {});
  }

  /** The outcome; rejects with the signal's reason when that is aborted first. */
  join(signal?: AbortSignal): Promise<RenderOutcome> {
    this.#joined++;
    if (signal === undefined) return this.#outcome;
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (--this.#joined === 0) {
          this.#over();
          this.#controller.abort(signal.reason);
        }
        reject(signal.reason);
      };
      if (signal.aborted) return leave();
      signal.addEventListener("abort", leave, { once: true });
      this.#outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
  }
}
