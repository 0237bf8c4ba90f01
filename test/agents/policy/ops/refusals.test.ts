import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { UsageError } from "../../../../infra/errors.js";
import { bothOps, normal } from "./support.js";

describe("what does not fit the wasm ops", () => {
  let ops: Ops;
  before(async () => {
    ({ wasm: ops } = await bothOps());
  });

  const refuses = (action: () => unknown, message: string) =>
    tf.tidy(() => {
      expect(action).to.throw(UsageError, message);
    });
  const takes = (action: () => tf.Tensor, shape: readonly number[]) =>
    tf.tidy(() => {
      expect(action().shape).to.deep.equal(shape);
    });
  const integers = (...values: number[]) => tf.tensor1d(values, "int32");

  it("is refused by linear", () => {
    const [x, weight] = [normal<Tensor2D>([2, 3], 1), normal<Tensor2D>([4, 5], 2)];
    refuses(
      () => ops.linear(x, weight),
      "linear needs x [n, in] and weight [out, in] with the same `in`; got [2,3] and [4,5].",
    );
  });

  it("is refused by attention, whatever does not fit", () => {
    const query = [2, 3, 4, 6];
    const attend =
      (key: number[], value = key) =>
      () =>
        ops.causalAttention(normal<Tensor4D>(query, 1), normal<Tensor4D>(key, 2), normal<Tensor4D>(value, 3));
    takes(attend([2, 3, 2, 6]), query);
    for (const [key, value] of [
      [[1, 3, 2, 6]],
      [[2, 4, 2, 6]],
      [[2, 3, 3, 6]],
      [[2, 3, 2, 4]],
      [
        [2, 3, 2, 6],
        [2, 3, 4, 6],
      ],
    ] as [number[], number[]?][])
      refuses(
        attend(key, value),
        "causalAttention needs query [batch, time, heads, headSize] and key and value [batch, time, kvHeads, headSize], " +
          `kvHeads dividing heads; got [2,3,4,6], [${key}] and [${value ?? key}].`,
      );
  });

  it("is refused of token ids and targets", () => {
    const table = normal<Tensor2D>([4, 3], 1);
    const outside = "must lie in [0, 4), the rows of the table; at least one does not.";
    refuses(() => ops.embed(table, integers(0, 4)), `Token ids ${outside}`);
    refuses(() => ops.embed(table, integers(-1)), `Token ids ${outside}`);
    refuses(
      () => ops.embed(table, tf.tensor1d([1]) as Tensor1D),
      "Token ids must be an int32 tensor; got float32.",
    );
    takes(() => ops.embed(table, integers(3, 0)), [2, 3]);
    const x = normal<Tensor2D>([1, 3], 2);
    refuses(() => ops.headLogProbs(x, table, integers(4)), `Targets ${outside}`);
    refuses(
      () => ops.headLogProbs(x, table, tf.tensor1d([0]) as Tensor1D),
      "Targets must be an int32 tensor",
    );
  });

  it("is refused of positions", () => {
    const x = normal<Tensor4D>([1, 2, 1, 4], 1);
    refuses(
      () => ops.rotary(x, integers(0, -2), { theta: 100 }),
      "Rotary positions must not be negative; got -2.",
    );
  });

  it("is refused by caches", () => {
    const cache = ops.createCache({ batch: 2, capacity: 5, kvHeads: 1, headSize: 4 });
    const step = (time: number) => normal<Tensor4D>([2, time, 1, 4], 1);
    const append =
      (time: number, ...starts: number[]) =>
      () =>
        ops.appendCache(cache, step(time), step(time), Int32Array.from(starts));
    tf.tidy(() => {
      append(3, 0, 2)();
      append(1, 4, 4)();
    });
    refuses(append(3, 0, 3), "All starts must lie in [0, 2] to fit this cache; got 3.");
    refuses(append(1, -1, 0), "All starts must lie in [0, 4] to fit this cache; got -1.");
    refuses(append(1, 0), "The cache holds 2 rows, but 1 starts were given; give one for each row.");
    const decode =
      (...lengths: number[]) =>
      () =>
        ops.decodeAttention(normal<Tensor3D>([2, 1, 4], 3), cache, Int32Array.from(lengths));
    refuses(decode(0, 1), "All lengths must lie in [1, 5] to fit this cache; got 0.");
    refuses(decode(1, 6), "All lengths must lie in [1, 5] to fit this cache; got 6.");
    refuses(decode(1, 2, 3), "The cache holds 2 rows, but 3 lengths were given; give one for each row.");
    takes(decode(1, 5), [2, 1, 4]);
    refuses(
      () => ops.selectCache(cache, Int32Array.of(0, 2)),
      "All rows must lie in [0, 1] to fit this cache; got 2.",
    );
    cache.dispose();
    refuses(
      () => ops.appendCache({ ...cache, dispose() {} }, step(1), step(1), Int32Array.of(0, 0)),
      "The cache was made by other ops than `wasm`; create and use a cache with the same ops.",
    );
  });
});
