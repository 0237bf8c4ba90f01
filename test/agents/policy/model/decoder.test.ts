import type { Tensor2D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import { packSequences } from "../../../../agents/policy/engine/packing.js";
import { disposeAll, toVariables } from "../../../../agents/policy/engine/tensors.js";
import type { ModelConfig, Weights } from "../../../../agents/policy/index.js";
import { Decoder, type TensorWeights } from "../../../../agents/policy/model/decoder.js";
import { parametersOf } from "../../../../agents/policy/model/parameters.js";
import type { Ops } from "../../../../agents/policy/ops/ops.js";
import { createRandom } from "../../../../infra/random.js";
import { referenceLogits } from "./reference-llama.js";

const config: ModelConfig = {
  ...{ vocabSize: 13, hiddenSize: 16, intermediateSize: 20, layers: 2, heads: 4, kvHeads: 2 },
  // Few positions with fast turns and a large epsilon, so that either matters.
  ...{ maxPositions: 12, ropeTheta: 50, normEpsilon: 0.05, tieEmbeddings: true },
};

/** Weights of every kind at random, gains of norms too. */
function randomWeights(of: ModelConfig): Weights {
  const random = createRandom(3).stream("llama");
  return new Map(
    parametersOf(of).map(({ name, shape }) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const stream = random.stream(name);
      const middle = shape.length === 1 ? 1 : 0;
      return [
        name,
        { shape, data: Float32Array.from({ length: size }, () => middle + 0.3 * stream.normal()) },
      ];
    }),
  );
}

describe("the transformer", () => {
  let ops: Ops;
  before(async () => {
    ({ ops } = await chooseBackend({ prefer: "wasm" }));
  });

  function withModel(of: ModelConfig, run: (model: Decoder, weights: TensorWeights, given: Weights) => void) {
    const given = randomWeights(of);
    const weights = toVariables(of, given);
    tf.tidy(() => run(new Decoder(of, ops), weights, given));
    disposeAll(weights.values());
  }
  function expectRows(actual: Tensor2D, expected: readonly number[][]) {
    expect(actual.shape).to.deep.equal([expected.length, expected[0]?.length]);
    const values = actual.dataSync();
    const furthest = Math.max(...expected.flat().map((value, i) => Math.abs(value - (values[i] as number))));
    expect(furthest).to.be.below(1e-4);
  }

  for (const tieEmbeddings of [true, false])
    it(`gives the logits of the published formulas, ${tieEmbeddings ? "tied" : "with a head of its own"}`, () => {
      const of = { ...config, tieEmbeddings };
      const prompt = [3, 1, 4];
      const completions = [
        [1, 5, 9],
        [2, 6],
      ];
      withModel(of, (model, weights, given) => {
        const packed = packSequences(
          completions.map((ids) => ({ prompt: Int32Array.from(prompt), completion: Int32Array.from(ids) })),
        );
        const [first, second] = completions.map((ids) => referenceLogits(of, given, [...prompt, ...ids]));
        // Rows of the prompt once, then those of each completion but its last token.
        const expected = [...(first ?? []).slice(0, 5), ...(second ?? []).slice(3, 4)];
        expectRows(model.logits(weights, model.hiddenStates(weights, packed)), expected);
      });
    });

  it("gives the same token by token from its caches, for prompts of any length", () => {
    const sequences = [
      [3, 1, 4, 1, 5],
      [2, 7, 1, 8, 2, 8],
    ];
    const lengths = [2, 3];
    withModel(config, (model, weights, given) => {
      const expected = sequences.map((tokens) => referenceLogits(config, given, tokens));
      const shape = { batch: 2, capacity: 8, kvHeads: 2, headSize: 4 };
      const caches = Array.from({ length: config.layers }, () => ops.createCache(shape));
      const ids = Int32Array.of(3, 1, 0, 2, 7, 1);
      const read = model.logits(weights, model.prefill(weights, { ids, batch: 2, time: 3 }, caches));
      expectRows(tf.gather(read, [0, 1, 3, 4, 5]) as Tensor2D, [
        ...(expected[0] ?? []).slice(0, 2),
        ...(expected[1] ?? []).slice(0, 3),
      ]);
      for (let step = 0; step < 3; step++) {
        const positions = Int32Array.from(lengths, (length) => length + step);
        const next = positions.map((position, row) => sequences[row]?.[position] as number);
        const logits = model.logits(weights, model.decode(weights, next, positions, caches));
        expectRows(
          logits,
          [0, 1].map((row) => expected[row]?.[positions[row] as number] as number[]),
        );
      }
      for (const cache of caches) cache.dispose();
    });
  });

  it("names a weight that it lacks", () => {
    withModel(config, (model, weights) => {
      const some = new Map(weights);
      some.delete("model.embed_tokens.weight");
      expect(() => model.head(some)).to.throw("The model has no weight named model.embed_tokens.weight.");
    });
  });
});
