import { UsageError } from "../../../infra/errors.js";
import type { ModelConfig } from "../engine/engine.js";
import { initialDeviation } from "../model/parameters.js";

/** A `config.json` of `LlamaForCausalLM`. */
export interface LlamaConfigJson {
  readonly [field: string]: unknown;
}

/** What `transformers` needs to open the model; see its `LlamaConfig`. */
export function toLlamaConfig(
  config: ModelConfig,
  { stopToken, padToken }: { readonly stopToken: number; readonly padToken: number | null },
): LlamaConfigJson {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.hiddenSize / config.heads,
    max_position_embeddings: config.maxPositions,
    rope_theta: config.ropeTheta,
    rms_norm_eps: config.normEpsilon,
    tie_word_embeddings: config.tieEmbeddings,
    hidden_act: "silu",
    attention_bias: false,
    mlp_bias: false,
    attention_dropout: 0,
    initializer_range: initialDeviation(config),
    bos_token_id: null,
    eos_token_id: stopToken,
    pad_token_id: padToken,
    torch_dtype: "float32",
    use_cache: true,
  };
}

/** Defaults of `transformers`' `LlamaConfig` for fields that a `config.json` may leave out. */
const DEFAULTS = { max_position_embeddings: 2048, rope_theta: 10_000, rms_norm_eps: 1e-6 };

/**
 * Reads a published `config.json`. Throws a UsageError that names the first thing this Llama cannot do: another
 * architecture, biases, another activation, scaled rotary positions, heads of their own size.
 */
export function fromLlamaConfig(json: LlamaConfigJson): ModelConfig {
  const rope = (json.rope_parameters ?? json.rope_scaling ?? {}) as Record<string, unknown>;
  const ropeType = rope.rope_type ?? rope.type ?? "default";
  const heads = number(json, "num_attention_heads");
  const hiddenSize = number(json, "hidden_size");
  const demands: readonly (readonly [boolean, string])[] = [
    [json.model_type === "llama", `model_type must be "llama", but is ${JSON.stringify(json.model_type)}`],
    [
      (json.hidden_act ?? "silu") === "silu",
      `hidden_act must be "silu", but is ${JSON.stringify(json.hidden_act)}`,
    ],
    [!json.attention_bias && !json.mlp_bias, "attention_bias and mlp_bias must be false"],
    [ropeType === "default", `rotary positions must not be scaled, but are by "${String(ropeType)}"`],
    [
      (json.head_dim ?? hiddenSize / heads) === hiddenSize / heads,
      `head_dim must be hidden_size / num_attention_heads, but is ${String(json.head_dim)}`,
    ],
  ];
  const unmet = demands.find(([met]) => !met);
  if (unmet) throw new UsageError(`This model cannot be opened: its config.json's ${unmet[1]}.`);
  return {
    vocabSize: number(json, "vocab_size"),
    hiddenSize,
    intermediateSize: number(json, "intermediate_size"),
    layers: number(json, "num_hidden_layers"),
    heads,
    kvHeads: number(json, "num_key_value_heads", heads),
    maxPositions: number(json, "max_position_embeddings", DEFAULTS.max_position_embeddings),
    ropeTheta: number(json, "rope_theta", (rope.rope_theta as number | undefined) ?? DEFAULTS.rope_theta),
    normEpsilon: number(json, "rms_norm_eps", DEFAULTS.rms_norm_eps),
    tieEmbeddings: json.tie_word_embeddings === true,
  };
}

function number(json: LlamaConfigJson, field: string, fallback?: number): number {
  const value = json[field] ?? fallback;
  if (typeof value === "number") return value;
  throw new UsageError(
    `The model's config.json should give ${field} as a number, but gives ${JSON.stringify(value)}.`,
  );
}
