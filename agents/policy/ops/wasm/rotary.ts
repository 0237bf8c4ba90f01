import type { Tensor, Tensor1D, Tensor4D, TensorInfo } from "@tensorflow/tfjs-core";
import { UsageError } from "../../../../infra/errors.js";
import type { Heap } from "../../kernels/heap.js";
import { inverseFrequencies, type Rope } from "../rope.js";
import { defineKernel } from "./register.js";

type RotarySettings = { rope: Rope; direction: 1 | -1 };
type RunRotary = (inputs: { x: Tensor; positions: Tensor }, settings: RotarySettings) => Tensor[];

const runRotary: RunRotary = defineKernel<"x" | "positions", RotarySettings>({
  name: "WebGenRotary",
  forward(heap, { x, positions }, { rope, direction }) {
    const [batch, time, heads, headSize] = x.shape as [number, number, number, number];
    const y = heap.output(x.shape);
    const table = rotaryTable(heap, rope, headSize, farthest(heap, positions));
    const pointers = [heap.pointer(x), heap.pointer(positions), table, heap.pointer(y)];
    heap.kernels.rotary(...pointers, batch * time, heads, headSize / 2, direction);
    return y;
  },
  gradient: {
    saveInputs: ["positions"],
    of: ([dy], [positions], { rope }) => ({
      x: runRotary({ x: dy!, positions: positions! }, { rope, direction: -1 })[0]!,
    }),
  },
});

export function rotary(x: Tensor4D, positions: Tensor1D, rope: Rope): Tensor4D {
  return runRotary({ x, positions }, { rope, direction: 1 })[0] as Tensor4D;
}

function farthest(heap: Heap, positions: TensorInfo): number {
  const start = heap.pointer(positions) >>> 2;
  let most = 0;
  for (const position of heap.integers().subarray(start, start + (positions.shape[0] as number))) {
    if (position < 0) throw new UsageError(`Rotary positions must not be negative; got ${position}.`);
    if (position > most) most = position;
  }
  return most;
}

interface Table {
  pointer: number;
  positions: number;
}

const tables = new WeakMap<Heap, Map<string, Table>>();

/** Cosines and sines up to a position at least, made once and grown by doubling. */
function rotaryTable(heap: Heap, rope: Rope, headSize: number, position: number): number {
  const half = headSize / 2;
  const known = tables.get(heap) ?? new Map<string, Table>();
  tables.set(heap, known);
  const key = JSON.stringify([headSize, rope]);
  const table = known.get(key);
  if (table && table.positions > position) return table.pointer;
  if (table) heap.release(table.pointer);
  const positions = Math.max(256, 2 ** Math.ceil(Math.log2(position + 1)));
  const pointer = heap.reserve(positions * half * 2 * 4);
  const values = heap.floats().subarray(pointer >>> 2, (pointer >>> 2) + positions * half * 2);
  const frequencies = inverseFrequencies(headSize, rope);
  for (let p = 0; p < positions; p++) {
    for (let i = 0; i < half; i++) {
      const angle = p * (frequencies[i] as number);
      values[p * 2 * half + i] = Math.cos(angle);
      values[(p * 2 + 1) * half + i] = Math.sin(angle);
    }
  }
  known.set(key, { pointer, positions });
  return pointer;
}
