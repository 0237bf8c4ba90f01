/** One message of the Chrome DevTools Protocol. */
export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The answer to `HeadlessExperimental.beginFrame` as `parseMessage` gives it. */
export interface FrameAnswer {
  /** Bytes of the picture; absent when there was none. */
  readonly screenshotData?: Buffer;
}

/** Inside a JSON string the quotes would be escaped, so this is a key wherever it stands. */
const PICTURE = '"screenshotData":"';
const QUOTE = 0x22;
/** Characters of base64 decoded in one go; so short a string dies young. */
const CHUNK = 65_536;

/**
 * Reads a message. The picture of a frame comes as bytes, not as base64: as a string of some hundred thousand characters, made
 * twice, each would hasten the next full collection of garbage, which takes 4 % of all rendering.
 *
 * Throws a SyntaxError for what is not JSON.
 */
export function parseMessage(bytes: Buffer): Message {
  const key = bytes.indexOf(PICTURE);
  if (key < 0) return JSON.parse(bytes.toString("utf8")) as Message;
  const start = key + PICTURE.length;
  const end = bytes.indexOf(QUOTE, start);
  const rest = bytes.toString("utf8", 0, start) + bytes.toString("utf8", end);
  const message = JSON.parse(rest) as { result: object };
  const screenshotData = decodeBase64(bytes.subarray(start, end));
  return { ...message, result: { ...message.result, screenshotData } satisfies FrameAnswer };
}

/** Bytes at the head of a message in which the key of a picture stands. */
const HEAD = 200;

/** Whether a message that begins like this may be the answer with a picture. */
export function carriesPicture(beginning: Buffer): boolean {
  return beginning.subarray(0, HEAD).includes(PICTURE) || beginning.subarray(0, HEAD).includes('"data":"');
}

function decodeBase64(text: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(Math.ceil(text.length / 4) * 3);
  let length = 0;
  for (let at = 0; at < text.length; at += CHUNK)
    length += decoded.write(text.toString("latin1", at, at + CHUNK), length, "base64");
  return decoded.subarray(0, length);
}
