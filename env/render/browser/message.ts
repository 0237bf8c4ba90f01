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

/** Bytes of a message from which its values are counted, and the most of them: some 60 ms of parsing. */
const COUNTED = 2 * 2 ** 20;
const MOST_VALUES = 1_500_000;
const COMMA = 0x2c;

/** Whether a message holds so many values that to parse it would hold up the event loop; long texts alone do not. */
export function isHeavy(bytes: Buffer): boolean {
  if (bytes.length < COUNTED || carriesPicture(bytes)) return false;
  let values = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === COMMA) values++;
  return values > MOST_VALUES;
}

/** Whether a message is the answer with the picture of a frame, of more than `LARGE_PICTURE` bytes. */
export function isLargePicture(bytes: Buffer): boolean {
  return bytes.length > LARGE_PICTURE && bytes.subarray(0, HEAD).includes(PICTURE);
}

/** Bytes of a message from which a picture in it is decoded piece by piece; it takes a millisecond for each megabyte. */
export const LARGE_PICTURE = 8 * 2 ** 20;

/** Reads a message with a large picture as `parseMessage` does, and leaves the event loop to others between pieces of it. */
export async function parseLargePicture(bytes: Buffer): Promise<Message> {
  const key = bytes.indexOf(PICTURE);
  const start = key + PICTURE.length;
  const end = bytes.indexOf(QUOTE, start);
  const message = parseMessage(Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]));
  const text = bytes.subarray(start, end);
  const decoded = Buffer.allocUnsafe(Math.ceil(text.length / 4) * 3);
  let length = 0;
  for (let at = 0; at < text.length; at += LARGE_PICTURE) {
    length = decodeInto(decoded, length, text.subarray(at, at + LARGE_PICTURE));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const screenshotData = decoded.subarray(0, length);
  return { ...message, result: { ...(message.result as object), screenshotData } satisfies FrameAnswer };
}

function decodeBase64(text: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(Math.ceil(text.length / 4) * 3);
  return decoded.subarray(0, decodeInto(decoded, 0, text));
}

/** Decodes base64, a multiple of four characters unless it is the end of a text, to a place; gives where it ends. */
function decodeInto(decoded: Buffer, place: number, text: Buffer): number {
  let length = place;
  for (let at = 0; at < text.length; at += CHUNK)
    length += decoded.write(text.toString("latin1", at, at + CHUNK), length, "base64");
  return length;
}
