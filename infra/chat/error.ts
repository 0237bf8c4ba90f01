import { InfrastructureError } from "../errors.js";

interface ChatFault {
  readonly status?: number | undefined;
  readonly retryAfter?: number | undefined;
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

/** A request to a chat server that got no usable reply. */
export class ChatError extends InfrastructureError {
  /** The HTTP status, when the server answered at all. */
  readonly status: number | undefined;
  /** Milliseconds the server asks to wait, when it says. */
  readonly retryAfter: number | undefined;
  /** The server's word for the fault, e.g. `insufficient_quota`. */
  readonly code: string | undefined;

  constructor(message: string, { status, retryAfter, code, cause }: ChatFault = {}) {
    super(message, { cause });
    this.status = status;
    this.retryAfter = retryAfter;
    this.code = code;
  }
}

/** The model answered, but never in the form that was asked for. */
export class UnusableAnswerError extends InfrastructureError {
  /** Its last words. */
  readonly reply: string;

  constructor(message: string, reply: string) {
    super(message);
    this.reply = reply;
  }
}
