import { expect } from "chai";
import {
  createLocalEngine,
  createWorkerEngine,
  type EngineState,
  type ModelEngine,
  type Weights,
} from "../../../../agents/policy/index.js";
import { UsageError } from "../../../../infra/errors.js";
import { greedy, largestDifference, sampled, tinyConfig, tinySequences } from "./tiny.js";

describe("worker engine", function () {
  this.timeout(60_000);
  let one: ModelEngine;
  let two: ModelEngine;
  let first: EngineState;
  before(async () => {
    one = await createLocalEngine({ config: tinyConfig, seed: 1, backend: "wasm" });
    two = await createWorkerEngine({ config: tinyConfig, seed: 1, workers: 2 });
    first = await two.exportState();
  });
  beforeEach(() => Promise.all([one.importState(first), two.importState(first)]));
  after(() => Promise.all([one?.close(), two?.close()]));

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
    const losses = await train(two);
    const trained = await two.exportState();
    expect(largestDifference(losses, await train(one))).to.be.below(1e-4);
    expect(furthest(trained.weights, (await one.exportState()).weights)).to.be.below(1e-4);
    expect(trained.optimizer?.step).to.equal(4);
    await two.importState(first);
    expect(await train(two)).to.deep.equal(losses);
    expect(furthest(trained.weights, (await two.exportState()).weights)).to.equal(0);
  });

  it("generates and measures as one replica does, in the order asked for", async () => {
    const prompts = [0, 1, 0, 2, 3, 1, 0].map((i) => sequences[i]?.prompt as Int32Array);
    const [a, b] = [await one.generate(prompts, sampled), await two.generate(prompts, sampled)];
    const tokens = (written: typeof a) => written.map(({ completion }) => [...completion]);
    expect(tokens(b)).to.deep.equal(tokens(a));
    const [p, q] = [await one.logProbs(sequences), await two.logProbs(sequences)];
    p.forEach((values, i) => {
      expect(largestDifference(values, q[i] as Float32Array)).to.be.below(1e-4);
    });
  });

  it("takes fewer sequences than it has workers", async () => {
    const single = sequences.slice(0, 1);
    const { tokens } = await two.step({ kind: "crossEntropy", sequences: single }, { learningRate: 1e-3 });
    expect(tokens).to.equal((single[0]?.prompt.length ?? 0) + (single[0]?.completion.length ?? 0));
    expect(await two.generate([], greedy)).to.deep.equal([]);
  });

  it("says what is wrong, refuses a bad step in every replica, and goes on", async () => {
    const error = await two.logProbs(sequences, "reference").catch((e) => e);
    expect(error).to.be.instanceOf(UsageError);
    const bad = sequences.map((sequence) => ({
      ...sequence,
      advantage: -1,
      oldLogProbs: new Float32Array(sequence.completion.length).fill(-500),
    }));
    const options = { epsilon: 0.2, epsilonHigh: 0.2, beta: 0, entropyCoef: 0 };
    const refused = await two
      .step({ kind: "policyGradient", sequences: bad, ...options }, { learningRate: 1e-3 })
      .catch((e) => e);
    expect(refused.message).to.include("refused");
    expect(furthest(first.weights, (await two.exportState()).weights)).to.equal(0);
    expect(await train(two)).to.have.length(4);
  });

  it("tells what was wrong in the one replica that failed, not that it was another", async () => {
    const outside = { prompt: Int32Array.of(1, 2), completion: Int32Array.of(tinyConfig.vocabSize, 1, 1) };
    const error = await two
      .step({ kind: "crossEntropy", sequences: [...sequences, outside] }, { learningRate: 1e-3 })
      .catch((e) => e);
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.match(/must lie in \[0, 48\)/);
    expect(furthest(first.weights, (await two.exportState()).weights)).to.equal(0);
    expect(await train(two)).to.have.length(4);
  });

  it("keeps weights that are given as the reference", async () => {
    await two.keepReference(first.weights);
    const before = await two.logProbs(sequences);
    expect(await two.logProbs(sequences, "reference")).to.deep.equal(before);
    await train(two);
    expect(await two.logProbs(sequences, "reference")).to.deep.equal(before);
    expect(await two.logProbs(sequences)).not.to.deep.equal(before);
    await two.keepReference();
    expect(await two.logProbs(sequences, "reference")).to.deep.equal(await two.logProbs(sequences));
  });

  it("refuses what it cannot take before any replica is asked", async () => {
    const few = new Map([...first.weights].slice(1));
    const long = Int32Array.from({ length: tinyConfig.maxPositions + 1 }, () => 1);
    for (const call of [
      () => two.keepReference(few),
      () => two.importState({ weights: few }),
      () => two.generate([long], greedy),
      () => two.logProbs([{ prompt: long, completion: long }]),
      () => two.step({ kind: "crossEntropy", sequences: [] }, { learningRate: 1e-3 }),
    ])
      expect(await call().catch((e) => e)).to.be.instanceOf(UsageError);
    expect(furthest(first.weights, (await two.exportState()).weights)).to.equal(0);
  });

  it("says what it runs on, and refuses numbers of workers that cannot be", async () => {
    expect(two.backend).to.equal("wasm (own SIMD kernels), 2 workers");
    expect(two.parameterCount).to.equal(one.parameterCount);
    for (const workers of [0, 1.5]) {
      const error = await createWorkerEngine({ config: tinyConfig, seed: 1, workers }).catch((e) => e);
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.equal(`workers must be a positive integer, but is ${workers}.`);
    }
  });

  it("takes no calls once it is closed, twice without harm", async () => {
    const engine = await createWorkerEngine({ config: tinyConfig, seed: 1, workers: 1 });
    expect(engine.backend).to.equal("wasm (own SIMD kernels), 1 worker");
    await Promise.all([engine.close(), engine.close()]);
    const error = await engine.exportState().catch((e) => e);
    expect(error)
      .to.be.instanceOf(UsageError)
      .and.have.property("message", "The engine is closed; create a new one.");
  });

  it("keeps this thread free while it works", async () => {
    let beats = 0;
    const timer = setInterval(() => beats++, 1);
    await two.generate(Array<Int32Array>(64).fill(Int32Array.of(1, 2)), { ...sampled, stopToken: -1 });
    clearInterval(timer);
    expect(beats).to.be.above(2);
  });
});
