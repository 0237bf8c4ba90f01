import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { openHeap } from "../../../../agents/policy/kernels/heap.js";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { bothOps, expectClose, ids, normal } from "./support.js";

const ADAM = { learningRate: 0.1, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1 };

describe("training with the ops", () => {
  let both: { portable: Ops; wasm: Ops };
  before(async () => {
    both = await bothOps();
  });

  /** A block's worth of every op, from a few numbers to one. */
  function loss(ops: Ops, [table, weight, gain]: Tensor[], tokens: Tensor1D): tf.Scalar {
    const [batch, time] = [2, 3];
    const x = ops.rmsNorm(ops.embed(table as Tensor2D, tokens), gain as Tensor1D, 1e-5);
    const positions = tf.tensor1d([0, 1, 2, 0, 1, 2], "int32");
    const heads = ops.rotary(
      tf.reshape(ops.linear(x, weight as Tensor2D), [batch, time, 2, 4]) as Tensor4D,
      positions,
      { theta: 100 },
    );
    const mixed = tf.reshape(ops.causalAttention(heads, heads, heads), [6, 8]) as Tensor2D;
    const { logProbs, entropy } = ops.headLogProbs(ops.swiglu(mixed, x), table as Tensor2D, tokens);
    return tf.add(tf.sum(logProbs), tf.mul(tf.sum(entropy), 0.5));
  }

  function parameters(): Tensor[] {
    return [normal([5, 8], "table"), normal([8, 8], "weight"), normal([8], "gain")];
  }

  it("gradients are the slopes that finite differences find", () => {
    for (const ops of Object.values(both)) {
      tf.tidy(() => {
        const tokens = ids(6, 5, "tokens");
        const given = parameters();
        const gradients = tf.grads((...p: Tensor[]) => loss(ops, p, tokens))(given);
        given.forEach((parameter, i) => {
          const step = normal(parameter.shape, `direction ${i}`, 0.003);
          const moved = (sign: number) => given.map((p, j) => (i === j ? tf.add(p, tf.mul(step, sign)) : p));
          const high = loss(ops, moved(1), tokens).dataSync()[0]!;
          const low = loss(ops, moved(-1), tokens).dataSync()[0]!;
          const predicted = tf.sum(tf.mul(gradients[i] as Tensor, step)).dataSync()[0]!;
          expect((high - low) / 2, `${ops.name}, parameter ${i}`).to.be.closeTo(
            predicted,
            2e-3 * (0.1 + Math.abs(predicted)),
          );
        });
      });
    }
  });

  it("adamW moves parameters and moments alike in both, and no clone of them", () => {
    const run = (ops: Ops) => {
      const start = normal<Tensor2D>([7, 9], "start");
      const parameter = tf.variable(start);
      const clone = tf.clone(parameter);
      const first = tf.variable(tf.zeros([7, 9]), false);
      const second = tf.variable(tf.zeros([7, 9]), false);
      for (let step = 1; step <= 3; step++) {
        const gradient = normal([7, 9], `gradient ${step}`);
        ops.adamW(parameter, gradient, first, second, { ...ADAM, step, gradientScale: 0.5 });
      }
      expectClose(clone, start, "the clone", 0);
      return [parameter, first, second];
    };
    const [actual, expected] = [run(both.wasm), run(both.portable)];
    actual.forEach((tensor, i) => {
      expectClose(tensor, expected[i]!, ["parameter", "first moment", "second moment"][i]!, 1e-6);
    });
  });

  it("adamW follows the published algorithm, step by step", () => {
    const [beta1, beta2, epsilon, weightDecay, learningRate, gradientScale] = [
      0.9, 0.95, 1e-3, 0.1, 0.05, 0.5,
    ];
    // Algorithm 2 of https://arxiv.org/abs/1711.05101 in double precision, with a schedule of 1.
    const expected = [2, -1, 0.5].map((start, i) => {
      let [x, m, v] = [start, 0, 0];
      for (let step = 1; step <= 3; step++) {
        const gradient = gradientScale * (0.3 * step - 0.4 * i);
        m = beta1 * m + (1 - beta1) * gradient;
        v = beta2 * v + (1 - beta2) * gradient ** 2;
        const [mean, square] = [m / (1 - beta1 ** step), v / (1 - beta2 ** step)];
        x -= learningRate * (mean / (Math.sqrt(square) + epsilon) + weightDecay * x);
      }
      return x;
    });
    for (const ops of Object.values(both)) {
      const parameter = tf.variable(tf.tensor1d([2, -1, 0.5]));
      const [first, second] = [tf.variable(tf.zeros([3])), tf.variable(tf.zeros([3]))];
      for (let step = 1; step <= 3; step++) {
        const gradient = tf.tensor1d([0, 1, 2].map((i) => 0.3 * step - 0.4 * i));
        const settings = { learningRate, beta1, beta2, epsilon, weightDecay, gradientScale, step };
        ops.adamW(parameter, gradient, first, second, settings);
      }
      expectClose(parameter, tf.tensor1d(expected), ops.name, 1e-6);
    }
  });

  it("the first adamW step is the learning rate against the sign of the gradient", () => {
    const parameter = tf.variable(tf.tensor1d([1, 1]));
    const moments = [tf.variable(tf.zeros([2])), tf.variable(tf.zeros([2]))] as const;
    both.wasm.adamW(parameter, tf.tensor1d([3, -0.2]), ...moments, {
      ...ADAM,
      weightDecay: 0,
      step: 1,
      gradientScale: 1,
    });
    expectClose(parameter, tf.tensor1d([0.9, 1.1]), "parameter", 1e-6);
  });

  it("sumSquares", () => {
    const tensors = [normal([300, 41], 1), normal([5], 2), normal([1], 3)];
    const exact = tensors.reduce((sum, t) => t.dataSync<"float32">().reduce((a, b) => a + b * b, sum), 0);
    for (const ops of Object.values(both)) {
      expect(ops.sumSquares(tensors).dataSync()[0]! / exact, ops.name).to.be.closeTo(1, 1e-5);
    }
  });

  it("holds no memory after 200 steps", () => {
    const { wasm: ops } = both;
    const tokens = ids(6, 5, "tokens");
    const weights = parameters().map((p) => tf.variable(p));
    const moments = weights.map(
      ({ shape }) => [tf.variable(tf.zeros(shape)), tf.variable(tf.zeros(shape))] as const,
    );
    const step = (n: number) => {
      const { value, grads } = tf.valueAndGrads((...p: Tensor[]) => loss(ops, p, tokens))(weights);
      const squares = ops.sumSquares(grads);
      weights.forEach((weight, i) => {
        ops.adamW(weight, grads[i]!, ...moments[i]!, { ...ADAM, step: n, gradientScale: 1 });
      });
      tf.dispose([value, squares, ...grads]);
    };
    step(1);
    const before = tf.memory();
    for (let n = 2; n <= 201; n++) step(n);
    expect(tf.memory().numBytes).to.equal(before.numBytes);
    expect(tf.memory().numTensors).to.equal(before.numTensors);
  });

  it("survives the growth of the heap between two kernels", () => {
    tf.tidy(() => {
      const { wasm: ops } = both;
      const [x, weight] = [normal<Tensor2D>([20, 30], 1), normal<Tensor2D>([10, 30], 2)];
      const before = ops.linear(x, weight).dataSync();
      const filler = tf.zeros([40 * 2 ** 20]);
      expectClose(ops.linear(x, weight), tf.tensor2d(before, [20, 10]), "linear", 0);
      filler.dispose();
    });
  });

  it("its exponential is accurate to 2e-7", async () => {
    const { kernels, reserve, release, floats } = await openHeap();
    const count = 20_000;
    const inputs = Float32Array.from({ length: count }, (_, i) => -86 + (173 * i) / count);
    const at = reserve(count * 4);
    floats().set(inputs, at >> 2);
    kernels.exponentials(at, at, count);
    const worst = inputs.reduce(
      (most, x, i) => Math.max(most, Math.abs(floats()[(at >> 2) + i]! / Math.exp(x) - 1)),
      0,
    );
    release(at);
    expect(worst).to.be.below(2e-7);
  });
});
