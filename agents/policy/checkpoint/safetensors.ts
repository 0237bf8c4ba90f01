import { type FileHandle, open } from "node:fs/promises";
import { InfrastructureError } from "../../../infra/errors.js";
import { fileError } from "../../../infra/files.js";
import type { Weights } from "../engine/engine.js";
import { BYTES_PER_NUMBER, type FloatFormat, toFloat32 } from "./float-formats.js";

/** What a safetensors file holds. Numbers are float32 whatever the file stores. */
export interface Safetensors {
  readonly tensors: Weights;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** As the reference implementation refuses more: safetensors/src/tensor.rs, `MAX_HEADER_SIZE`. */
const MOST_HEADER_BYTES = 100_000_000;

/**
 * The bytes of a safetensors file in parts, float32 and in the map's order. The header is padded with spaces so that
 * the numbers start at a multiple of 8. Format: https://huggingface.co/docs/safetensors/index.
 */
export function* encodeSafetensors(
  tensors: Weights,
  metadata: Readonly<Record<string, string>> = {},
): Generator<Uint8Array> {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const start = new Uint8Array(8 + headerBytes).fill(0x20);
  new DataView(start.buffer).setBigUint64(0, BigInt(headerBytes), true);
  start.set(json, 8);
  yield start;
  for (const { data } of tensors.values())
    yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Reads a safetensors file of F32, F16 or BF16 tensors, one tensor at a time. Throws an InfrastructureError when the
 * file cannot be read, is cut short, or holds other kinds of numbers.
 */
export async function readSafetensors(path: string): Promise<Safetensors> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    throw fileError("read", path, error);
  }
  try {
    const { size } = await file.stat();
    const { header, start } = await readHeader(file, path, size);
    const { __metadata__: metadata = {}, ...entries } = header;
    const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>();
    for (const [name, entry] of Object.entries(entries as Record<string, Entry>)) {
      const format = checkEntry(path, name, entry, size - start);
      const [from, to] = entry.data_offsets;
      const bytes = await readRange(file, start + from, to - from);
      tensors.set(name, { shape: entry.shape, data: toFloat32(bytes, format) });
    }
    return { tensors, metadata: metadata as Record<string, string> };
  } finally {
    await file.close();
  }
}

async function readHeader(file: FileHandle, path: string, size: number) {
  const prefix = await readRange(file, 0, Math.min(8, size));
  const length = prefix.length < 8 ? -1 : Number(new DataView(prefix.buffer).getBigUint64(0, true));
  if (length < 2 || length > Math.min(MOST_HEADER_BYTES, size - 8))
    throw damaged(path, "its header is not whole");
  const text = new TextDecoder().decode(await readRange(file, 8, length));
  try {
    return { header: JSON.parse(text) as Record<string, unknown>, start: 8 + length };
  } catch {
    throw damaged(path, "its header is not JSON");
  }
}

function checkEntry(
  path: string,
  name: string,
  { dtype, shape, data_offsets }: Entry,
  size: number,
): FloatFormat {
  if (!Object.hasOwn(BYTES_PER_NUMBER, dtype))
    throw new InfrastructureError(
      `${path} stores ${name} as ${dtype}; F32, F16 and BF16 can be read. Convert the file to one of them.`,
    );
  const format = dtype as FloatFormat;
  const [from, to] = data_offsets;
  const bytes = BYTES_PER_NUMBER[format] * shape.reduce((product, extent) => product * extent, 1);
  if (!(from >= 0 && to - from === bytes && to <= size))
    throw damaged(path, `${name} should take ${bytes} bytes but the file holds fewer or others`);
  return format;
}

async function readRange(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes;
}

function damaged(path: string, what: string): InfrastructureError {
  return new InfrastructureError(
    `${path} is damaged: ${what}. Copy or download it again, or go back to an earlier checkpoint.`,
  );
}
