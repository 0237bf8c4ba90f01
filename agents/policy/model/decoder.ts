import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../../../infra/errors.js";
import type { KeyValueCache, Ops } from "../ops/ops.js";
import type { Rope } from "../ops/rope.js";
import { headSizeOf, type ModelConfig } from "./config.js";
import { adapterNames, adapterScale } from "./lora.js";

/** Weights on the backend, by Hugging Face name. */
export type TensorWeights = ReadonlyMap<string, tf.Tensor>;

/** Padded token ids, row-major `[batch, time]`. */
export interface TokenBatch {
  readonly ids: Int32Array;
  readonly batch: number;
  readonly time: number;
}

/**
 * Tokens `[n]` of several sequences without padding, where sequences may share a beginning. Only attention sees them
 * sequence by sequence: slot `b * time + t` holds the row of token `t` of sequence `b`, or any row where there is none.
 */
export interface PackedTokens {
  readonly ids: Int32Array;
  readonly positions: Int32Array;
  readonly attention: {
    readonly batch: number;
    readonly time: number;
    /** `[batch * time]` */
    readonly rowOfSlot: Int32Array;
    /** `[n]`; one of them where a row has several. */
    readonly slotOfRow: Int32Array;
  };
}

/** Attention over one layer's queries, keys and values, however they are kept. Rows are `batch * time`. */
type Attend = (layer: number, query: Tensor4D, key: Tensor4D, value: Tensor4D) => tf.Tensor;

/**
 * The decoder: RMSNorm, rotary positions, grouped-query attention and SwiGLU, as in Hugging Face's `modeling_llama.py`,
 * `modeling_mistral.py`, `modeling_qwen2.py` and `modeling_qwen3.py`. No dropout.
 */
export class Decoder {
  constructor(
    readonly config: ModelConfig,
    private readonly ops: Ops,
  ) {}

  /** Last hidden states after the final norm, `[n, hidden]`. Differentiable in the weights. */
  hiddenStates(weights: TensorWeights, { ids, positions, attention }: PackedTokens): Tensor2D {
    const { ops } = this;
    const { batch, time } = attention;
    const rows = tf.tensor1d(attention.rowOfSlot, "int32");
    const slots = tf.tensor1d(attention.slotOfRow, "int32");
    const take = (x: tf.Tensor, from: Tensor1D, width: number) => ops.embed(tf.reshape(x, [-1, width]), from);
    const unpack = (x: Tensor4D): Tensor4D => {
      const [, , count, headSize] = x.shape;
      return tf.reshape(take(x, rows, count * headSize), [batch, time, count, headSize]);
    };
    return this.decoder(weights, ids, 1, positions, (_, query, key, value) => {
      const mixed = ops.causalAttention(unpack(query), unpack(key), unpack(value));
      return take(mixed, slots, this.config.heads * headSizeOf(this.config));
    });
  }

  /** Hidden states of padded prompts, `[batch * time, hidden]`, whose keys and values go to the caches from position 0 on. */
  prefill(
    weights: TensorWeights,
    { ids, batch, time }: TokenBatch,
    caches: readonly KeyValueCache[],
  ): Tensor2D {
    const positions = Int32Array.from(ids, (_, i) => i % time);
    const starts = new Int32Array(batch);
    return this.decoder(weights, ids, batch, positions, (layer, query, key, value) => {
      this.ops.appendCache(caches[layer] as KeyValueCache, key, value, starts);
      return this.ops.causalAttention(query, key, value);
    });
  }

  /** Hidden states `[batch, hidden]` of one more token a row, at `positions`, after what the caches hold before them. */
  decode(
    weights: TensorWeights,
    ids: Int32Array,
    positions: Int32Array,
    caches: readonly KeyValueCache[],
  ): Tensor2D {
    const lengths = positions.map((position) => position + 1);
    const shape: [number, number, number] = [ids.length, this.config.heads, headSizeOf(this.config)];
    return this.decoder(weights, ids, ids.length, positions, (layer, query, key, value) => {
      const cache = caches[layer] as KeyValueCache;
      this.ops.appendCache(cache, key, value, positions);
      return this.ops.decodeAttention(tf.reshape(query, shape) as Tensor3D, cache, lengths);
    });
  }

