/** Longest string that stands inside a frame's JSON; longer ones follow it as bytes and cost no parsing, as bytes do anyway. */
const LONGEST_INLINE = 256;
/** Key of the object that stands for a string which follows; an object of our own never has it. */
const FOLLOWS = "\u0000follows";
const HEAD = 8;
/** What follows: a string in UTF-8, or bytes as they are. */
const [TEXT, BYTES] = [0, 1] as const;

/** Most bytes of a frame's JSON; parsing as much takes some ten milliseconds. */
export const MOST_JSON_BYTES = 2 ** 20;

/** A frame that is none, or larger than agreed. */
export class BadFrame extends Error {
  override readonly name = "BadFrame";
}

/**
 * A value as bytes: the frame's length and that of its JSON (32-bit little-endian each), the JSON, then the long strings
 * and the bytes of the value one after another. Throws a BadFrame when the JSON alone is larger than `MOST_JSON_BYTES`.
 */
export function encodeFrame(value: unknown): Buffer {
  const texts: Uint8Array[] = [];
  const follow = (bytes: Uint8Array, kind: 0 | 1) => ({
    [FOLLOWS]: [texts.push(bytes) - 1, bytes.length, kind],
  });
  // Bytes have to be a plain Uint8Array: a Buffer turns itself into an array of numbers before it is seen here.
  const json = Buffer.from(
    JSON.stringify([value], function (this: Record<string, unknown>, key, part: unknown) {
      const own = this[key];
      if (own instanceof Uint8Array) return follow(own, BYTES);
      if (typeof part !== "string" || part.length <= LONGEST_INLINE) return part;
      return follow(Buffer.from(part), TEXT);
    }),
  );
  if (json.length > MOST_JSON_BYTES) throw new BadFrame(`A message has ${json.length} bytes of JSON.`);
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(HEAD + json.length + texts.reduce((sum, { length }) => sum + length, 0), 0);
  head.writeUInt32LE(json.length, 4);
  return Buffer.concat([head, json, ...texts]);
}

/**
 * Puts frames together from the pieces in which they arrive. `push` gives the values that are complete; it throws a
 * BadFrame for a frame of more than `mostBytes`, before anything of it is kept, and for one that does not read as agreed.
 */
export class FrameReader {
  readonly #mostBytes: number;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  push(piece: Buffer): unknown[] {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const values: unknown[] = [];
    for (;;) {
      if (this.#length < HEAD) return values;
      if ((this.#pieces[0]?.length ?? 0) < HEAD) this.#pieces = [Buffer.concat(this.#pieces)];
      const wanted = this.#pieces[0]?.readUInt32LE(0) ?? 0;
      if (wanted > this.#mostBytes) throw new BadFrame(`A message has ${wanted} bytes.`);
      if (wanted < HEAD) throw new BadFrame("A message is shorter than its head.");
      if (this.#length < wanted) return values;
      const [first] = this.#pieces;
      const all = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces);
      values.push(decodeFrame(all.subarray(0, wanted)));
      this.#pieces = [all.subarray(wanted)];
      this.#length = all.length - wanted;
    }
  }
}

function decodeFrame(frame: Buffer): unknown {
  const length = frame.readUInt32LE(4);
  if (length > MOST_JSON_BYTES || HEAD + length > frame.length)
    throw new BadFrame(`A message has ${length} bytes of JSON.`);
  const lengths: number[] = [];
  const json = frame.toString("utf8", HEAD, HEAD + length);
  let at = HEAD + length;
  try {
    const [value] = JSON.parse(json, (_, part: unknown) => {
      if (typeof part !== "object" || part === null || !Object.hasOwn(part, FOLLOWS)) return part;
      const [index, size, kind] = (part as { readonly [FOLLOWS]: [number, number, number] })[FOLLOWS];
      if (index !== lengths.length || at + size > frame.length) throw new BadFrame("A text lies elsewhere.");
      lengths.push(size);
      at += size;
      return kind === BYTES
        ? Uint8Array.from(frame.subarray(at - size, at))
        : frame.toString("utf8", at - size, at);
    }) as [unknown];
    return value;
  } catch (error) {
    if (error instanceof BadFrame) throw error;
    throw new BadFrame("A message is no JSON.");
  }
}
