/** Shows what a browser leaves out of layout until it comes near the window. Value: 0. */
const SHOW_ALL = `for (const element of document.querySelectorAll("*"))
  if (getComputedStyle(element).contentVisibility === "auto")
    element.style?.setProperty("content-visibility", "visible", "important"); 0`;

/** Whether anything is loaded only when it comes near the window. */
const LOADS_LATE = `document.querySelector("img[loading=lazy], iframe[loading=lazy]") !== null`;

/** What of a document waits for its place to come into view, in the browser's own ways. */
export class Deferred {
  readonly #served: boolean;
  #hides: boolean;

  /** @param served whether there are other files than the document */
  constructor(html: string, served: boolean) {
    this.#served = served;
    this.#hides = hides(html);
  }

  /** Takes note of another file that is handed out. */
  read(body: string | Uint8Array): void {
    if (!this.#hides)
      this.#hides = hides(typeof body === "string" ? body : Buffer.from(body).toString("latin1"));
  }

  /** Lays out what is left out. Nothing is asked of a document whose sources do not name such a thing. */
  async show(evaluate: (expression: string) => Promise<unknown>): Promise<void> {
    if (this.#hides) await evaluate(SHOW_ALL);
  }

  /** Whether files are loaded late. Where there are none to load, nothing is asked. */
  async loads(evaluate: (expression: string) => Promise<unknown>): Promise<boolean> {
    return this.#served && (await evaluate(LOADS_LATE)) === true;
  }
}

function hides(text: string): boolean {
  return /content-?visibility/i.test(text);
}
