import { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { CDPSession } from "playwright";
import { messageOf } from "../../../infra/errors.js";
import {
  carriesPicture,
  isHeavy,
  isLargePicture,
  type Message,
  parseLargePicture,
  parseMessage,
} from "./message.js";
import { keepSource } from "./source.js";

/** The pipe to the browser broke: it crashed, was killed, or was closed. */
export class BrowserGone extends Error {
  override readonly name = "BrowserGone";
}

/** The browser sent more in one go than is read, of a page's making; it was stopped. */
export class MessageTooLarge extends BrowserGone {}

/** The page was closed or its process ended, while the browser lives on. */
export class PageGone extends Error {
  override readonly name = "PageGone";
}

/** A command the browser refused, with its answer. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** One flat Chrome DevTools Protocol session. Commands and events are typed by Playwright's protocol types. */
export interface Session {
  readonly send: CDPSession["send"];
  readonly on: CDPSession["on"];
  readonly once: CDPSession["once"];
  readonly off: CDPSession["off"];
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly method: string;
  readonly sessionId: string;
}

const NUL = 0;
/** Bytes of a message at most: what takes less than 100 ms to parse, whatever it says. */
const MOST_BYTES = 16 * 2 ** 20;
/** Bytes of a message with a picture at most: the largest picture, stored without compression, as base64. */
const MOST_PICTURE_BYTES = 160 * 2 ** 20;

/**
 * The Chrome DevTools Protocol over the two pipes of `--remote-debugging-pipe`: JSON messages, each ended by a zero byte.
 * Nothing listens on a port. Measured against Playwright's session, it saves the copy through a web socket and the
 * bookkeeping of frames and requests for each page.
 */
export class Connection {
  readonly browser: Session;
  /** Rejects when the browser is gone. */
  readonly gone: Promise<never>;
  readonly #output: Writable;
  readonly #pending = new Map<number, Pending>();
  readonly #emitters = new Map<string, EventEmitter>();
  #chunks: Buffer[] = [];
  #length = 0;
  #nextId = 0;
  #outgoing = "";
  #gone: BrowserGone | undefined;
  #announce: (error: BrowserGone) => void = () => {};

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    this.gone = new Promise((_, reject) => {
      this.#announce = reject;
    });
    this.gone.catch(() => {});
    input.on("data", (chunk: Buffer) => this.#receive(chunk));
    input.on("error", (error) => this.end(messageOf(error)));
    input.on("close", () => this.end("the pipe was closed"));
    output.on("error", (error) => this.end(messageOf(error)));
    this.browser = this.#open("");
  }

  /** Attaches to a target. */
  async attach(targetId: string): Promise<Session> {
    const { sessionId } = await this.browser.send("Target.attachToTarget", { targetId, flatten: true });
    return this.#open(sessionId);
  }

  /** Rejects everything that is under way and everything sent from now on. */
  end(reason: string | BrowserGone): void {
    if (this.#gone) return;
    this.#gone = typeof reason === "string" ? new BrowserGone(`The browser is gone: ${reason}.`) : reason;
    this.#chunks = [];
    this.#announce(this.#gone);
    for (const { reject } of this.#pending.values()) reject(this.#gone);
    this.#pending.clear();
    this.#emitters.clear();
  }

  #detached(sessionId: string): void {
    this.#emitters.delete(sessionId);
    for (const [id, pending] of this.#pending) {
      if (pending.sessionId !== sessionId) continue;
      this.#pending.delete(id);
      pending.reject(new PageGone("The page is gone."));
    }
  }

  #open(sessionId: string): Session {
    const emitter = new EventEmitter();
    emitter.setMaxListeners(0);
    this.#emitters.set(sessionId, emitter);
    const send = (method: string, params: object = {}) => this.#send(sessionId, method, params);
    return {
      send: send as unknown as Session["send"],
      on: emitter.on.bind(emitter) as unknown as Session["on"],
      once: emitter.once.bind(emitter) as unknown as Session["once"],
      off: emitter.off.bind(emitter) as unknown as Session["off"],
    };
  }

  #send(sessionId: string, method: string, params: object): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = ++this.#nextId;
    const message = sessionId === "" ? { id, method, params } : { id, method, params, sessionId };
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, method, sessionId });
      this.#write(`${JSON.stringify(message)}\0`);
    });
  }

  /** What is sent in one go is written in one go: each write wakes the browser. */
  #write(text: string): void {
    if (this.#outgoing === "") process.nextTick(() => this.#flush());
    this.#outgoing += text;
  }

  #flush(): void {
    const text = this.#outgoing;
    this.#outgoing = "";
    if (!this.#gone) this.#output.write(text);
  }

  /** Whatever a browser sends, nothing is thrown: this is called by the pipe. */
  #receive(chunk: Buffer): void {
    try {
      this.#read(chunk);
    } catch (error) {
      this.end(`what it said could not be handled (${messageOf(error)})`);
    }
  }

  #read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NUL); end >= 0 && !this.#gone; end = chunk.indexOf(NUL, start)) {
      const tail = chunk.subarray(start, end);
      const whole = this.#chunks.length === 0 ? tail : Buffer.concat([...this.#chunks, tail]);
      this.#chunks = [];
      this.#length = 0;
      start = end + 1;
      if (isHeavy(whole)) {
        this.end(new MessageTooLarge("The page makes the browser say more values than are read in one go."));
        return;
      }
      if (isLargePicture(whole)) this.#dispatchLater(whole);
      else {
        const message = parseMessage(whole);
        keepSource(message.result, whole);
        this.#dispatch(message);
      }
    }
    if (this.#gone || start === chunk.length) return;
    this.#chunks.push(chunk.subarray(start));
    this.#length += chunk.length - start;
    const most = carriesPicture(this.#chunks[0] as Buffer) ? MOST_PICTURE_BYTES : MOST_BYTES;
    if (this.#length > most)
      this.end(new MessageTooLarge(`The page makes the browser say more than ${most} bytes in one go.`));
  }

  /** An answer with a large picture comes when it is decoded; what else the browser says meanwhile does not wait for it. */
  #dispatchLater(whole: Buffer): void {
    parseLargePicture(whole).then(
      (message) => this.#dispatch(message),
      (error: unknown) => this.end(`what it said could not be handled (${messageOf(error)})`),
    );
  }

  #dispatch({ id, method, params, sessionId = "", result, error }: Message): void {
    if (id === undefined) {
      if (method !== undefined) this.#emitters.get(sessionId)?.emit(method, params);
      if (method === "Target.detachedFromTarget") this.#detached((params as { sessionId: string }).sessionId);
      return;
    }
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) pending?.reject(new ProtocolError(`${pending.method}: ${error.message}`));
    else pending?.resolve(result as never);
  }
}
