import type { Tensor2D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import type { GenerateOptions } from "../../../../agents/policy/engine/engine.js";
import { checkGeneration, generate } from "../../../../agents/policy/engine/generate.js";
import { disposeAll, toVariables } from "../../../../agents/policy/engine/tensors.js";
import { Decoder } from "../../../../agents/policy/model/decoder.js";
import { initialWeights } from "../../../../agents/policy/model/parameters.js";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { UsageError } from "../../../../infra/errors.js";
import { referenceLogits } from "../model/reference-llama.js";
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

  it("writes greedily what the published formulas find likeliest, until positions run out", async () => {
    const given = initialWeights(tinyConfig, 1);
    const length = (count: number, first: number) =>
      Array.from({ length: count }, (_, i) => 1 + ((first + 7 * i) % 40));
    const prompts = [length(27, 3), length(4, 9), length(27, 3), length(31, 5), length(1, 2)];
    const requests = prompts.map((prompt, stream) => ({ prompt: Int32Array.from(prompt), stream }));
    const context = { model: new Decoder(tinyConfig, wasm), ops: wasm, weights, pause: async () => {} };
    const options = { ...sampled, temperature: 0, stopToken: -1, maxNewTokens: 9 };
    const written = await generate(context, requests, options);
    // The model has 32 positions; the last token is only predicted.
    expect(written.map(({ completion }) => completion.length)).to.deep.equal([6, 9, 6, 2, 9]);
    written.forEach(({ completion, logProbs }, row) => {
      const prompt = prompts[row] as number[];
      const logits = referenceLogits(tinyConfig, given, [...prompt, ...completion].slice(0, -1));
      completion.forEach((id, i) => {
        const scores = logits[prompt.length - 1 + i] as number[];
        expect(id, `row ${row}, token ${i}`).to.equal(scores.indexOf(Math.max(...scores)));
        const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
        expect(logProbs[i]).to.be.closeTo((scores[id] as number) - Math.log(total), 1e-4);
      });
    });
  });

  it("is refused with what cannot be followed", () => {
    const check =
      (changes: Partial<GenerateOptions>, length = 3) =>
      () =>
        checkGeneration([Int32Array.of(1), new Int32Array(length)], { ...sampled, ...changes }, tinyConfig);
    for (const [changes, message] of [
      [{ temperature: -0.1 }, "temperature must be at least 0, but is -0.1."],
      [{ temperature: Number.NaN }, "temperature must be at least 0, but is NaN."],
      [{ topP: 0 }, "topP must be above 0 and at most 1, but is 0."],
      [{ topP: 1.01 }, "topP must be above 0 and at most 1, but is 1.01."],
      [{ topK: -1 }, "topK must be 0 (off) or a positive integer, but is -1."],
      [{ topK: 1.5 }, "topK must be 0 (off) or a positive integer, but is 1.5."],
      [{ maxNewTokens: 0 }, "maxNewTokens must be a positive integer, but is 0."],
      [{ maxNewTokens: 2.5 }, "maxNewTokens must be a positive integer, but is 2.5."],
    ] as const)
      expect(check(changes), message).to.throw(UsageError, message);
    for (const length of [0, 32, 33])
      expect(check({}, length)).to.throw(
        UsageError,
        `Prompt 1 is ${length} tokens long; the model takes 1 to 31. Shorten the prompt.`,
      );
    for (const changes of [
      { temperature: 0 },
      { topP: 1 },
      { topP: 1e-3 },
      { topK: 0 },
      { topK: 1 },
      { maxNewTokens: 1 },
    ])
      expect(check(changes, 31), JSON.stringify(changes)).not.to.throw();
  });

  it("writes nothing for no requests", async () => {
    expect((await scripted([], () => [])).written).to.deep.equal([]);
  });
});
