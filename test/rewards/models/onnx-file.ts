/**
 * Writes small ONNX models as files: just enough of the protobuf encoding and of `onnx.proto` for graphs of float tensors, so
 * that tests need no weights.
 */

/** A tensor of constants. */
export interface Weight {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxGraph {
  /** Names with their dimensions; a name stands for any size. */
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly outputs: readonly string[];
  readonly weights: Readonly<Record<string, Weight>>;
  readonly nodes: readonly OnnxNode[];
}

const FLOAT = 1;
const INT = 2;
const INTS = 7;
const OPSET = 13;
const IR_VERSION = 8;

/** The bytes of a model (ModelProto). */
export function onnxFile({ inputs, outputs, weights, nodes }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) => bytesField(1, nodeBytes(node))),
    text(2, "test"),
    ...Object.entries(weights).map(([name, weight]) => bytesField(5, weightBytes(name, weight))),
    ...Object.entries(inputs).map(([name, dims]) => bytesField(11, valueBytes(name, dims))),
    ...outputs.map((name) => bytesField(12, valueBytes(name, null))),
  ];
  const opset = Buffer.concat([text(1, ""), number(2, OPSET)]);
  return Buffer.concat([number(1, IR_VERSION), bytesField(8, opset), bytesField(7, Buffer.concat(graph))]);
}

function nodeBytes({ op, inputs, output, ints = {} }: OnnxNode): Buffer {
  const attributes = Object.entries(ints).map(([name, value]) => {
    const single = typeof value === "number";
    const values = single ? [number(3, value)] : value.map((each) => number(8, each));
    return bytesField(5, Buffer.concat([text(1, name), ...values, number(20, single ? INT : INTS)]));
  });
  return Buffer.concat([...inputs.map((name) => text(1, name)), text(2, output), text(4, op), ...attributes]);
}

function weightBytes(name: string, { dims, data }: Weight): Buffer {
  const raw = Buffer.from(Float32Array.from(data).buffer);
  return Buffer.concat([
    ...dims.map((dim) => number(1, dim)),
    number(2, FLOAT),
    text(8, name),
    bytesField(9, raw),
  ]);
}

function valueBytes(name: string, dims: readonly (number | string)[] | null): Buffer {
  const shape = (dims ?? []).map((dim) =>
    bytesField(1, typeof dim === "number" ? number(1, dim) : text(2, dim)),
  );
  const tensor = [number(1, FLOAT), ...(dims ? [bytesField(2, Buffer.concat(shape))] : [])];
  return Buffer.concat([text(1, name), bytesField(2, bytesField(1, Buffer.concat(tensor)))]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function bytesField(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}

function text(field: number, value: string): Buffer {
  return bytesField(field, Buffer.from(value, "utf8"));
}
