import { expect } from "chai";
import { fromLlamaConfig, toLlamaConfig } from "../../../../agents/policy/checkpoint/llama-config.js";
import { UsageError } from "../../../../infra/errors.js";

/** The fields that every published config has. */
const least = {
  model_type: "llama",
  vocab_size: 10,
  hidden_size: 8,
  intermediate_size: 16,
  num_hidden_layers: 3,
  num_attention_heads: 2,
};

const whole = {
  ...{ vocabSize: 10, hiddenSize: 8, intermediateSize: 16, layers: 3, heads: 2, kvHeads: 1 },
  ...{ maxPositions: 64, ropeTheta: 5000, normEpsilon: 1e-4, tieEmbeddings: true },
};

describe("a config of transformers", () => {
  it("has the defaults of LlamaConfig where it is silent", () => {
    expect(fromLlamaConfig(least)).to.deep.equal({
      ...{ vocabSize: 10, hiddenSize: 8, intermediateSize: 16, layers: 3, heads: 2, kvHeads: 2 },
      ...{ maxPositions: 2048, ropeTheta: 10_000, normEpsilon: 1e-6, tieEmbeddings: false },
    });
  });

  it("is read as it was written, tied or not", () => {
    for (const tieEmbeddings of [true, false]) {
      const config = { ...whole, tieEmbeddings };
      expect(fromLlamaConfig(toLlamaConfig(config, { stopToken: 0, padToken: null }))).to.deep.equal(config);
    }
  });

  it("may hold the rotary base beside its type, as newer versions write it", () => {
    const rope_parameters = { rope_type: "default", rope_theta: 500_000 };
    expect(fromLlamaConfig({ ...least, rope_parameters }).ropeTheta).to.equal(500_000);
    expect(fromLlamaConfig({ ...least, rope_parameters, rope_theta: 7 }).ropeTheta).to.equal(7);
  });

  it("is refused by the first thing in it that this model cannot do", () => {
    for (const [fields, message] of [
      [{ model_type: "qwen2" }, /model_type must be "llama", but is "qwen2"/],
      [{ hidden_act: "gelu" }, /hidden_act must be "silu", but is "gelu"/],
      [{ attention_bias: true }, /attention_bias and mlp_bias must be false/],
      [{ mlp_bias: true }, /attention_bias and mlp_bias must be false/],
      [{ rope_scaling: { rope_type: "llama3" } }, /must not be scaled, but are by "llama3"/],
      [{ rope_scaling: { type: "linear" } }, /must not be scaled, but are by "linear"/],
      [{ head_dim: 8 }, /head_dim must be hidden_size \/ num_attention_heads, but is 8/],
      [{ vocab_size: "many" }, /should give vocab_size as a number, but gives "many"/],
    ] as const)
      expect(() => fromLlamaConfig({ ...least, ...fields })).to.throw(UsageError, message);
  });
});
