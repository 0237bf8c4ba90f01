import type { ConsoleMessage } from "../../contract/rendered-page.js";
import { namesDeferral } from "./deferred.js";

/** How much of a page's talk is kept. */
const MAX_MESSAGES = 200;
const MAX_LENGTH = 2000;

/** A request the page made and did not get. */
export interface BlockedRequest {
  readonly url: string;
  /** `Document`, `Image`, `Script`, `Stylesheet`, `Font`, `Fetch`, ... as Chromium names them. */
  readonly type: string;
}

/** What the browser is given when it opens a page. */
export interface PageSource {
  readonly html: string;
  /** Where in its origin the page is opened, default `/`. */
  readonly path?: string;
  /** Answers other requests to the page's origin; without it there are none. */
  readonly serve?: (request: ServedRequest) => ServedResponse | undefined;
}

export interface ServedRequest {
  readonly method: string;
  readonly url: URL;
  /** `Document`, `Image`, `Script`, ... as Chromium names them. */
  readonly type: string;
}

export interface ServedResponse {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** What happened while one document was open. Lists are cut at 200 entries and texts at 2,000 characters. */
export class Navigation {
  /** Without the fragment. */
  readonly url: string;
  /** Where the browser is sent. */
  readonly address: string;
  readonly source: PageSource;
  /** Whether parts of the document may be left out of layout. */
  defers: boolean;
  readonly console: ConsoleMessage[] = [];
  readonly errors: string[] = [];
  readonly blocked: BlockedRequest[] = [];
  /** Whether the document was handed out; a second request for it is a reload. */
  served = false;
  /** Documents asked for since a visitor last did something. */
  documents = 0;
  /** Whether the document has replaced the one before it. */
  open = false;
  /** Whether the document was read to its end. */
  loaded = false;
  /** Where the page was going when it was cut off before its end. */
  left: string | undefined;
  /** Messages that came, kept or not. */
  messageCount = 0;

  /** Settled when another document may be handed out. */
  held: Promise<unknown> | undefined;

  /** Called when the document has replaced the one before it. */
  opened: () => void = () => {};
  /** Called when the document has loaded, or was given up. */
  settled: () => void = () => {};
  /** Called when another document takes the place of this one. */
  departed: (url: string) => void = () => {};

  /** Called when a document of the same site has taken the place of this one. */
  renewed: () => void = () => {};
  #going: Promise<void> | undefined;
  #arrived: () => void = () => {};

  constructor(origin: string, source: PageSource) {
    this.address = new URL(source.path ?? "/", origin).href;
    this.url = this.address.replace(/#.*/, "");
    this.source = source;
    this.defers = namesDeferral(source.html);
  }

  /** Whether an address belongs to a site of several documents, of which this is one. */
  isWithin(url: string): boolean {
    return this.source.serve !== undefined && url.startsWith(new URL("/", this.url).href);
  }

  /** Waits until the page has arrived where it is going, if it is, but not for longer than a limit in milliseconds. */
  async arrival(limit: number): Promise<void> {
    const end = performance.now() + limit;
    for (let left = limit; this.#going && left > 0; left = end - performance.now()) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, left);
      });
      await Promise.race([this.#going, late]);
      clearTimeout(timer);
    }
  }

  /** No other document is handed out before this work has ended. */
  hold(work: Promise<unknown>): void {
    this.held = Promise.allSettled([this.held, work]).then(() => {});
  }

  /** The page starts to go to another document of its site. */
  depart(): void {
    this.#going ??= new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  /** The page has arrived, or stays after all. */
  arrive(): void {
    this.#going = undefined;
    this.#arrived();
  }

  log(level: ConsoleMessage["level"], text: string): void {
    this.messageCount++;
    if (this.console.length < MAX_MESSAGES) this.console.push({ level, text: cut(text) });
  }

  error(text: string): void {
    this.messageCount++;
    if (this.errors.length < MAX_MESSAGES) this.errors.push(cut(text));
  }

  block(request: BlockedRequest): void {
    if (this.blocked.length < MAX_MESSAGES) this.blocked.push({ ...request, url: cut(request.url, 300) });
  }
}

function cut(text: string, length = MAX_LENGTH): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
