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
    const { result, exceptionDetails } = await this.#session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      contextId: await this.#open(),
    });
    if (exceptionDetails) {
      const { exception, text } = exceptionDetails;
      throw new Error(exception?.description?.split("\n", 1)[0] ?? text);
    }
    return result.value as T;
  }

  /** Calls a function on a node of the document, as `this`. Its value is not returned. */
  async callOn(backendNodeId: number, functionDeclaration: string): Promise<void> {
    const executionContextId = await this.#open();
    const { object } = await this.#session.send("DOM.resolveNode", { backendNodeId, executionContextId });
    if (object.objectId === undefined) return;
    const { objectId } = object;
    await this.#session.send("Runtime.callFunctionOn", { objectId, functionDeclaration });
  }

  #open(): Promise<number> {
    this.#context ??= this.#session
      .send("Page.createIsolatedWorld", { frameId: this.#frameId, worldName: NAME })
      .then(({ executionContextId }) => executionContextId);
    return this.#context;
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
