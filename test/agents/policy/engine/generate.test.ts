import type { Tensor2D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import type { GenerateOptions } from "../../../../agents/policy/engine/engine.js";
import { generate } from "../../../../agents/policy/engine/generate.js";
import { disposeAll, toVariables } from "../../../../agents/policy/engine/tensors.js";
import { Decoder } from "../../../../agents/policy/model/decoder.js";
import { initialWeights } from "../../../../agents/policy/model/parameters.js";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { STOP, sampled, tinyConfig } from "./tiny.js";

describe("generation of completions", () => {
  let wasm: Ops;
  let weights: Map<string, tf.Variable>;
  before(async () => {
    ({ ops: wasm } = await chooseBackend({ prefer: "wasm" }));
    weights = toVariables(tinyConfig, initialWeights(tinyConfig, 1));
  });
  after(() => disposeAll(weights.values()));

  /** Generates with tokens that are laid down: `script(step)` gives one id a row. Notes what the ops were asked for. */
  async function scripted(
    prompts: readonly (readonly number[])[],
    script: (step: number, rows: number) => readonly number[],
    options: Partial<GenerateOptions> = {},
  ) {
    const caches: (readonly [batch: number, capacity: number])[] = [];
    const selections: number[][] = [];
    const rows: number[] = [];
    const draws: number[][] = [];
    let pauses = 0;
    const ops: Ops = {
      ...wasm,
      createCache(shape) {
        caches.push([shape.batch, shape.capacity]);
        return wasm.createCache(shape);
      },
      selectCache(cache, chosen) {
        selections.push([...chosen]);
        return wasm.selectCache(cache, chosen);
      },
      async sample(logits: Tensor2D, drawn) {
        const ids = Int32Array.from(script(rows.length, logits.shape[0]));
        rows.push(logits.shape[0]);
        draws.push([...drawn]);
        return { ids, logProbs: Float32Array.from(ids, (id) => -id) };
      },
    };
    const context = { model: new Decoder(tinyConfig, ops), ops, weights, pause: async () => void pauses++ };
    const requests = prompts.map((prompt, stream) => ({ prompt: Int32Array.from(prompt), stream }));
    const before = tf.memory().numTensors;
    const results = await generate(context, requests, { ...sampled, ...options });
    expect(tf.memory().numTensors, "tensors left behind").to.equal(before);
    const written = results.map(({ completion, finishReason }) => [[...completion], finishReason]);
    return { results, written, caches, selections, rows, draws, pauses };
  }

  it("reads equal prompts once and gives each its row of the cache", async () => {
    const [a, b] = [
      [1, 2, 3],
      [4, 5],
    ];
    const { caches, selections, rows } = await scripted([a, b, a, a], (_, n) => Array(n).fill(STOP), {
      maxNewTokens: 6,
    });
    // Two layers; the longest prompt and what may be written after it.
    expect(caches).to.deep.equal([
      [2, 9],
      [2, 9],
    ]);
    expect(selections).to.deep.equal([
      [0, 0, 0, 1],
      [0, 0, 0, 1],
    ]);
    expect(rows).to.deep.equal([4]);
  });

  it("needs no more room than the model has positions", async () => {
    const { caches } = await scripted([[1, 2]], () => [STOP], { maxNewTokens: 1000 });
    expect(caches[0]).to.deep.equal([1, tinyConfig.maxPositions]);
  });

  it("ends a completion with its stop token, or at its most tokens", async () => {
    const script = [[7, 8, STOP], [9, STOP], [10]];
    const { written, results, pauses } = await scripted([[1], [2], [3]], (step) => script[step] as number[], {
      maxNewTokens: 3,
    });
    expect(written).to.deep.equal([
      [[7, 9, 10], "length"],
      [[8, STOP], "stop"],
      [[STOP], "stop"],
    ]);
    expect([...(results[0]?.logProbs ?? [])]).to.deep.equal([-7, -9, -10]);
    expect(pauses, "between tokens").to.equal(2);
  });

  it("ends a completion with any other token that ends one, too", async () => {
    const script = (step: number) => [[7, 9], [8, 7], [5]][step] as number[];
    const { written } = await scripted([[1], [2, 3]], script, { maxNewTokens: 3, otherStopTokens: [8, 9] });
    expect(written).to.deep.equal([
      [[7, 8], "stop"],
      [[9], "stop"],
    ]);
  });

  it("moves rows together once a quarter of them has ended, not before", async () => {
    const prompts = [[1], [2], [3], [4], [5]];
    const script = [
      [11, STOP, 13, 14, 15],
      // The row that ended stays and what it draws counts for nothing.
      [21, 99, STOP, 24, 25],
      [31, 34, STOP],
      [STOP, STOP],
    ];
    const { written, rows, selections } = await scripted(prompts, (step) => script[step] as number[]);
    expect(rows).to.deep.equal([5, 5, 3, 2]);
    expect(selections.slice(2)).to.deep.equal([
      [0, 3, 4],
      [0, 3, 4],
      [0, 1],
      [0, 1],
    ]);
    expect(written).to.deep.equal([
      [[11, 21, 31, STOP], "stop"],
      [[STOP], "stop"],
      [[13, STOP], "stop"],
      [[14, 24, 34, STOP], "stop"],
      [[15, 25, STOP], "stop"],
    ]);
  });

  it("moves four rows together when the first of them ends", async () => {
    const script = [
      [STOP, 12, 13, 14],
      [STOP, STOP, STOP],
    ];
    const { rows } = await scripted([[1], [2], [3], [4]], (step) => script[step] as number[]);
    expect(rows).to.deep.equal([4, 3]);
  });

  it("writes at most 256 completions at once, the others after them", async () => {
    const prompts = Array.from({ length: 300 }, (_, i) => [1 + (i % 40), 1 + Math.floor(i / 40)]);
    const { rows, written } = await scripted(prompts, (_, n) => Array(n).fill(STOP));
    expect(rows).to.deep.equal([256, 44]);
    expect(written).to.have.length(300);
    expect(written.every(([, reason]) => reason === "stop")).to.equal(true);
  });

  it("draws for each request from its own stream, in a batch of any size", async () => {
    const two = await scripted([[1], [2]], (step, n) => Array(n).fill(step === 2 ? STOP : 9));
    const one = await scripted([[1]], (step) => [step === 2 ? STOP : 9]);
    expect(two.draws.map(([first]) => first)).to.deep.equal(one.draws.map(([first]) => first));
    expect(new Set(two.draws.flat()).size).to.equal(6);
    const other = await scripted([[1]], () => [STOP], { seed: 4 });
    expect(other.draws[0]).not.to.deep.equal(one.draws[0]);
  });

  it("writes nothing for no requests", async () => {
    expect((await scripted([], () => [])).written).to.deep.equal([]);
  });
});
