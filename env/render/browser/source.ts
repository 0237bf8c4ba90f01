/** Bytes of a message from which it is kept beside what was read from it. */
const KEPT = 2 ** 18;

const sources = new WeakMap<object, Uint8Array>();

/** Keeps the message that a large result came in, for as long as the result lives: handing it on costs less than writing it anew. */
export function keepSource(result: unknown, message: Uint8Array): void {
  if (message.length > KEPT && typeof result === "object" && result !== null) sources.set(result, message);
}

/** The message that a result came in; undefined for small ones and for what did not come from a browser. */
export function sourceOf(result: object): Uint8Array | undefined {
  return sources.get(result);
}

/** The result in a message. */
export function resultIn(message: Uint8Array): unknown {
  return (
    JSON.parse(Buffer.from(message.buffer, message.byteOffset, message.length).toString("utf8")) as {
      readonly result: unknown;
    }
  ).result;
}
