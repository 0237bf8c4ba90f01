import { expect } from "chai";
import { createLocalEngine } from "../../../../agents/policy/engine/local-engine.js";
import { createWorkerEngine } from "../../../../agents/policy/engine/worker-engine.js";
import type { ModelConfig, Weights } from "../../../../agents/policy/index.js";
import { isAdapter } from "../../../../agents/policy/model/lora.js";
import { initialWeights } from "../../../../agents/policy/model/parameters.js";
import { UsageError } from "../../../../infra/errors.js";
import { rejection } from "../../../support/rejection.js";
import { largestDifference, tinyConfig, tinySequences } from "./tiny.js";

const config: ModelConfig = {
  ...tinyConfig,
  lora: { rank: 2, alpha: 8, targets: ["q_proj", "v_proj", "down_proj"] },
};
const sequences = tinySequences(6);
const loss = { kind: "crossEntropy", sequences } as const;

describe("a model with adapters", () => {
  const open = (of = config) => createLocalEngine({ config: of, seed: 1, backend: "wasm" });
  const changed = (before: Weights, after: Weights) =>
    [...before].filter(([name, { data }]) => largestDifference(data, after.get(name)!.data) > 0);

  it("computes what its base computes until it learns, for an adapter ends in zeros", async () => {
    const base = await open(tinyConfig);
    const adapted = await open();
    expect(await adapted.logProbs(sequences)).to.deep.equal(await base.logProbs(sequences));
    await Promise.all([base.close(), adapted.close()]);
  });

  it("learns by its adapters alone, and keeps moments of them alone", async () => {
    const engine = await open();
    const before = await engine.exportState();
    const losses = [];
    for (let step = 0; step < 12; step++) losses.push((await engine.step(loss, { learningRate: 2e-2 })).loss);
    expect(losses.at(-1)).to.be.below(0.9 * losses[0]!);
    const { weights, optimizer } = await engine.exportState();
    const learnt = changed(before.weights, weights).map(([name]) => name);
    expect(learnt.sort()).to.deep.equal([...before.weights.keys()].filter(isAdapter).sort());
    // Two layers, three projections, two matrices each.
    expect(learnt).to.have.length(12);
    expect([...optimizer!.firstMoment.keys()].sort()).to.deep.equal(learnt);
    expect([...optimizer!.secondMoment.keys()].sort()).to.deep.equal(learnt);
    await engine.close();
  });

  it("goes on exactly from its state", async () => {
    const engine = await open();
    await engine.step(loss, { learningRate: 1e-2 });
    const kept = await engine.exportState();
    const first = await engine.step(loss, { learningRate: 1e-2 });
    await engine.importState(kept);
    expect(await engine.step(loss, { learningRate: 1e-2 })).to.deep.equal(first);
    await engine.close();
  });

  it("has as its reference what it was, without a second copy of the base", async () => {
    const engine = await open();
    await engine.step(loss, { learningRate: 5e-2 });
    const before = await engine.logProbs(sequences);
    await engine.keepReference();
    await engine.step(loss, { learningRate: 5e-2 });
    const [reference, current] = [
      await engine.logProbs(sequences, "reference"),
      await engine.logProbs(sequences),
    ];
    expect(reference).to.deep.equal(before);
    expect(largestDifference(current[0]!, before[0]!)).to.be.above(1e-4);
    await engine.keepReference(initialWeights(config, 1));
    const base = await open(tinyConfig);
    expect(await engine.logProbs(sequences, "reference")).to.deep.equal(await base.logProbs(sequences));
    await Promise.all([engine.close(), base.close()]);
  });

  it("learns the same in workers", async () => {
    const [one, two] = [await open(), await createWorkerEngine({ config, seed: 1, workers: 2 })];
    for (let step = 0; step < 3; step++) {
      const [a, b] = [
        await one.step(loss, { learningRate: 1e-2 }),
        await two.step(loss, { learningRate: 1e-2 }),
      ];
      expect(b.loss).to.be.closeTo(a.loss, 1e-4);
    }
    const [a, b] = [await one.exportState(), await two.exportState()];
    for (const [name, { data }] of a.weights)
      expect(largestDifference(data, b.weights.get(name)!.data), name).to.be.below(1e-4);
    await Promise.all([one.close(), two.close()]);
  });

  it("is refused with a sentence where its adapters cannot be", async () => {
    for (const [lora, message] of [
      [{ ...config.lora, rank: 0 }, /lora\.rank must be a positive integer, but is 0/],
      [{ ...config.lora, alpha: 0 }, /lora\.alpha must be a number above 0, but is 0/],
      [{ ...config.lora, targets: [] }, /lora\.targets must be some of .*, each once, but are none/],
      [{ ...config.lora, targets: ["q_proj", "q_proj"] }, /each once, but are q_proj, q_proj/],
      [{ ...config.lora, targets: ["lm_head"] }, /but are lm_head/],
    ] as const) {
      const error = await rejection(open({ ...tinyConfig, lora } as ModelConfig));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(message);
    }
  });
});
