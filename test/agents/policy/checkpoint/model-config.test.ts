import { expect } from "chai";
import { fromConfigJson, toConfigJson } from "../../../../agents/policy/checkpoint/model-config.js";
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
    expect(fromConfigJson(least)).to.deep.equal({
      ...{ vocabSize: 10, hiddenSize: 8, intermediateSize: 16, layers: 3, heads: 2, kvHeads: 2 },
      ...{ maxPositions: 2048, ropeTheta: 10_000, normEpsilon: 1e-6, tieEmbeddings: false },
    });
  });

  it("is read as it was written, tied or not", () => {
    for (const tieEmbeddings of [true, false]) {
      const config = { ...whole, tieEmbeddings };
      expect(fromConfigJson(toConfigJson(config, { stopToken: 0, padToken: null }))).to.deep.equal(config);
    }
  });

  it("says what it says", () => {
    const config = fromConfigJson({
      ...least,
      num_key_value_heads: 2,
      max_position_embeddings: 512,
      rope_theta: 500_000,
      rms_norm_eps: 1e-5,
      tie_word_embeddings: true,
      hidden_act: "silu",
      head_dim: 4,
      rope_scaling: { type: "default" },
    });
    expect(config).to.include({
      kvHeads: 2,
      maxPositions: 512,
      ropeTheta: 500_000,
      normEpsilon: 1e-5,
      tieEmbeddings: true,
    });
    const nested = fromConfigJson({ ...least, rope_parameters: { rope_type: "default", rope_theta: 7 } });
    expect(nested.ropeTheta).to.equal(7);
    expect(fromConfigJson({ ...least, tie_word_embeddings: "true" }).tieEmbeddings).to.equal(false);
  });

  it("is written with all that transformers reads", () => {
    const config = fromConfigJson({ ...least, num_key_value_heads: 1, tie_word_embeddings: true });
    const json = toConfigJson(config, { stopToken: 299, padToken: 295 });
    expect(fromConfigJson(json)).to.deep.equal(config);
    expect(json).to.deep.include({
      architectures: ["LlamaForCausalLM"],
      head_dim: 4,
      hidden_act: "silu",
      attention_bias: false,
      mlp_bias: false,
      attention_dropout: 0,
      bos_token_id: null,
      eos_token_id: 299,
      pad_token_id: 295,
      torch_dtype: "float32",
      use_cache: true,
    });
  });

  it("may hold the rotary base beside its type, as newer versions write it", () => {
    const rope_parameters = { rope_type: "default", rope_theta: 500_000 };
    expect(fromConfigJson({ ...least, rope_parameters }).ropeTheta).to.equal(500_000);
    expect(fromConfigJson({ ...least, rope_parameters, rope_theta: 7 }).ropeTheta).to.equal(7);
  });

  it("is refused by the first thing in it that this model cannot do", () => {
    for (const [fields, message] of [
      [{ model_type: "gpt2" }, /model_type must be one of llama, mistral, qwen2, qwen3, but is "gpt2"/],
      [{ model_type: undefined }, /model_type must be one of llama, mistral, qwen2, qwen3, but is undefined/],
      [{ hidden_act: "gelu" }, /hidden_act must be "silu", but is "gelu"/],
      [{ mlp_bias: true }, /mlp_bias must be false/],
      [{ rope_scaling: { rope_type: "llama3" } }, /should give factor as a number, but gives undefined/],
      [{ rope_scaling: { type: "linear" } }, /may be scaled by "llama3" only, but are by "linear"/],
      [
        { quantization_config: { bits: 4 } },
        /weights must not be quantised: take the checkpoint in bfloat16/,
      ],
      [{ vocab_size: "many" }, /should give vocab_size as a number, but gives "many"/],
      [{ hidden_size: "64" }, /should give hidden_size as a number, but gives "64"/],
      [{ intermediate_size: null }, /should give intermediate_size as a number/],
      [{ num_hidden_layers: [] }, /should give num_hidden_layers as a number/],
      [{ num_attention_heads: "4" }, /should give num_attention_heads as a number/],
      [{ max_position_embeddings: "x" }, /should give max_position_embeddings as a number/],
      [{ rms_norm_eps: "x" }, /should give rms_norm_eps as a number/],
    ] as const)
      expect(() => fromConfigJson({ ...least, ...fields })).to.throw(UsageError, message);
  });

  it("limits positions to the window of an attention that looks back only so far", () => {
    const mistral = { ...least, model_type: "mistral", num_key_value_heads: 2 };
    const positions = (fields: object) => fromConfigJson({ ...mistral, ...fields }).maxPositions;
    expect(positions({})).to.equal(4096);
    expect(positions({ sliding_window: null })).to.equal(131_072);
    expect(positions({ sliding_window: null, max_position_embeddings: 512 })).to.equal(512);
    expect(positions({ sliding_window: 256, max_position_embeddings: 512 })).to.equal(256);
    const qwen = { model_type: "qwen2", sliding_window: 256 };
    expect(positions(qwen)).to.equal(32_768);
    expect(positions({ ...qwen, use_sliding_window: true })).to.equal(256);
  });

  it("gives each family what it has beyond a Llama", () => {
    const read = (fields: object) => fromConfigJson({ ...least, ...fields });
    expect(read({ model_type: "qwen2", num_key_value_heads: 1 })).to.include({
      ...{ family: "qwen2", attentionBias: "qkv", kvHeads: 1 },
    });
    expect(read({ model_type: "qwen3" })).to.include({
      ...{ family: "qwen3", queryKeyNorm: true, headSize: 128, kvHeads: 32 },
    });
    expect(read({ model_type: "mistral" })).to.include({ family: "mistral", kvHeads: 8 });
    expect(read({ attention_bias: true })).to.include({ attentionBias: "all" });
    expect(read({ head_dim: 6 })).to.include({ headSize: 6 });
    expect(read({ head_dim: 4 })).to.not.have.property("headSize");
  });

  it("reads Llama 3.1's rotary scaling, under both names", () => {
    const scaling = { rope_type: "llama3", factor: 8, low_freq_factor: 1, high_freq_factor: 4 };
    const expected = { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalMaxPositions: 8192 };
    const rope = { ...scaling, original_max_position_embeddings: 8192 };
    for (const fields of [{ rope_scaling: rope }, { rope_parameters: rope }])
      expect(fromConfigJson({ ...least, ...fields }).ropeScaling).to.deep.equal(expected);
    const silent = fromConfigJson({ ...least, max_position_embeddings: 4096, rope_scaling: scaling });
    expect(silent.ropeScaling?.originalMaxPositions).to.equal(4096);
  });
});
