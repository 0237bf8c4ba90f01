import type { ConsoleMessage } from "../rendered-page.js";

/** How much of a page's talk is kept. */
const MAX_MESSAGES = 200;
const MAX_LENGTH = 2000;

/** A request the page made and did not get. */
export interface BlockedRequest {
  readonly url: string;
  /** `Document`, `Image`, `Script`, `Stylesheet`, `Font`, `Fetch`, ... as Chromium names them. */
  readonly type: string;
}

/** What happened while one document was open. Lists are cut at 200 entries and texts at 2,000 characters. */
export class Visit {
  readonly url: string;
  readonly html: string;
  readonly console: ConsoleMessage[] = [];
  readonly errors: string[] = [];
  readonly blocked: BlockedRequest[] = [];
  /** Whether the document was handed out; a second request for it is a reload. */
  served = false;
  /** Whether the document has replaced the one before it. */
  open = false;
  /** Whether the document was read to its end. */
  loaded = false;
  /** Where the page was going when it was cut off before its end. */
  left: string | undefined;
  /** Messages that came, kept or not. */
  messageCount = 0;

  /** Called when the document has loaded, or was given up. */
  settled: () => void = () => {};
  /** Called when another document takes the place of this one. */
  departed: (url: string) => void = () => {};

  constructor(url: string, html: string) {
    this.url = url;
    this.html = html;
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
