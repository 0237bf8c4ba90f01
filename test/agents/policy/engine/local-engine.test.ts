import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import {
  createLocalEngine,
  type EngineState,
  type ModelEngine,
  type Sequence,
} from "../../../../agents/policy/index.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";
import { greedy, largestDifference, sampled, tinyConfig, tinySequences } from "./tiny.js";

async function failure(action: Promise<unknown>): Promise<Error> {
  return action.then(
    () => expect.fail("It should have failed."),
    (error: Error) => error,
  );
}

describe("local engine", () => {
  let engine: ModelEngine;
  beforeEach(async () => {
    engine = await createLocalEngine({ config: tinyConfig, seed: 1, backend: "wasm" });
  });
  afterEach(() => engine.close());

  const learn = async (sequences: readonly Sequence[], steps: number, learningRate = 1e-2) => {
    let loss = Number.NaN;
    for (let i = 0; i < steps; i++)
      ({ loss } = await engine.step({ kind: "crossEntropy", sequences }, { learningRate }));
    return loss;
  };
  const prompts = (sequences: readonly Sequence[]) => sequences.map(({ prompt }) => prompt);

  it("learns a few sequences by heart and writes them", async () => {
    const sequences = tinySequences(4);
    expect(await learn(sequences, 150)).to.be.below(0.01);
    const written = await engine.generate(prompts(sequences), greedy);
    expect(written.map(({ completion }) => [...completion])).to.deep.equal(
      sequences.map(({ completion }) => [...completion]),
    );
    expect(written.every(({ finishReason }) => finishReason === "stop")).to.equal(true);
  });

  it("starts with logits of about unit variance", async () => {
    const { loss, entropy } = await engine.step(
      { kind: "crossEntropy", sequences: tinySequences(8) },
      { learningRate: 0 },
    );
    // Logits of unit variance cost half a nat against a uniform distribution.
    expect(loss).to.be.closeTo(Math.log(tinyConfig.vocabSize) + 0.5, 0.3);
    expect(entropy).to.be.closeTo(Math.log(tinyConfig.vocabSize) - 0.5, 0.3);
  });

  it("writes greedily what the full forward pass finds likeliest", async () => {
    const sequences = tinySequences(5);
    await learn(sequences, 15);
    const written = await engine.generate(prompts(sequences), greedy);
    for (const [i, { completion }] of written.entries()) {
      const prompt = sequences[i]?.prompt as Int32Array;
      const candidates = Array.from({ length: tinyConfig.vocabSize }, (_, token) => token);
      for (let t = 0; t < completion.length; t++) {
        const context = Int32Array.of(...prompt, ...completion.subarray(0, t));
        const scores = await engine.logProbs(
          candidates.map((token) => ({ prompt: context, completion: Int32Array.of(token) })),
        );
        const values = scores.map(([score]) => score as number);
        const best = values.indexOf(Math.max(...values));
        expect(completion[t]).to.equal(best);
      }
    }
  });

  it("returns the log-probabilities that a full forward pass gives", async () => {
    const sequences = tinySequences(6);
    await learn(sequences, 10);
    const given = prompts(sequences);
    const written = await engine.generate(given, { ...sampled, topK: 20, topP: 0.9, temperature: 1.5 });
    const measured = await engine.logProbs(
      written.map(({ completion }, i) => ({ prompt: given[i] as Int32Array, completion })),
    );
    written.forEach(({ logProbs }, i) => {
      expect(largestDifference(logProbs, measured[i] as Float32Array)).to.be.below(1e-4);
    });
  });

  it("samples the same whatever else is in the batch, and otherwise for another seed", async () => {
    await learn(tinySequences(4), 3);
    const given = prompts(tinySequences(7, 5));
    const together = await engine.generate(given, sampled);
    const again = await engine.generate(given, sampled);
    const fewer = await engine.generate(given.slice(0, 3), sampled);
    expect(again).to.deep.equal(together);
    expect(fewer.map(({ completion }) => completion)).to.deep.equal(
      together.slice(0, 3).map(({ completion }) => completion),
    );
    const other = await engine.generate(given, { ...sampled, seed: 4 });
    expect(other).not.to.deep.equal(together);
  });

  it("samples a group from one prompt independently", async () => {
    const prompt = Int32Array.of(5, 6, 7);
    const group = await engine.generate(Array<Int32Array>(6).fill(prompt), sampled);
    expect(new Set(group.map(({ completion }) => completion.join())).size).to.equal(6);
  });

  it("stops where positions run out", async () => {
    const prompt = Int32Array.from({ length: tinyConfig.maxPositions - 2 }, (_, i) => 1 + (i % 40));
    const [written] = await engine.generate([prompt], { ...sampled, stopToken: -1, maxNewTokens: 50 });
    expect(written?.finishReason).to.equal("length");
    expect(written?.completion).to.have.length(3);
    const sequence = { prompt, completion: written?.completion as Int32Array };
    expect((await engine.logProbs([sequence]))[0]).to.have.length(3);
  });

  it("goes on from a saved state bit for bit", async () => {
    const [first, second] = [tinySequences(6, 1), tinySequences(6, 2)];
    await learn(first, 3);
    const saved = await engine.exportState();
    await learn(second, 3);
    const straight = await engine.exportState();
    const resumed = await createLocalEngine({ config: tinyConfig, seed: 99, backend: "wasm" });
    await resumed.importState(saved);
    for (let i = 0; i < 3; i++)
      await resumed.step({ kind: "crossEntropy", sequences: second }, { learningRate: 1e-2 });
    expectSame(await resumed.exportState(), straight);
    await resumed.close();
  });

  it("takes a step over more tokens than go at once as over few", async () => {
    const [sequence] = tinySequences(1) as [Sequence];
    const still = { learningRate: 0 };
    const measure = (count: number) =>
      engine.step({ kind: "crossEntropy", sequences: Array<Sequence>(count).fill(sequence) }, still);
    const [alone, many] = [await measure(1), await measure(400)];
    expect(many.loss).to.be.closeTo(alone.loss, 1e-4);
    expect(many.entropy).to.be.closeTo(alone.entropy as number, 1e-4);
    expect(many.gradientNorm / alone.gradientNorm).to.be.closeTo(1, 1e-4);
    expect(many.tokens).to.equal(400 * alone.tokens);
    const logProbs = await engine.logProbs(Array<Sequence>(900).fill(sequence));
    expect(logProbs).to.have.length(900);
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
    for (const values of logProbs)
      expect(-sum(values) / sequence.completion.length).to.be.closeTo(alone.loss, 1e-4);
  });

  it("keeps a reference that training does not move", async () => {
    const sequences = tinySequences(3);
    const missing = await failure(engine.logProbs(sequences, "reference"));
    expect(missing).to.be.instanceOf(UsageError).with.property("message").that.includes("keepReference");
    await engine.keepReference();
    const before = await engine.logProbs(sequences);
    await learn(sequences, 3);
    expect(await engine.logProbs(sequences, "reference")).to.deep.equal(before);
    expect(await engine.logProbs(sequences)).not.to.deep.equal(before);
  });

  it("refuses a step that is not finite and stays as it was", async () => {
    const before = await engine.exportState();
    const sequences = tinySequences(2).map((sequence) => ({
      ...sequence,
      advantage: -1,
      oldLogProbs: new Float32Array(sequence.completion.length).fill(-500),
    }));
    const loss = {
      kind: "policyGradient" as const,
      sequences,
      epsilon: 0.2,
      epsilonHigh: 0.2,
      beta: 0,
      entropyCoef: 0,
    };
    const error = await failure(engine.step(loss, { learningRate: 1e-3 }));
    expect(error).to.be.instanceOf(InfrastructureError).with.property("message").that.includes("refused");
    expectSame(await engine.exportState(), before);
  });

  it("gives back all memory that a call took", async () => {
    const sequences = tinySequences(4);
    const work = async () => {
      await learn(sequences, 2);
      await engine.keepReference();
      await engine.logProbs(sequences, "reference");
      await engine.generate(prompts(sequences), sampled);
      await engine.importState(await engine.exportState());
    };
    await work();
    const { numTensors, numBytes } = tf.memory();
    await work();
    expect(tf.memory()).to.include({ numTensors, numBytes });
  });

  it("says what is wrong with a call", async () => {
    const long = new Int32Array(40).fill(1);
    const step = (sequences: readonly Sequence[], learningRate = 1e-3) =>
      engine.step({ kind: "crossEntropy", sequences }, { learningRate });
    const messages = [
      [engine.generate([long], greedy), "Shorten the prompt"],
      [engine.generate([Int32Array.of(1)], { ...greedy, temperature: -1 }), "temperature must be"],
      [engine.logProbs([{ prompt: long, completion: Int32Array.of(1) }]), "the model holds 32"],
      [step([]), "at least one sequence"],
      [step([{ prompt: Int32Array.of(1), completion: new Int32Array(0) }]), "at least one"],
      [step(tinySequences(1), Number.NaN), "learningRate"],
    ] as const;
    for (const [call, part] of messages) {
      const error = await failure(call);
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.include(part);
    }
  });

  it("is closed twice without harm and then takes no calls", async () => {
    await engine.close();
    await engine.close();
    expect((await failure(engine.generate([Int32Array.of(1)], greedy))).message).to.include("closed");
  });
});

function expectSame(actual: EngineState, expected: EngineState): void {
  expect(actual.optimizer?.step).to.equal(expected.optimizer?.step);
  for (const part of ["firstMoment", "secondMoment"] as const) {
    for (const [name, { data }] of expected.optimizer?.[part] ?? [])
      expect(actual.optimizer?.[part].get(name)?.data, name).to.deep.equal(data);
  }
  for (const [name, { data }] of expected.weights)
    expect(actual.weights.get(name)?.data, name).to.deep.equal(data);
}
