import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import {
  accumulate,
  flatSize,
  flatten,
  type Gradients,
  unflatten,
} from "../../../../agents/policy/engine/gradient-buffer.js";
import { emptySums, LOSS_SUM_FIELDS } from "../../../../agents/policy/engine/loss-sums.js";

describe("the gradients of a model in one buffer", () => {
  before(() => chooseBackend({ prefer: "wasm" }));

  const made = (): Gradients => ({
    gradients: [tf.tensor2d([1, -2, 3, -4, 5, -6], [2, 3]), tf.scalar(0.5), tf.tensor1d([7, 8])],
    sums: { ...emptySums(), loss: 2 ** 25 + 1, completionTokens: 12, entropy: Math.PI },
    extremes: { clipRatioLowMin: 0.25 },
  });
  const valuesOf = (tensors: readonly tf.Tensor[]) =>
    tensors.map((tensor) => ({ shape: tensor.shape, values: [...tensor.dataSync()] }));

  it("lie one after the other, with the sums behind them", async () => {
    const { gradients, sums } = made();
    const flat = await flatten({ gradients, sums });
    expect([...flat.subarray(0, 9)]).to.deep.equal([1, -2, 3, -4, 5, -6, 0.5, 7, 8]);
    expect(flat).to.have.length(flatSize(9));
    expect(flat).to.have.length(9 + 2 * LOSS_SUM_FIELDS.length);
    const loss = 9 + 2 * LOSS_SUM_FIELDS.indexOf("loss");
    // 2^25 + 1 needs one bit more than a float has: the high part ends in 0, the low part holds the 1.
    expect([...flat.subarray(loss, loss + 2)]).to.deep.equal([2 ** 25, 1]);
    tf.dispose(gradients);
  });

  it("come back with their shapes, the sums nearly as precise as they were", async () => {
    const before = made();
    const back = unflatten(await flatten(before), before);
    expect(valuesOf(back.gradients)).to.deep.equal(valuesOf(before.gradients));
    expect(back.gradients.every(({ dtype }) => dtype === "float32")).to.equal(true);
    expect(back.sums).to.include({ loss: 2 ** 25 + 1, completionTokens: 12 });
    // Two floats hold 48 bits of the number; one alone would be off by 9e-8.
    expect(back.sums.entropy).to.be.closeTo(Math.PI, 1e-14);
    expect(back.extremes).to.equal(before.extremes);
    tf.dispose([before.gradients, back.gradients]);
  });

  it("of two replicas add up in the buffer as they would apart", async () => {
    const [one, two] = [made(), made()];
    const [first, second] = [await flatten(one), await flatten(two)];
    const { gradients, sums } = unflatten(
      first.map((value, i) => value + (second[i] as number)),
      one,
    );
    expect(valuesOf(gradients).map(({ values }) => values)).to.deep.equal([
      [2, -4, 6, -8, 10, -12],
      [1],
      [14, 16],
    ]);
    expect(sums).to.include({ loss: 2 ** 26 + 2, completionTokens: 24 });
    tf.dispose([one.gradients, two.gradients, gradients]);
  });

  it("are added over micro-batches, and what was added is freed", () => {
    const before = tf.memory().numTensors;
    const [first] = [made().gradients];
    expect(accumulate(undefined, first)).to.equal(first);
    const total = accumulate(first, made().gradients);
    expect(valuesOf(total)).to.deep.equal([
      { shape: [2, 3], values: [2, -4, 6, -8, 10, -12] },
      { shape: [], values: [1] },
      { shape: [2], values: [14, 16] },
    ]);
    expect(tf.memory().numTensors).to.equal(before + 3);
    tf.dispose(total);
  });
});
