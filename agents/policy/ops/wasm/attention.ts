import type { Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../../../infra/errors.js";
import { defineKernel } from "./register.js";
import { attentionGradientScratch, attentionScratch } from "./scratch.js";

type Shape4 = [number, number, number, number];

const gradientKernel = defineKernel<"query" | "key" | "value" | "out" | "logSums" | "dOut">({
  name: "WebGenCausalAttentionGradient",
  forward(heap, { query, key, value, out, logSums, dOut }) {
    const [batch, time, heads, headSize] = query.shape as Shape4;
    const results = [query, key, value].map(({ shape }) => heap.output(shape));
    const scratch = heap.scratch(attentionGradientScratch(time, headSize));
    const pointers = [query, key, value, out, logSums, dOut, ...results].map(heap.pointer);
    heap.kernels.attentionGradient(
      ...pointers,
      batch,
      time,
      heads,
      key.shape[2] as number,
      headSize,
      scratch,
    );
    return results;
  },
});

const forwardKernel = defineKernel<"query" | "key" | "value">({
  name: "WebGenCausalAttention",
  forward(heap, { query, key, value }) {
    const [batch, time, heads, headSize] = query.shape as Shape4;
    const out = heap.output(query.shape);
    const logSums = heap.output([batch, heads, time]);
    const scratch = heap.scratch(attentionScratch(time, headSize));
    const pointers = [query, key, value, out, logSums].map(heap.pointer);
    heap.kernels.attention(...pointers, batch, time, heads, key.shape[2] as number, headSize, scratch);
    return [out, logSums];
  },
  gradient: {
    saveInputs: ["query", "key", "value"],
    saveOutputs: 2,
    of([dOut], [query, key, value, out, logSums]) {
      const inputs = { query: query!, key: key!, value: value!, out: out!, logSums: logSums!, dOut: dOut! };
      const [dQuery, dKey, dValue] = gradientKernel(inputs);
      return { query: dQuery!, key: dKey!, value: dValue! };
    },
  },
});

export function causalAttention(query: Tensor4D, key: Tensor4D, value: Tensor4D): Tensor4D {
  const [batch, time, heads, headSize] = query.shape;
  const [keyBatch, keyTime, kvHeads, keySize] = key.shape;
  const fits = keyBatch === batch && keyTime === time && keySize === headSize && heads % kvHeads === 0;
  if (!fits || key.shape.join() !== value.shape.join()) {
    throw new UsageError(
      "causalAttention needs query [batch, time, heads, headSize] and key and value [batch, time, kvHeads, headSize], " +
        `kvHeads dividing heads; got [${query.shape}], [${key.shape}] and [${value.shape}].`,
    );
  }
  return tf.tidy(() => forwardKernel({ query, key, value })[0] as Tensor4D);
}
