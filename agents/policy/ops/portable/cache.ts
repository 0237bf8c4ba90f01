import type { Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../../../infra/errors.js";
import type { CacheShape, DecodingOps, KeyValueCache } from "../ops.js";

const MASKED = -1e9;

/** Holds `[batch, capacity, kvHeads, headSize]` twice; every write makes new tensors. */
class PortableCache implements KeyValueCache {
  readonly batch: number;
  readonly capacity: number;
  readonly kvHeads: number;
  readonly headSize: number;

  constructor(
    public keys: Tensor4D,
    public values: Tensor4D,
  ) {
    [this.batch, this.capacity, this.kvHeads, this.headSize] = keys.shape;
    tf.keep(keys);
    tf.keep(values);
  }

  replace(keys: Tensor4D, values: Tensor4D): void {
    this.dispose();
    this.keys = tf.keep(keys);
    this.values = tf.keep(values);
  }

  dispose(): void {
    this.keys.dispose();
    this.values.dispose();
  }
}

function own(cache: KeyValueCache): PortableCache {
  if (cache instanceof PortableCache) return cache;
  throw new UsageError(
    "The cache was made by other ops than `portable`; create and use a cache with the same ops.",
  );
}

export const cacheOps: Omit<DecodingOps, "sample"> = {
  createCache({ batch, capacity, kvHeads, headSize }: CacheShape) {
    const empty = () => tf.zeros<tf.Rank.R4>([batch, capacity, kvHeads, headSize]);
    return new PortableCache(empty(), empty());
  },

  appendCache(cache, key, value, starts) {
    const held = own(cache);
    const { batch, capacity } = held;
    const time = key.shape[1];
    tf.tidy(() => {
      const source = new Int32Array(batch * capacity);
      for (let b = 0; b < batch; b++) {
        for (let p = 0; p < capacity; p++) {
          const t = p - (starts[b] as number);
          source[b * capacity + p] = t >= 0 && t < time ? batch * capacity + b * time + t : b * capacity + p;
        }
      }
      const rows = tf.tensor1d(source, "int32");
      const merge = (old: Tensor4D, added: Tensor4D): Tensor4D => {
        const width = held.kvHeads * held.headSize;
        const both = tf.concat([tf.reshape(old, [-1, width]), tf.reshape(added, [-1, width])], 0);
        return tf.reshape(tf.gather(both, rows), old.shape) as Tensor4D;
      };
      held.replace(merge(held.keys, key), merge(held.values, value));
    });
  },

  selectCache(cache, rows) {
    const held = own(cache);
    const index = tf.tensor1d(rows, "int32");
    const selected = new PortableCache(tf.gather(held.keys, index), tf.gather(held.values, index));
    index.dispose();
    return selected;
  },

  decodeAttention(query, cache, lengths) {
    const held = own(cache);
    return tf.tidy(() => {
      const [batch, heads, headSize] = query.shape;
      const { capacity, kvHeads } = held;
      const mask = new Float32Array(batch * capacity);
      for (let b = 0; b < batch; b++)
        mask.fill(MASKED, b * capacity + (lengths[b] as number), (b + 1) * capacity);
      const grouped = tf.reshape(query, [batch, kvHeads, heads / kvHeads, headSize]);
      const scaled = tf.mul<Tensor4D>(grouped, 1 / Math.sqrt(headSize));
      const byHead = (x: Tensor4D) => tf.transpose(x, [0, 2, 1, 3]);
      const scores = tf.matMul(scaled, byHead(held.keys), false, true);
      const weights = tf.softmax(tf.add(scores, tf.tensor4d(mask, [batch, 1, 1, capacity])));
      return tf.reshape(tf.matMul(weights as Tensor4D, byHead(held.values)), query.shape) as Tensor3D;
    });
  },
};
