import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { bothOps, expectAgreement, ids, normal } from "./support.js";

const upTo = (max: number) => fc.integer({ min: 1, max });

describe("the wasm ops agree with the portable ones, values and gradients", () => {
  let both: { portable: Ops; wasm: Ops };
  before(async () => {
    both = await bothOps();
  });

  function check(
    what: string,
    make: (seed: number) => Tensor[],
    apply: (ops: Ops, inputs: Tensor[]) => Tensor[],
    seed: number,
  ) {
    tf.tidy(() => expectAgreement(what, make(seed), apply, both));
  }

  it("linear, of any shape", () => {
    fc.assert(
      fc.property(upTo(70), upTo(70), upTo(70), fc.nat(), (n, columns, rows, seed) => {
        const make = () => [normal([n, columns], seed), normal([rows, columns], seed + 1)];
        check(
          `linear ${n} ${columns} ${rows}`,
          make,
          (ops, [x, w]) => [ops.linear(x as Tensor2D, w as Tensor2D)],
          seed,
        );
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it("linear, deeper than one block", () => {
    const make = (seed: number) => [normal([531, 130], seed), normal([37, 130], seed + 1)];
    check("linear", make, (ops, [x, w]) => [ops.linear(x as Tensor2D, w as Tensor2D)], 5);
  });

  it("rmsNorm", () => {
    fc.assert(
      fc.property(upTo(20), upTo(70), fc.nat(), (n, width, seed) => {
        const make = () => [normal([n, width], seed), normal([width], seed + 1)];
        const apply = (ops: Ops, [x, gain]: Tensor[]) => [ops.rmsNorm(x as Tensor2D, gain as Tensor1D, 1e-5)];
        check(`rmsNorm ${n} ${width}`, make, apply, seed);
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it("swiglu, also far from 0", () => {
    fc.assert(
      fc.property(upTo(20), upTo(70), fc.constantFrom(1, 30), fc.nat(), (n, width, scale, seed) => {
        const make = () => [normal([n, width], seed, scale), normal([n, width], seed + 1)];
        const apply = (ops: Ops, [gate, up]: Tensor[]) => [ops.swiglu(gate as Tensor2D, up as Tensor2D)];
        check(`swiglu ${n} ${width}`, make, apply, seed);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  it("rotary, at positions in any order", () => {
    fc.assert(
      fc.property(upTo(3), upTo(9), upTo(3), upTo(9), fc.nat(), (batch, time, heads, half, seed) => {
        const positions = ids(batch * time, 600, seed);
        const make = () => [normal([batch, time, heads, 2 * half], seed)];
        const apply = (ops: Ops, [x]: Tensor[]) => [ops.rotary(x as Tensor4D, positions, { theta: 10_000 })];
        check(`rotary ${batch} ${time} ${heads} ${half}`, make, apply, seed);
        positions.dispose();
      }),
      { numRuns: 30, seed: 4 },
    );
  });

  it("causalAttention, with grouped queries and odd sizes", () => {
    fc.assert(
      fc.property(
        upTo(3),
        upTo(75),
        upTo(3),
        upTo(3),
        upTo(20),
        fc.nat(),
        (batch, time, kv, group, size, seed) => {
          const keyShape = [batch, time, kv, size];
          const make = () => [
            normal([batch, time, kv * group, size], seed),
            normal(keyShape, seed + 1),
            normal(keyShape, seed + 2),
          ];
          const apply = (ops: Ops, [q, k, v]: Tensor[]) => [
            ops.causalAttention(q as Tensor4D, k as Tensor4D, v as Tensor4D),
          ];
          check(`attention ${batch} ${time} ${kv}x${group} ${size}`, make, apply, seed);
        },
      ),
      { numRuns: 40, seed: 5 },
    );
  });

  it("causalAttention, with scores far apart", () => {
    const make = (seed: number) => [0, 1, 2].map((i) => normal([1, 50, 2, 16], seed + i, 6));
    const apply = (ops: Ops, [q, k, v]: Tensor[]) => [
      ops.causalAttention(q as Tensor4D, k as Tensor4D, v as Tensor4D),
    ];
    check("attention", make, apply, 9);
  });

  it("embed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), upTo(20), upTo(40), fc.nat(), (vocab, width, n, seed) => {
        const tokens = ids(n, vocab, seed);
        const make = () => [normal([vocab, width], seed)];
        check(
          `embed ${vocab} ${width} ${n}`,
          make,
          (ops, [table]) => [ops.embed(table as Tensor2D, tokens)],
          seed,
        );
        tokens.dispose();
      }),
      { numRuns: 30, seed: 6 },
    );
  });

  it("headLogProbs, log-probabilities and entropy together", () => {
    fc.assert(
      fc.property(
        upTo(150),
        upTo(30),
        fc.integer({ min: 2, max: 90 }),
        fc.nat(),
        (n, hidden, vocab, seed) => {
          const targets = ids(n, vocab, seed);
          const make = () => [normal([n, hidden], seed), normal([vocab, hidden], seed + 1)];
          const apply = (ops: Ops, [x, weight]: Tensor[]) => {
            const { logProbs, entropy } = ops.headLogProbs(x as Tensor2D, weight as Tensor2D, targets);
            return [logProbs, entropy];
          };
          check(`head ${n} ${hidden} ${vocab}`, make, apply, seed);
          targets.dispose();
        },
      ),
      { numRuns: 30, seed: 7 },
    );
  });

  it("headLogProbs, with logits too large to keep", () => {
    const targets = ids(70, 130_000, 1);
    const make = (seed: number) => [normal([70, 2], seed), normal([130_000, 2], seed + 1)];
    const apply = (ops: Ops, [x, weight]: Tensor[]) => {
      const { logProbs, entropy } = ops.headLogProbs(x as Tensor2D, weight as Tensor2D, targets);
      return [logProbs, entropy];
    };
    // Sums of 130,000 products in single precision.
    tf.tidy(() => expectAgreement("head", make(3), apply, both, 1e-3));
    targets.dispose();
  });
});
