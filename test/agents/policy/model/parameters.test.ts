import { expect } from "chai";
import {
  initialWeights,
  type ModelConfig,
  parameterCount,
  smallConfig,
  type Weights,
} from "../../../../agents/policy/index.js";
import { checkWeights } from "../../../../agents/policy/model/parameters.js";
import { UsageError } from "../../../../infra/errors.js";

const deviation = (data: Float32Array) =>
  Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);

describe("model parameters", () => {
  const config = smallConfig(1024);
  const tiny: ModelConfig = { ...config, vocabSize: 8, hiddenSize: 16, intermediateSize: 24, layers: 2 };

  it("are about 0.9 million in the small model", () => {
    expect(parameterCount(config)).to.equal(869_504);
  });

  it("start the same for a seed, and otherwise for another", () => {
    const [a, again, other] = [1, 1, 2].map((seed) => initialWeights(tiny, seed)) as [
      Weights,
      Weights,
      Weights,
    ];
    const name = "model.layers.1.mlp.up_proj.weight";
    expect(a.get(name)?.data).to.deep.equal(again.get(name)?.data);
    expect(a.get(name)?.data).not.to.deep.equal(other.get(name)?.data);
  });

  it("keep the scale of what they read, and add less to the residual stream", () => {
    const weights = initialWeights(config, 1);
    const of = (name: string) => deviation(weights.get(name)?.data ?? new Float32Array(1));
    expect(of("model.layers.0.self_attn.q_proj.weight")).to.be.closeTo(128 ** -0.5, 0.003);
    expect(of("model.layers.0.mlp.down_proj.weight")).to.be.closeTo(128 ** -0.5 / Math.sqrt(8), 0.001);
    expect(of("model.norm.weight")).to.equal(1);
  });

  it("have a head of their own when it is not tied", () => {
    const untied = parameterCount({ ...config, tieEmbeddings: false });
    expect(untied - parameterCount(config)).to.equal(1024 * 128);
  });

  it("refuse a config that no model can have", () => {
    const cases: readonly [Partial<ModelConfig>, string][] = [
      [{ layers: 0 }, "The model config's layers must be a positive integer, but is 0."],
      [{ vocabSize: 7.5 }, "The model config's vocabSize must be a positive integer, but is 7.5."],
      [{ heads: 3 }, "hiddenSize must be heads times an even head size, but 128 / 3 = 42.666666666666664."],
      [{ heads: 128, kvHeads: 1 }, "hiddenSize must be heads times an even head size, but 128 / 128 = 1."],
      [{ kvHeads: 3 }, "kvHeads must divide heads, but 3 does not divide 4."],
      [{ normEpsilon: 0 }, "normEpsilon and ropeTheta must be positive, but are 0 and 10000."],
      [{ ropeTheta: Number.NaN }, "normEpsilon and ropeTheta must be positive, but are 0.00001 and NaN."],
    ];
    for (const [change, message] of cases)
      expect(() => parameterCount({ ...config, ...change })).to.throw(UsageError, message);
    expect(parameterCount({ ...config, layers: 1, heads: 64, kvHeads: 1 })).to.be.above(0);
  });

  it("have the names and shapes that Hugging Face's Llama gives them, in its order", () => {
    const small: ModelConfig = {
      ...{ vocabSize: 10, hiddenSize: 8, intermediateSize: 12, layers: 2, heads: 4, kvHeads: 2 },
      ...{ maxPositions: 5, ropeTheta: 100, normEpsilon: 1e-6, tieEmbeddings: false },
    };
    const layer = (index: number) =>
      [
        ["self_attn.q_proj", [8, 8]],
        ["self_attn.k_proj", [4, 8]],
        ["self_attn.v_proj", [4, 8]],
        ["self_attn.o_proj", [8, 8]],
        ["mlp.gate_proj", [12, 8]],
        ["mlp.up_proj", [12, 8]],
        ["mlp.down_proj", [8, 12]],
        ["input_layernorm", [8]],
        ["post_attention_layernorm", [8]],
      ].map(([part, shape]) => [`model.layers.${index}.${part}.weight`, shape]);
    const named = [...initialWeights(small, 1)].map(([name, { shape }]) => [name, shape]);
    expect(named).to.deep.equal([
      ["model.embed_tokens.weight", [10, 8]],
      ...layer(0),
      ...layer(1),
      ["model.norm.weight", [8]],
      ["lm_head.weight", [10, 8]],
    ]);
  });

  it("are checked name by name and shape by shape", () => {
    const weights = new Map(initialWeights(tiny, 1));
    expect(() => checkWeights(tiny, weights)).not.to.throw();
    const name = "model.layers.1.mlp.up_proj.weight";
    const { shape, data } = weights.get(name) as { shape: readonly number[]; data: Float32Array };
    for (const wrong of [
      { shape: [...shape].reverse(), data },
      { shape, data: data.subarray(1) },
    ])
      expect(() => checkWeights(tiny, new Map([...weights, [name, wrong]]))).to.throw(
        UsageError,
        `${name} should have shape [24,16] by the model's config, but the weights hold [${wrong.shape}].`,
      );
    weights.delete(name);
    expect(() => checkWeights(tiny, weights)).to.throw(
      UsageError,
      `The weights lack ${name}, which the model's config asks for.`,
    );
  });
});
