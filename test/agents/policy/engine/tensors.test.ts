import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import {
  disposeAll,
  toVariables,
  toWeights,
  zeroVariables,
} from "../../../../agents/policy/engine/tensors.js";
import { initialWeights, parameterCount } from "../../../../agents/policy/model/parameters.js";
import { tinyConfig } from "./tiny.js";

describe("weights on a backend", () => {
  before(() => chooseBackend({ prefer: "wasm" }));
  const weights = initialWeights(tinyConfig, 1);

  it("go there and come back as they were", async () => {
    const before = tf.memory().numTensors;
    const variables = toVariables(tinyConfig, weights);
    expect(tf.memory().numTensors).to.equal(before + weights.size);
    expect(await toWeights(variables)).to.deep.equal(new Map(weights));
    disposeAll(variables.values());
    expect(tf.memory().numTensors).to.equal(before);
  });

  it("are trained only when they are the model's own", async () => {
    const own = toVariables(tinyConfig, weights);
    const [frozen, copies] = [
      toVariables(tinyConfig, weights, false),
      toVariables(tinyConfig, await toWeights(own), false),
    ];
    const zeros = zeroVariables(tinyConfig);
    const trainable = (all: typeof own) => new Set([...all.values()].map((variable) => variable.trainable));
    expect([own, frozen, copies, zeros].map(trainable)).to.deep.equal([
      new Set([true]),
      new Set([false]),
      new Set([false]),
      new Set([false]),
    ]);
    const shapes = (all: typeof own) => [...all].map(([name, { shape }]) => [name, shape]);
    expect(shapes(zeros)).to.deep.equal(shapes(own));
    const sum = [...zeros.values()].reduce((total, { size }) => total + size, 0);
    expect(sum).to.equal(parameterCount(tinyConfig));
    expect(Math.max(...[...zeros.values()].map((zero) => tf.max(zero).dataSync()[0] as number))).to.equal(0);
    for (const all of [own, frozen, copies, zeros]) disposeAll(all.values());
  });

  it("are copied, so that changes of one leave the other", async () => {
    const own = toVariables(tinyConfig, weights);
    const copies = toVariables(tinyConfig, await toWeights(own), false);
    const name = "model.norm.weight";
    const gain = own.get(name) as tf.Variable;
    gain.assign(tf.zerosLike(gain));
    expect((await toWeights(copies)).get(name)?.data).to.deep.equal(weights.get(name)?.data);
    expect(Math.max(...((await toWeights(own)).get(name)?.data ?? []))).to.equal(0);
    for (const all of [own, copies]) disposeAll(all.values());
  });
});
