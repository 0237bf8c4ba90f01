import { maskedCrc32c } from "./crc32c.js";

/*
 * TensorBoard's event files: TFRecords (tensorflow/core/lib/io/record_writer.cc), each an `Event` message
 * (tensorflow/core/util/event.proto). Only what scalars need is here.
 */

/** Scalars that were measured at one step. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** A whole number from 0. */
  readonly step: number;
  /** Values by tag. They are kept as 32-bit floats. */
  readonly scalars: Readonly<Record<string, number>>;
}

/** The record that an event file begins with. */
export function versionRecord(wallTime: number): Buffer {
  return record(Buffer.concat([double(1, wallTime), bytes(3, Buffer.from("brain.Event:2"))]));
}

/** The record of a step's scalars. */
export function scalarRecord({ wallTime, step, scalars }: ScalarEvent): Buffer {
  const values = Object.entries(scalars).map(([tag, value]) =>
    bytes(1, Buffer.concat([bytes(1, Buffer.from(tag)), float(2, value)])),
  );
  const stepField = step === 0 ? [] : [Buffer.concat([key(2, VARINT), varint(step)])];
  return record(Buffer.concat([double(1, wallTime), ...stepField, bytes(5, Buffer.concat(values))]));
}

/** A TFRecord: length in 64 bits, its masked CRC, the data, its masked CRC; little-endian. */
function record(data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([header, checksum(header), data, checksum(data)]);
}

function checksum(data: Buffer): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(maskedCrc32c(data));
  return out;
}

/** Wire types of protocol buffers (https://protobuf.dev/programming-guides/encoding). */
const [VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES] = [0, 1, 2, 5] as const;

const key = (field: number, wireType: number): Buffer => varint((field << 3) | wireType);

function varint(value: number): Buffer {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  return Buffer.from([...out, rest]);
}

function double(field: number, value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeDoubleLE(value);
  return Buffer.concat([key(field, EIGHT_BYTES), out]);
}

function float(field: number, value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeFloatLE(value);
  return Buffer.concat([key(field, FOUR_BYTES), out]);
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([key(field, LENGTH), varint(value.length), value]);
}
