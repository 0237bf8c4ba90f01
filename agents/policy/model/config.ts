import type { RopeScaling } from "../ops/rope.js";

/** Architectures that can be opened, by the `model_type` of their `config.json`. */
export type ModelFamily = "llama" | "mistral" | "qwen2" | "qwen3";

/**
 * A decoder with RMSNorm, rotary positions, grouped-query attention and SwiGLU: Llama, and what differs from it in little.
 * Field names follow Hugging Face's `LlamaConfig`, in camel case. `kvHeads` divides `heads`.
 */
export interface ModelConfig {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  /** Longest sequence, prompt and completion together, in tokens. */
  readonly maxPositions: number;
  readonly ropeTheta: number;
  readonly normEpsilon: number;
  readonly tieEmbeddings: boolean;
  /** The architecture whose class `transformers` opens it with, default `llama`. */
  readonly family?: ModelFamily;
  /** Width of a head, even; default `hiddenSize / heads`. */
  readonly headSize?: number;
  readonly ropeScaling?: RopeScaling;
  /** Which projections of the attention have a bias: none (default), query, key and value (Qwen2), or the output's, too. */
  readonly attentionBias?: "qkv" | "all";
  /** Whether each head's queries and keys pass an RMSNorm before they are turned (Qwen3); default false. */
  readonly queryKeyNorm?: boolean;
  /** Adapters that learn in place of the other weights; default none. */
  readonly lora?: LoraConfig;
}

/** Projections that can have an adapter, by Hugging Face's names. */
export const LORA_TARGETS = [
  "q_proj",
  "k_proj",
  "v_proj",
  "o_proj",
  "gate_proj",
  "up_proj",
  "down_proj",
] as const;

export type LoraTarget = (typeof LORA_TARGETS)[number];

/**
 * Low-rank adapters (https://arxiv.org/abs/2106.09685): a projection `W` computes `W x + (alpha / rank) B A x`, and only `A` and `B`
 * learn. Names follow PEFT's `LoraConfig`.
 */
export interface LoraConfig {
  /** Rows of `A [rank, in]`, columns of `B [out, rank]`. */
  readonly rank: number;
  readonly alpha: number;
  /** Which projections have one. */
  readonly targets: readonly LoraTarget[];
}

/** Width of a head. */
export const headSizeOf = ({ headSize, hiddenSize, heads }: ModelConfig): number =>
  headSize ?? hiddenSize / heads;

/** Row-major float32 weights by Hugging Face name (`model.layers.0.self_attn.q_proj.weight`, ...). */
export type Weights = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

/** One weight of a model. Matrices are `[out, in]`, gains `[hidden]` or `[headSize]`, biases `[out]`. */
export interface Parameter {
  /** Hugging Face's name. */
  readonly name: string;
  readonly shape: readonly number[];
  /** How it starts: normal with this deviation, or all the same. */
  readonly initial: { readonly deviation: number } | "ones" | "zeros";
}
