import { UsageError } from "../../../infra/errors.js";
import { headSizeOf, type ModelConfig, type ModelFamily } from "../model/config.js";
import { initialDeviation } from "../model/parameters.js";
import type { RopeScaling } from "../ops/rope.js";

/** A `config.json` as `transformers` writes it. */
export interface ModelConfigJson {
  readonly [field: string]: unknown;
}

/** What a `config.json` means by what it leaves out, and the class that `transformers` opens it with. */
interface FamilyDefaults {
  readonly architecture: string;
  readonly maxPositions: number;
  /** Undefined: as many as there are heads. */
  readonly kvHeads?: number;
  /** Undefined: `hidden_size / num_attention_heads`. */
  readonly headSize?: number;
  /** Tokens that attention looks back at most. */
  readonly window?: number;
  /** Whatever the file says. */
  readonly bias?: ModelConfig["attentionBias"];
  readonly queryKeyNorm?: true;
}

const FAMILIES: Readonly<Record<ModelFamily, FamilyDefaults>> = {
  llama: { architecture: "LlamaForCausalLM", maxPositions: 2048 },
  mistral: { architecture: "MistralForCausalLM", maxPositions: 131_072, kvHeads: 8, window: 4096 },
  qwen2: { architecture: "Qwen2ForCausalLM", maxPositions: 32_768, kvHeads: 32, bias: "qkv" },
  qwen3: {
    architecture: "Qwen3ForCausalLM",
    maxPositions: 32_768,
    kvHeads: 32,
    headSize: 128,
    queryKeyNorm: true,
  },
};

/** What `transformers` needs to open the model; see its `LlamaConfig`, `MistralConfig`, `Qwen2Config`, `Qwen3Config`. */
export function toConfigJson(
  config: ModelConfig,
  { stopToken, padToken }: { readonly stopToken: number; readonly padToken: number | null },
): ModelConfigJson {
  const { family = "llama", ropeScaling } = config;
  return {
    architectures: [FAMILIES[family].architecture],
    model_type: family,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: headSizeOf(config),
    max_position_embeddings: config.maxPositions,
    rope_theta: config.ropeTheta,
    ...(ropeScaling ? { rope_scaling: toScalingJson(ropeScaling) } : {}),
    ...(family === "llama" ? {} : { sliding_window: null, use_sliding_window: false }),
    rms_norm_eps: config.normEpsilon,
    tie_word_embeddings: config.tieEmbeddings,
    hidden_act: "silu",
    attention_bias: config.attentionBias === "all",
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

/**
 * Reads a published `config.json` of a Llama (2, 3, 3.1 and later), Mistral, Qwen2 or Qwen3. Where attention looks back only
 * so far (Mistral's first version), `maxPositions` is that far: up to there it sees everything. Throws a UsageError that names
 * the first thing that cannot be done: another architecture, another activation, biases of the MLP, quantised weights, rotary
 * positions scaled otherwise than Llama 3.1's.
 */
export function fromConfigJson(json: ModelConfigJson): ModelConfig {
  const family = json.model_type as ModelFamily;
  const known = Object.keys(FAMILIES);
  if (typeof family !== "string" || !known.includes(family))
    throw refused(`model_type must be one of ${known.join(", ")}, but is ${JSON.stringify(json.model_type)}`);
  const defaults = FAMILIES[family];
  const rope = { ...record(json.rope_scaling), ...record(json.rope_parameters) };
  const ropeType = rope.rope_type ?? rope.type ?? "default";
  const demands: readonly (readonly [boolean, string])[] = [
    [
      (json.hidden_act ?? "silu") === "silu",
      `hidden_act must be "silu", but is ${JSON.stringify(json.hidden_act)}`,
    ],
    [!json.mlp_bias, "mlp_bias must be false"],
    [
      ropeType === "default" || ropeType === "llama3",
      `rotary positions may be scaled by "llama3" only, but are by "${String(ropeType)}"`,
    ],
    [
      (json.quantization_config ?? null) === null,
      "weights must not be quantised: take the checkpoint in bfloat16, float16 or float32",
    ],
  ];
  const unmet = demands.find(([met]) => !met);
  if (unmet) throw refused(unmet[1]);
  const heads = number(json, "num_attention_heads");
  const hiddenSize = number(json, "hidden_size");
  const headSize = number(json, "head_dim", defaults.headSize ?? hiddenSize / heads);
  const window = windowOf(json, defaults);
  const bias = json.attention_bias === true ? "all" : defaults.bias;
  return {
    ...(family === "llama" ? {} : { family }),
    vocabSize: number(json, "vocab_size"),
    hiddenSize,
    intermediateSize: number(json, "intermediate_size"),
    layers: number(json, "num_hidden_layers"),
    heads,
    kvHeads: number(json, "num_key_value_heads", defaults.kvHeads ?? heads),
    ...(headSize === hiddenSize / heads ? {} : { headSize }),
    maxPositions: Math.min(number(json, "max_position_embeddings", defaults.maxPositions), window),
    ropeTheta: number(json, "rope_theta", (rope.rope_theta as number | undefined) ?? 10_000),
    ...(ropeType === "llama3" ? { ropeScaling: fromScalingJson(rope, json) } : {}),
    normEpsilon: number(json, "rms_norm_eps", 1e-6),
    tieEmbeddings: json.tie_word_embeddings === true,
    ...(bias ? { attentionBias: bias } : {}),
    ...(defaults.queryKeyNorm ? { queryKeyNorm: true } : {}),
  };
}

function windowOf(json: ModelConfigJson, defaults: FamilyDefaults): number {
  if (json.model_type !== "mistral" && json.use_sliding_window !== true) return Number.POSITIVE_INFINITY;
  const window = json.sliding_window === undefined ? defaults.window : json.sliding_window;
  return typeof window === "number" ? window : Number.POSITIVE_INFINITY;
}

const toScalingJson = (scaling: RopeScaling) => ({
  rope_type: "llama3",
  factor: scaling.factor,
  low_freq_factor: scaling.lowFrequencyFactor,
  high_freq_factor: scaling.highFrequencyFactor,
  original_max_position_embeddings: scaling.originalMaxPositions,
});

function fromScalingJson(rope: ModelConfigJson, json: ModelConfigJson): RopeScaling {
  return {
    factor: number(rope, "factor"),
    lowFrequencyFactor: number(rope, "low_freq_factor"),
    highFrequencyFactor: number(rope, "high_freq_factor"),
    originalMaxPositions: number(
      rope,
      "original_max_position_embeddings",
      json.max_position_embeddings as number | undefined,
    ),
  };
}

const record = (value: unknown): ModelConfigJson =>
  typeof value === "object" && value !== null ? (value as ModelConfigJson) : {};

const refused = (what: string) => new UsageError(`This model cannot be opened: its config.json's ${what}.`);

function number(json: ModelConfigJson, field: string, fallback?: number): number {
  const value = json[field] ?? fallback;
  if (typeof value === "number") return value;
  throw new UsageError(
    `The model's config.json should give ${field} as a number, but gives ${JSON.stringify(value)}.`,
  );
}
