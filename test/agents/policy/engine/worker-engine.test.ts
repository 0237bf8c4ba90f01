import { expect } from "chai";
import {
  createLocalEngine,
  createWorkerEngine,
  type ModelEngine,
  type Weights,
} from "../../../../agents/policy/index.js";
import { UsageError } from "../../../../infra/errors.js";
import { greedy, largestDifference, sampled, tinyConfig, tinySequences } from "./tiny.js";

describe("worker engine", function () {
  this.timeout(20_000);
  const engines: ModelEngine[] = [];
  const open = async (workers: number, seed = 1) => {
    const engine = await createWorkerEngine({ config: tinyConfig, seed, workers });
    engines.push(engine);
    return engine;
  };
  after(() => Promise.all(engines.map((engine) => engine.close())));

  const sequences = tinySequences(7);
  const train = async (engine: ModelEngine) => {
    const losses: number[] = [];
    for (let i = 0; i < 4; i++)
      losses.push((await engine.step({ kind: "crossEntropy", sequences }, { learningRate: 3e-3 })).loss);
    return losses;
  };
  const furthest = (a: Weights, b: Weights) =>
    Math.max(...[...a].map(([name, { data }]) => largestDifference(data, b.get(name)?.data ?? [])));

  it("agrees with one replica to rounding, and with itself exactly", async () => {
    const alone = await createLocalEngine({ config: tinyConfig, seed: 1, backend: "wasm" });
    engines.push(alone);
    const [two, again] = [await open(2), await open(2)];
    const losses = await train(two);
    expect(largestDifference(losses, await train(alone))).to.be.below(1e-4);
    expect(await train(again)).to.deep.equal(losses);
    const state = await two.exportState();
    expect(furthest(state.weights, (await again.exportState()).weights)).to.equal(0);
    expect(furthest(state.weights, (await alone.exportState()).weights)).to.be.below(1e-4);
    expect(state.optimizer?.step).to.equal(4);
  });

  it("generates and measures as one replica does, in the order asked for", async () => {
    const [one, two] = [await open(1), await open(2)];
    const state = await two.exportState();
    await one.importState(state);
    const prompts = [0, 1, 0, 2, 3, 1, 0].map((i) => sequences[i]?.prompt as Int32Array);
    const [a, b] = [await one.generate(prompts, sampled), await two.generate(prompts, sampled)];
    expect(b.map(({ completion }) => [...completion])).to.deep.equal(
      a.map(({ completion }) => [...completion]),
    );
    const [p, q] = [await one.logProbs(sequences), await two.logProbs(sequences)];
    p.forEach((values, i) => {
      expect(largestDifference(values, q[i] as Float32Array)).to.be.below(1e-4);
    });
  });

  it("takes fewer sequences than it has workers", async () => {
    const engine = await open(2);
    const one = sequences.slice(0, 1);
    const { tokens } = await engine.step({ kind: "crossEntropy", sequences: one }, { learningRate: 1e-3 });
    expect(tokens).to.equal((one[0]?.prompt.length ?? 0) + (one[0]?.completion.length ?? 0));
    expect(await engine.generate([], greedy)).to.deep.equal([]);
  });

  it("says what is wrong, refuses a bad step in every replica, and goes on", async () => {
    const engine = await open(2);
    const error = await engine.logProbs(sequences, "reference").catch((e) => e);
    expect(error).to.be.instanceOf(UsageError);
    const bad = sequences.map((sequence) => ({
      ...sequence,
      advantage: -1,
      oldLogProbs: new Float32Array(sequence.completion.length).fill(-500),
    }));
    const options = { clipLow: 0.2, clipHigh: 0.2, klCoefficient: 0, entropyCoefficient: 0 };
    const before = await engine.exportState();
    const refused = await engine
      .step({ kind: "policyGradient", sequences: bad, ...options }, { learningRate: 1e-3 })
      .catch((e) => e);
    expect(refused.message).to.include("refused");
    expect(furthest(before.weights, (await engine.exportState()).weights)).to.equal(0);
    expect(await train(engine)).to.have.length(4);
  });

  it("keeps this thread free while it works", async () => {
    const engine = await open(2);
    let beats = 0;
    const timer = setInterval(() => beats++, 1);
    await engine.generate(Array<Int32Array>(64).fill(Int32Array.of(1, 2)), { ...sampled, stopToken: -1 });
    clearInterval(timer);
    expect(beats).to.be.above(2);
  });
});
