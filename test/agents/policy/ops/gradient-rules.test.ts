import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import { normal } from "./support.js";

type Apply = (a: Tensor, b: Tensor) => Tensor;

const positive = (x: Tensor) => tf.add(tf.abs(x), 0.5);
const matrix = (x: Tensor) => x as Tensor2D;

/** Each as a function of `a [3, 4]` and `b [4]`. */
const cases: Record<string, Apply> = {
  "add, sub, mul and div, with broadcasting": (a, b) =>
    tf.div(tf.mul(tf.add(a, b), tf.sub(b, a)), positive(b)),
  "neg, square and cast": (a) => tf.cast(tf.neg(tf.square(a)), "float32"),
  "exp and log": (a) => tf.log(tf.add(tf.exp(a), 1)),
  "sqrt and rsqrt": (a) => tf.add(tf.sqrt(positive(a)), tf.rsqrt(positive(a))),
  softplus: (a) => tf.mul(tf.softplus(a), a),
  "sigmoid and tanh": (a) => tf.mul(tf.sigmoid(a), tf.tanh(a)),
  "minimum and maximum, with broadcasting": (a, b) => tf.mul(tf.minimum(a, b), tf.maximum(a, tf.mul(b, 2))),
  clipByValue: (a) => tf.mul(tf.clipByValue(a, -0.4, 0.6), a),
  "where, with a fixed condition": (a, b) =>
    tf.where(tf.greater(normal([3, 4], "condition"), 0), tf.mul(a, 2), tf.mul(a, b)),
  "sum along axes": (a) => tf.mul(tf.sum(a, 1, true), tf.sum(a, [0])),
  "mean along axes": (a) => tf.mul(tf.mean(a, 0), tf.mean(a)),
  "softmax and logSoftmax": (a) => tf.mul(tf.softmax(a), tf.logSoftmax(a)),
  "transpose and reshape": (a) => tf.mul(tf.reshape(tf.transpose(a), [2, 6]), tf.reshape(a, [2, 6])),
  "expandDims and squeeze": (a) => tf.squeeze(tf.square(tf.expandDims(a, 1)), [1]),
  slice: (a) => tf.mul(tf.slice(a, [1, 0], [2, 3]), tf.slice(a, [0, 1], [2, 3])),
  "split and concat": (a) => {
    const [first, second] = tf.split(matrix(a), 2, 1) as [Tensor2D, Tensor2D];
    return tf.square(tf.concat([second, first, second], -1));
  },
  "matMul, all four ways": (a, b) => {
    const c = tf.mul(a, b);
    const square = tf.matMul(matrix(a), matrix(c), true, false);
    const small = tf.matMul(matrix(a), matrix(c), false, true);
    return tf.matMul(tf.matMul(small, matrix(a)), tf.matMul(square, matrix(c), true, true));
  },
};

describe("gradients of tfjs operations", () => {
  before(async () => {
    await chooseBackend({ prefer: "wasm" });
  });

  for (const [what, apply] of Object.entries(cases)) {
    it(what, () => {
      tf.tidy(() => {
        const [a, b] = [normal([3, 4], "a"), normal<Tensor1D>([4], "b")];
        const loss = (x: Tensor, y: Tensor) => {
          const out = apply(x, y);
          return tf.add(
            tf.sum(tf.mul(out, normal(out.shape, "weight"))),
            tf.mul(tf.sum(y), 0.1),
          ) as tf.Scalar;
        };
        const [da, db] = tf.grads(loss)([a, b]) as [Tensor, Tensor];
        const [stepA, stepB] = [normal([3, 4], "step a", 1e-3), normal([4], "step b", 1e-3)];
        const at = (sign: number) =>
          loss(tf.add(a, tf.mul(stepA, sign)), tf.add(b, tf.mul(stepB, sign))).dataSync()[0] as number;
        const predicted = tf
          .add(tf.sum(tf.mul(da, stepA)), tf.sum(tf.mul(db, stepB)))
          .dataSync()[0] as number;
        expect((at(1) - at(-1)) / 2).to.be.closeTo(predicted, 2e-5 + 0.01 * Math.abs(predicted));
      });
    });
  }

  it("are registered in place of those that came with a backend", async () => {
    const gradFunc = () => {
      throw new Error("This is the other one.");
    };
    tf.registerGradient({ kernelName: "Square", inputsToSave: ["x"], gradFunc });
    await chooseBackend({ prefer: "wasm" });
    const slope = tf.grad((x) => tf.square(x))(tf.scalar(3));
    expect(slope.dataSync()[0]).to.equal(6);
  });
});
