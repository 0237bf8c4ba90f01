import type { Tensor1D, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../../../infra/errors.js";
import type { Heap } from "../../kernels/heap.js";
import { defineKernel } from "./register.js";
import { headGradientScratch, headScratch } from "./scratch.js";

/** Logits up to this many bytes are kept for the gradient; beyond, they are computed again, 64 rows at a time. */
const KEEP_BYTES = 32 * 2 ** 20;

const scatter = defineKernel<"ids" | "dy", { vocab: number }>({
  name: "WebGenEmbedGradient",
  forward(heap, { ids, dy }, { vocab }) {
    const [n, width] = dy.shape as [number, number];
    const dTable = heap.output([vocab, width]);
    heap.kernels.scatterAddRows(...[dy, ids, dTable].map(heap.pointer), n, width, vocab);
    return dTable;
  },
});

const runEmbed = defineKernel<"table" | "ids", { vocab: number }>({
  name: "WebGenEmbed",
  forward(heap, { table, ids }, { vocab }) {
    checkIds(heap, ids, vocab, "Token ids");
    const n = ids.shape[0] as number;
    const width = table.shape[1] as number;
    const rows = heap.output([n, width]);
    heap.kernels.gatherRows(...[table, ids, rows].map(heap.pointer), n, width);
    return rows;
  },
  gradient: {
    saveInputs: ["ids"],
    of: ([dy], [ids], settings) => ({ table: scatter({ ids: ids!, dy: dy! }, settings)[0]! }),
  },
});

export function embed(table: Tensor2D, ids: Tensor1D): Tensor2D {
  return runEmbed({ table, ids }, { vocab: table.shape[0] })[0] as Tensor2D;
}

function checkIds(heap: Heap, ids: TensorInfo, vocab: number, what: string): void {
  if (ids.dtype !== "int32") throw new UsageError(`${what} must be an int32 tensor; got ${ids.dtype}.`);
  if (!heap.kernels.idsBelow(heap.pointer(ids), ids.shape[0] as number, vocab)) {
    throw new UsageError(`${what} must lie in [0, ${vocab}), the rows of the table; at least one does not.`);
  }
}

type HeadInputs = "x" | "weight" | "targets";

const headGradient = defineKernel<
  HeadInputs | "entropy" | "logSums" | "logits" | "dLogProbs" | "dEntropy",
  { keep: boolean }
>({
  name: "WebGenHeadGradient",
  forward(heap, inputs, { keep }) {
    const { x, weight, targets, entropy, logSums, logits, dLogProbs, dEntropy } = inputs;
    const [n, hidden] = x.shape as [number, number];
    const vocab = weight.shape[0] as number;
    const dx = heap.output(x.shape);
    const dWeight = heap.output(weight.shape);
    const scratch = heap.scratch(headGradientScratch(hidden, vocab));
    heap.kernels.headGradient(
      ...[x, weight, targets, entropy, logSums].map(heap.pointer),
      keep ? heap.pointer(logits) : 0,
      ...[dLogProbs, dEntropy, dx, dWeight].map(heap.pointer),
      n,
      hidden,
      vocab,
      scratch,
    );
    return [dx, dWeight];
  },
});

const runHead = defineKernel<HeadInputs, { keep: boolean }>({
  name: "WebGenHead",
  forward(heap, { x, weight, targets }, { keep }) {
    const [n, hidden] = x.shape as [number, number];
    const vocab = weight.shape[0] as number;
    checkIds(heap, targets, vocab, "Targets");
    const [logProbs, entropy, logSums] = [heap.output([n]), heap.output([n]), heap.output([n])];
    const logits = heap.output(keep ? [n, vocab] : [0]);
    const scratch = heap.scratch(headScratch(hidden, vocab));
    const kept = keep ? heap.pointer(logits) : 0;
    const pointers = [x, weight, targets, logProbs, entropy, logSums].map(heap.pointer);
    heap.kernels.headLogProbs(...pointers, kept, n, hidden, vocab, scratch);
    return [logProbs, entropy, logSums, logits];
  },
  gradient: {
    saveInputs: ["x", "weight", "targets"],
    saveOutputs: 4,
    of([dLogProbs, dEntropy], [x, weight, targets, , entropy, logSums, logits], settings) {
      const inputs = { x: x!, weight: weight!, targets: targets!, entropy: entropy!, logSums: logSums! };
      const gradients = { logits: logits!, dLogProbs: dLogProbs!, dEntropy: dEntropy! };
      const [dx, dWeight] = headGradient({ ...inputs, ...gradients }, settings);
      return { x: dx!, weight: dWeight! };
    },
  },
});

export function headLogProbs(x: Tensor2D, weight: Tensor2D, targets: Tensor1D) {
  return tf.tidy(() => {
    const keep = isTaped() && x.shape[0] * weight.shape[0] * 4 <= KEEP_BYTES;
    const [logProbs, entropy] = runHead({ x, weight, targets }, { keep });
    return { logProbs: logProbs as Tensor1D, entropy: entropy as Tensor1D };
  });
}

/** Whether a gradient will be asked for. */
function isTaped(): boolean {
  return tf.engine().state.gradientDepth > 0;
}
