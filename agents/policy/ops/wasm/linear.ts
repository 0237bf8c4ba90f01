import type { Tensor2D } from "@tensorflow/tfjs-core";
import { UsageError } from "../../../../infra/errors.js";
import { defineKernel } from "./register.js";
import { packedScratch, transposedAScratch } from "./scratch.js";

const linearInput = defineKernel<"dy" | "weight">({
  name: "WebGenLinearInputGradient",
  forward(heap, { dy, weight }) {
    const [n, rows] = dy.shape as [number, number];
    const columns = weight.shape[1] as number;
    const dx = heap.output([n, columns]);
    const scratch = heap.scratch(packedScratch(columns, rows));
    heap.kernels.gemm(heap.pointer(dy), heap.pointer(weight), heap.pointer(dx), n, columns, rows, scratch);
    return dx;
  },
});

const linearWeight = defineKernel<"dy" | "x">({
  name: "WebGenLinearWeightGradient",
  forward(heap, { dy, x }) {
    const [n, rows] = dy.shape as [number, number];
    const columns = x.shape[1] as number;
    const dWeight = heap.output([rows, columns]);
    const scratch = heap.scratch(transposedAScratch(rows, columns));
    const pointers = [heap.pointer(dy), heap.pointer(x), heap.pointer(dWeight)];
    heap.kernels.gemmTransposedA(...pointers, rows, columns, n, scratch, 0);
    return dWeight;
  },
});

const runLinear = defineKernel<"x" | "weight">({
  name: "WebGenLinear",
  forward(heap, { x, weight }) {
    const [n, columns] = x.shape as [number, number];
    const rows = weight.shape[0] as number;
    const y = heap.output([n, rows]);
    const scratch = heap.scratch(packedScratch(rows, columns));
    heap.kernels.gemmTransposedB(...[x, weight, y].map(heap.pointer), n, rows, columns, scratch);
    return y;
  },
  gradient: {
    saveInputs: ["x", "weight"],
    of: ([dy], [x, weight]) => ({
      x: () => linearInput({ dy: dy!, weight: weight! })[0]!,
      weight: () => linearWeight({ dy: dy!, x: x! })[0]!,
    }),
  },
});

export function linear(x: Tensor2D, weight: Tensor2D): Tensor2D {
  if (x.shape[1] !== weight.shape[1]) {
    throw new UsageError(
      `linear needs x [n, in] and weight [out, in] with the same \`in\`; got [${x.shape}] and [${weight.shape}].`,
    );
  }
  return runLinear({ x, weight })[0] as Tensor2D;
}
