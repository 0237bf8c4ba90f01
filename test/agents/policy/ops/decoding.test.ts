import type { Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import fc from "fast-check";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { UsageError } from "../../../../infra/errors.js";
import { createRandom } from "../../../../infra/random.js";
import { bothOps, expectClose, normal } from "./support.js";

const upTo = (max: number) => fc.integer({ min: 1, max });

describe("decoding", () => {
  let all: Ops[];
  before(async () => {
    const { portable, wasm } = await bothOps();
    all = [portable, wasm];
  });

  /** The last `time - prompt` steps of a sequence, decoded one by one, against attention over all of it. */
  function expectSameAsAttention(
    ops: Ops,
    shape: number[],
    kvHeads: number,
    prompt: number,
    seed: number,
  ): void {
    const [batch, time, , headSize] = shape as [number, number, number, number];
    tf.tidy(() => {
      const query = normal<Tensor4D>(shape, seed);
      const key = normal<Tensor4D>([batch, time, kvHeads, headSize], seed + 1);
      const value = normal<Tensor4D>([batch, time, kvHeads, headSize], seed + 2);
      const expected = ops.causalAttention(query, key, value);
      const cache = ops.createCache({ batch, capacity: time, kvHeads, headSize });
      const part = (x: Tensor4D, from: number, count: number) =>
        tf.slice(x, [0, from, 0, 0], [-1, count, -1, -1]) as Tensor4D;
      ops.appendCache(cache, part(key, 0, prompt), part(value, 0, prompt), new Int32Array(batch));
      for (let t = prompt; t < time; t++) {
        const at = new Int32Array(batch).fill(t);
        ops.appendCache(cache, part(key, t, 1), part(value, t, 1), at);
        const step = tf.squeeze(part(query, t, 1), [1]) as Tensor3D;
        const out = ops.decodeAttention(
          step,
          cache,
          at.map((position) => position + 1),
        );
        expectClose(out, tf.squeeze(part(expected, t, 1), [1]), `${ops.name}, step ${t}`);
      }
      cache.dispose();
      cache.dispose();
    });
  }

  it("step by step gives what attention over the whole gives", () => {
    fc.assert(
      fc.property(
        upTo(3),
        upTo(12),
        upTo(2),
        upTo(3),
        upTo(20),
        fc.nat(),
        (batch, time, kv, group, size, seed) => {
          const prompt = 1 + (seed % time);
          for (const ops of all)
            expectSameAsAttention(ops, [batch, time, kv * group, size], kv, prompt, seed);
        },
      ),
      { numRuns: 15, seed: 21 },
    );
  });

  it("keeps rows of different lengths apart, and padding out of sight", () => {
    tf.tidy(() => {
      const lengths = Int32Array.of(3, 7);
      const outputs = all.map((ops) => {
        const cache = ops.createCache({ batch: 2, capacity: 9, kvHeads: 1, headSize: 4 });
        const key = normal<Tensor4D>([2, 7, 1, 4], "key");
        const value = normal<Tensor4D>([2, 7, 1, 4], "value");
        ops.appendCache(cache, key, value, Int32Array.of(0, 0));
        const next = normal<Tensor4D>([2, 1, 1, 4], "next");
        ops.appendCache(cache, next, next, lengths);
        return ops.decodeAttention(normal<Tensor3D>([2, 2, 4], "query"), cache, Int32Array.of(4, 8));
      });
      expectClose(outputs[1]!, outputs[0]!, "ragged rows");
    });
  });

  it("selects and repeats rows of a cache", () => {
    tf.tidy(() => {
      for (const ops of all) {
        const cache = ops.createCache({ batch: 3, capacity: 5, kvHeads: 2, headSize: 6 });
        const made = (name: string) => normal<Tensor4D>([3, 5, 2, 6], name);
        ops.appendCache(cache, made("key"), made("value"), new Int32Array(3));
        const selected = ops.selectCache(cache, Int32Array.of(2, 0, 2, 1));
        const query = normal<Tensor3D>([3, 4, 6], "query");
        const lengths = Int32Array.of(5, 2, 3);
        const before = ops.decodeAttention(query, cache, lengths);
        const rows = tf.tensor1d([2, 0, 2, 1], "int32");
        const after = ops.decodeAttention(tf.gather(query, rows), selected, Int32Array.of(3, 5, 3, 2));
        expect(selected.batch).to.equal(4);
        expectClose(after, tf.gather(before, rows), ops.name);
      }
    });
  });

  it("refuses what does not fit with a sentence", () => {
    tf.tidy(() => {
      const [portable, wasm] = all as [Ops, Ops];
      const cache = wasm.createCache({ batch: 1, capacity: 2, kvHeads: 1, headSize: 4 });
      const x = normal<Tensor4D>([1, 1, 1, 4], 1);
      expect(() => wasm.appendCache(cache, x, x, Int32Array.of(2))).to.throw(
        UsageError,
        /starts must lie in \[0, 1\]/,
      );
      expect(() => wasm.appendCache(cache, x, x, Int32Array.of(0, 0))).to.throw(
        UsageError,
        /1 rows, but 2 starts/,
      );
      expect(() => portable.appendCache(cache, x, x, Int32Array.of(0))).to.throw(UsageError, /same ops/);
      const table = normal<Tensor2D>([4, 2], 2);
      expect(() => wasm.embed(table, tf.tensor1d([4], "int32"))).to.throw(UsageError, /must lie in \[0, 4\)/);
    });
  });

  it("samples the same tokens in both, with the log-probabilities of the untempered model", async () => {
    const [batch, vocab] = [40, 301];
    const random = createRandom(3).stream("draws");
    const draws = Float32Array.from({ length: batch }, () => random.next());
    const logits = normal<Tensor2D>([batch, vocab], "logits", 2);
    for (const temperature of [0, 0.7, 1]) {
      for (const [topK, topP] of [
        [0, 1],
        [5, 1],
        [0, 0.8],
        [20, 0.5],
        [400, 1],
      ] as const) {
        const [expected, actual] = await Promise.all(
          all.map((ops) => ops.sample(logits, draws, { temperature, topK, topP })),
        );
        const what = `temperature ${temperature}, topK ${topK}, topP ${topP}`;
        expect(actual!.ids, what).to.deep.equal(expected!.ids);
        expectClose(tf.tensor1d(actual!.logProbs), tf.tensor1d(expected!.logProbs), what);
      }
    }
  });

  it("samples tokens as often as they are likely, and never outside the filters", async () => {
    const rows = 4000;
    const random = createRandom(5).stream("draws");
    const draws = Float32Array.from({ length: rows }, () => random.next());
    const logits = tf.tile(
      tf.tensor2d([Math.log(0.5), Math.log(0.1), Math.log(0.3), Math.log(0.1)], [1, 4]),
      [rows, 1],
    );
    const counts = async (ops: Ops, topK: number, topP: number) => {
      const { ids } = await ops.sample(logits as Tensor2D, draws, { temperature: 1, topK, topP });
      return [0, 1, 2, 3].map((id) => ids.filter((drawn) => drawn === id).length / rows);
    };
    for (const ops of all) {
      const free = await counts(ops, 0, 1);
      [0.5, 0.1, 0.3, 0.1].forEach((share, id) => {
        expect(free[id], `${ops.name}, token ${id}`).to.be.closeTo(share, 0.03);
      });
      const filtered = await counts(ops, 3, 0.8);
      expect(filtered[0]).to.be.closeTo(0.625, 0.03);
      expect([filtered[1], filtered[3]], ops.name).to.deep.equal([0, 0]);
    }
  });
});
