import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { exclusively, onBackend } from "../../../../agents/policy/backend/active.js";
import { chooseBackend, createLocalEngine, type ModelEngine } from "../../../../agents/policy/index.js";
import { rejection } from "../../../support/rejection.js";
import { fixture, fixtureRollouts, fixtureSequences, fixtureState } from "../../fixtures/trl.js";
import { greedy, largestDifference } from "./tiny.js";

describe("engines on two backends of one thread", function () {
  this.timeout(60_000);
  const start = { config: fixture.model.config, seed: 0, state: fixtureState };
  const prompts = fixtureSequences.map(({ prompt }) => prompt);
  let wasm: ModelEngine;
  let cpu: ModelEngine;
  before(async () => {
    wasm = await createLocalEngine({ ...start, backend: "wasm" });
    cpu = await createLocalEngine({ ...start, backend: "cpu" });
  });
  after(() => Promise.all([wasm?.close(), cpu?.close()]));

  async function work(engine: ModelEngine) {
    await engine.importState(fixtureState);
    const given = fixture.policyGradient[0]!;
    const objective = { epsilon: given.clipLow, epsilonHigh: given.clipHigh, beta: given.klCoefficient };
    const written = await engine.generate(prompts, greedy);
    const loss = { kind: "policyGradient" as const, sequences: fixtureRollouts(given), ...objective };
    const metrics = await engine.step(loss, { learningRate: 0.01 });
    const logProbs = await engine.logProbs(fixtureSequences);
    return { written, loss: metrics.loss, logProbs };
  }

  it("each compute on their own, one after the other and at once", async () => {
    expect(tf.getBackend()).to.equal("cpu");
    const alone = await work(wasm);
    expect(alone.loss).to.be.closeTo(fixture.policyGradient[0]!.loss, 1e-5);
    const [first, second, opened] = await Promise.all([
      work(wasm),
      work(cpu),
      createLocalEngine({ ...start, backend: "wasm" }),
      chooseBackend({ prefer: "cpu" }),
    ]);
    await opened.close();
    expect(first).to.deep.equal(alone);
    expect(second.loss).to.be.closeTo(alone.loss, 1e-5);
    expect(second.written.map(({ completion }) => completion)).to.deep.equal(
      alone.written.map(({ completion }) => completion),
    );
    second.logProbs.forEach((values, i) => {
      expect(largestDifference(values, alone.logProbs[i] as Float32Array)).to.be.below(1e-4);
    });
  });

  it("find their backend active for the whole of a job", async () => {
    const seen: string[] = [];
    const job = (name: string) => async () => {
      seen.push(tf.getBackend());
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(tf.getBackend());
      return name;
    };
    const names = ["wasm", "cpu", "cpu", "wasm"];
    expect(await Promise.all(names.map((name) => onBackend(name, job(name))))).to.deep.equal(names);
    expect(seen).to.deep.equal(names.flatMap((name) => [name, name]));
  });

  it("go on after a job that failed", async () => {
    const failed = exclusively(() => Promise.reject(new Error("It broke.")));
    const next = exclusively(async () => "fine");
    expect((await rejection(failed)).message).to.equal("It broke.");
    expect(await next).to.equal("fine");
  });
});