  /** Logits `[n, vocab]` of hidden states `[n, hidden]`. */
  logits(weights: TensorWeights, hidden: Tensor2D): Tensor2D {
    return this.ops.linear(hidden, this.head(weights));
  }

  /** The output projection `[vocab, hidden]`: the embedding itself when tied. */
  head(weights: TensorWeights): Tensor2D {
    const name = this.config.tieEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight";
    return matrixOf(weights, name);
  }

  private decoder(
    weights: TensorWeights,
    ids: Int32Array,
    batch: number,
    positions: Int32Array,
    attend: Attend,
  ): Tensor2D {
    const { layers, heads, kvHeads, normEpsilon, queryKeyNorm } = this.config;
    const { ops } = this;
    const rows = ids.length;
    const headSize = headSizeOf(this.config);
    const rope = ropeOf(this.config);
    const places = tf.tensor1d(positions, "int32");
    let x = ops.embed(matrixOf(weights, "model.embed_tokens.weight"), tf.tensor1d(ids, "int32"));
    for (let layer = 0; layer < layers; layer++) {
      const name = (part: string) => `model.layers.${layer}.${part}`;
      const gain = (part: string) => gainOf(weights, name(`${part}.weight`));
      const project = (input: Tensor2D, part: string) => this.project(weights, input, name(part));
      const byHead = (y: Tensor2D, count: number): Tensor4D =>
        tf.reshape(y, [batch, rows / batch, count, headSize]);
      const turned = (y: Tensor2D, count: number, norm: string): Tensor4D => {
        const even = queryKeyNorm
          ? ops.rmsNorm(tf.reshape(y, [rows * count, headSize]), gain(norm), normEpsilon)
          : y;
        return ops.rotary(byHead(even, count), places, rope);
      };

      const attentionInput = ops.rmsNorm(x, gain("input_layernorm"), normEpsilon);
      const query = turned(project(attentionInput, "self_attn.q_proj"), heads, "self_attn.q_norm");
      const key = turned(project(attentionInput, "self_attn.k_proj"), kvHeads, "self_attn.k_norm");
      const value = byHead(project(attentionInput, "self_attn.v_proj"), kvHeads);
      const mixed = tf.reshape(attend(layer, query, key, value), [rows, heads * headSize]) as Tensor2D;
      x = tf.add(x, project(mixed, "self_attn.o_proj"));

      const mlpInput = ops.rmsNorm(x, gain("post_attention_layernorm"), normEpsilon);
      const gated = ops.swiglu(project(mlpInput, "mlp.gate_proj"), project(mlpInput, "mlp.up_proj"));
      x = tf.add(x, project(gated, "mlp.down_proj"));
    }
    return ops.rmsNorm(x, gainOf(weights, "model.norm.weight"), normEpsilon);
  }

  /** A linear layer with what it has beside its matrix: a bias, an adapter. */
  private project(weights: TensorWeights, input: Tensor2D, projection: string): Tensor2D {
    const { ops, config } = this;
    let output = ops.linear(input, matrixOf(weights, `${projection}.weight`));
    const bias = weights.get(`${projection}.bias`);
    if (bias) output = tf.add(output, bias);
    const { a, b } = adapterNames(projection);
    if (config.lora === undefined || !weights.has(a)) return output;
    const narrow = tf.mul<Tensor2D>(ops.linear(input, matrixOf(weights, a)), adapterScale(config.lora));
    return tf.add(output, ops.linear(narrow, matrixOf(weights, b)));
  }
}

function ropeOf({ ropeTheta, ropeScaling }: ModelConfig): Rope {
  return { theta: ropeTheta, ...(ropeScaling ? { scaling: ropeScaling } : {}) };
}

function matrixOf(weights: TensorWeights, name: string): Tensor2D {
  return weightOf(weights, name) as Tensor2D;
}

function gainOf(weights: TensorWeights, name: string): Tensor1D {
  return weightOf(weights, name) as Tensor1D;
}

function weightOf(weights: TensorWeights, name: string): tf.Tensor {
  const weight = weights.get(name);
  if (weight === undefined) throw new UsageError(`The model has no weight named ${name}.`);
  return weight;
}
