import type { Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../../../infra/errors.js";
import type { CacheShape, DecodingOps, KeyValueCache } from "../ops.js";
import { attachedHeap, defineKernel } from "./register.js";
import { up4 } from "./scratch.js";

/** Two buffers `[batch, kvHeads, capacity rounded up to 4, headSize]`, written in place. */
class WasmCache implements KeyValueCache {
  readonly batch: number;
  readonly capacity: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly keys: Tensor4D;
  readonly values: Tensor4D;

  constructor({ batch, capacity, kvHeads, headSize }: CacheShape) {
    this.batch = batch;
    this.capacity = capacity;
    this.kvHeads = kvHeads;
    this.headSize = headSize;
    const empty = () => tf.keep(tf.zeros<tf.Rank.R4>([batch, kvHeads, up4(capacity), headSize]));
    this.keys = empty();
    this.values = empty();
  }

  dispose(): void {
    this.keys.dispose();
    this.values.dispose();
  }
}

function own(cache: KeyValueCache): WasmCache {
  if (cache instanceof WasmCache) return cache;
  throw new UsageError(
    "The cache was made by other ops than `wasm`; create and use a cache with the same ops.",
  );
}

const runDecode = defineKernel<"query" | "keys" | "values" | "lengths">({
  name: "WebGenDecodeAttention",
  forward(heap, { query, keys, values, lengths }) {
    const [batch, heads, headSize] = query.shape as [number, number, number];
    const [, kvHeads, capacity] = keys.shape as [number, number, number, number];
    const out = heap.output(query.shape);
    const scratch = heap.scratch((2 * capacity + 1) * 4);
    const pointers = [query, keys, values, lengths, out].map(heap.pointer);
    heap.kernels.decodeAttention(...pointers, batch, heads, kvHeads, headSize, capacity, scratch);
    return out;
  },
});

export const decodingOps: DecodingOps = {
  createCache: (shape) => new WasmCache(shape),

  appendCache(cache, key, value, starts) {
    const { batch, kvHeads, headSize, capacity, keys, values } = own(cache);
    const time = key.shape[1];
    checkRows(starts, batch, 0, capacity - time, "starts");
    const heap = attachedHeap();
    const at = heap.scratch(batch * 4);
    heap.integers().set(starts, at >>> 2);
    const append = (from: Tensor4D, to: Tensor4D) => {
      const sizes = [batch, time, kvHeads, headSize, up4(capacity)];
      heap.kernels.appendToCache(heap.pointer(from), heap.pointer(to), at, ...sizes);
    };
    append(key, keys);
    append(value, values);
  },

  selectCache(cache, rows) {
    const held = own(cache);
    checkRows(rows, rows.length, 0, held.batch - 1, "rows");
    const selected = new WasmCache({ ...shapeOf(held), batch: rows.length });
    const heap = attachedHeap();
    const bytes = heap.bytes();
    const size = held.kvHeads * up4(held.capacity) * held.headSize * 4;
    for (const name of ["keys", "values"] as const) {
      const from = heap.pointer(held[name]);
      const to = heap.pointer(selected[name]);
      rows.forEach((row, i) => {
        bytes.copyWithin(to + i * size, from + row * size, from + (row + 1) * size);
      });
    }
    return selected;
  },

  decodeAttention(query, cache, lengths) {
    const { batch, capacity, keys, values } = own(cache);
    checkRows(lengths, batch, 1, capacity, "lengths");
    return tf.tidy(() => {
      const counts = tf.tensor1d(lengths, "int32");
      return runDecode({ query, keys, values, lengths: counts })[0] as Tensor3D;
    });
  },

  async sample(logits: Tensor2D, draws, { temperature, topP, topK }) {
    const [batch, vocab] = logits.shape;
    const heap = attachedHeap();
    const scratch = heap.scratch((3 * batch + 2 * vocab) * 4);
    const [ids, logProbs] = [scratch + batch * 4, scratch + batch * 8];
    heap.floats().set(draws, scratch >>> 2);
    const sizes = [batch, vocab, temperature, topK, topP, scratch + batch * 12];
    heap.kernels.sampleTokens(heap.pointer(logits), scratch, ids, logProbs, ...sizes);
    return {
      ids: heap.integers().slice(ids >>> 2, (ids >>> 2) + batch),
      logProbs: heap.floats().slice(logProbs >>> 2, (logProbs >>> 2) + batch),
    };
  },
};

function shapeOf({ batch, capacity, kvHeads, headSize }: CacheShape): CacheShape {
  return { batch, capacity, kvHeads, headSize };
}

function checkRows(values: Int32Array, count: number, low: number, high: number, what: string): void {
  if (values.length !== count) {
    throw new UsageError(
      `The cache holds ${count} rows, but ${values.length} ${what} were given; give one for each row.`,
    );
  }
  for (const value of values) {
    if (value < low || value > high) {
      throw new UsageError(`All ${what} must lie in [${low}, ${high}] to fit this cache; got ${value}.`);
    }
  }
}
