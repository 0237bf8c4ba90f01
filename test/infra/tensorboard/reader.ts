import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** An event as read from a file, after the formats' specifications and without a line of the code that writes them. */
export interface ReadEvent {
  wallTime: number;
  step: number;
  version?: string;
  scalars: Record<string, number>;
}

/** Reads TFRecords and checks every length and checksum. */
export function readEventFile(data: Buffer): ReadEvent[] {
  const events: ReadEvent[] = [];
  for (let at = 0; at < data.length; ) {
    const length = Number(data.readBigUInt64LE(at));
    check(data.subarray(at, at + 8), data.readUInt32LE(at + 8));
    const body = data.subarray(at + 12, at + 12 + length);
    if (body.length !== length) throw new Error("The last record is cut off.");
    check(body, data.readUInt32LE(at + 12 + length));
    events.push(readEvent(body));
    at += 16 + length;
  }
  return events;
}

/** All events below a folder, by the name of the folder that holds their file. */
export function readBoard(folder: string): Record<string, ReadEvent[]> {
  const board: Record<string, ReadEvent[]> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!name.includes("tfevents")) continue;
    const events = readEventFile(readFileSync(join(folder, name)));
    board[dirname(name)] = [...(board[dirname(name)] ?? []), ...events];
  }
  return board;
}

function check(data: Buffer, masked: number): void {
  // Bit by bit, from the most significant bit of the unreflected polynomial 0x1EDC6F41.
  const reverse = (value: number, bits: number) =>
    Number.parseInt([...(value >>> 0).toString(2).padStart(bits, "0")].reverse().join(""), 2);
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= reverse(byte, 8) << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x1edc6f41 : crc << 1;
  }
  const value = BigInt(reverse(~crc >>> 0, 32));
  const rotated = ((value >> 15n) | (value << 17n)) & 0xffffffffn;
  if (BigInt(masked) !== ((rotated + 0xa282ead8n) & 0xffffffffn)) throw new Error("A checksum is wrong.");
}

type Field = [field: number, value: Buffer | bigint];

function* fields(data: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): bigint => {
    let [value, shift] = [0n, 0n];
    for (;;) {
      const byte = data[at++]!;
      value |= BigInt(byte & 127) << shift;
      shift += 7n;
      if (byte < 128) return value;
    }
  };
  while (at < data.length) {
    const key = Number(varint());
    const size = { 1: 8, 5: 4 }[key & 7];
    if ((key & 7) === 0) yield [key >> 3, varint()];
    else {
      const length = size ?? Number(varint());
      yield [key >> 3, data.subarray(at, at + length)];
      at += length;
    }
  }
}

function readEvent(data: Buffer): ReadEvent {
  const event: ReadEvent = { wallTime: 0, step: 0, scalars: {} };
  for (const [field, value] of fields(data)) {
    if (field === 1) event.wallTime = (value as Buffer).readDoubleLE();
    if (field === 2) event.step = Number(value);
    if (field === 3) event.version = String(value);
    if (field === 5)
      for (const [, summary] of fields(value as Buffer)) {
        const found = new Map(fields(summary as Buffer));
        event.scalars[String(found.get(1))] = (found.get(2) as Buffer).readFloatLE();
      }
  }
  return event;
}
