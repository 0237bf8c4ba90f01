import type { Session } from "../browser/connection.js";

const NAME = "webgen";

/** A script world of the main frame that shares the page's DOM and layout, but none of its globals or patched prototypes. */
export class IsolatedWorld {
  readonly #session: Session;
  readonly #frameId: string;
  readonly #installed = new Set<string>();
  #context: Promise<number> | undefined;

  constructor(session: Session, frameId: string) {
    this.#session = session;
    this.#frameId = frameId;
  }

  /** Says that another document has taken the place of the one before. */
  renew(): void {
    this.#context = undefined;
  }

  /** Value of an expression, a promise awaited. Rejects with the first line of what it throws. */
  async evaluate<T>(expression: string): Promise<T> {
    this.#context ??= this.#session
      .send("Page.createIsolatedWorld", { frameId: this.#frameId, worldName: NAME })
      .then(({ executionContextId }) => executionContextId);
    const { result, exceptionDetails } = await this.#session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      contextId: await this.#context,
    });
    if (exceptionDetails) {
      const { exception, text } = exceptionDetails;
      throw new Error(exception?.description?.split("\n", 1)[0] ?? text);
    }
    return result.value as T;
  }

  /** Runs a script now and at the start of every document that comes; once, if called again. */
  async install(source: string): Promise<void> {
    if (this.#installed.has(source)) return;
    this.#installed.add(source);
    await Promise.all([
      this.#session.send("Page.addScriptToEvaluateOnNewDocument", { source, worldName: NAME }),
      this.evaluate(source),
    ]);
  }
}
