/**
 * A Llama-architecture decoder. Field names follow Hugging Face's `LlamaConfig`, in camel case.
 * `hiddenSize = heads * headSize`; `kvHeads` divides `heads` (grouped-query attention).
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
}

/** Row-major float32 weights by Hugging Face name (`model.layers.0.self_attn.q_proj.weight`, ...). */
export type Weights = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
