import type { ModelConfig, Weights } from "../../../../agents/policy/index.js";

/*
 * A Llama in plain loops and double precision, one token after the other, after the formulas of Hugging Face's
 * `modeling_llama.py`. It shares no code with what it is compared to.
 */

type Vector = number[];

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** Logits `[tokens, vocab]` after each token of a sequence. */
export function referenceLogits(config: ModelConfig, weights: Weights, tokens: readonly number[]): Vector[] {
  const { hiddenSize, intermediateSize, layers, heads, kvHeads, ropeTheta, normEpsilon } = config;
  const size = hiddenSize / heads;
  const data = (name: string) => (weights.get(name) as { data: Float32Array }).data;
  const times = (name: string, x: Vector, rows: number): Vector =>
    Array.from({ length: rows }, (_, r) => dot(data(name).subarray(r * x.length, (r + 1) * x.length), x));
  const norm = (name: string, x: Vector): Vector => {
    const scale = 1 / Math.sqrt(dot(x, x) / x.length + normEpsilon);
    return x.map((value, i) => value * scale * (data(name)[i] as number));
  };
  const split = (x: Vector, count: number) =>
    Array.from({ length: count }, (_, h) => x.slice(h * size, (h + 1) * size));
  const turn = (x: Vector, position: number): Vector =>
    x.map((value, i) => {
      const half = size / 2;
      const angle = position * ropeTheta ** (-(2 * (i % half)) / size);
      const partner = i < half ? -(x[i + half] as number) : (x[i - half] as number);
      return value * Math.cos(angle) + partner * Math.sin(angle);
    });
  const attend = (query: Vector, keys: Vector[], values: Vector[]): Vector => {
    const scores = keys.map((key) => Math.exp(dot(query, key) / Math.sqrt(size)));
    const total = scores.reduce((a, b) => a + b, 0);
    return query.map(
      (_, i) =>
        dot(
          scores,
          values.map((value) => value[i] as number),
        ) / total,
    );
  };

  const embedding = "model.embed_tokens.weight";
  let states = tokens.map((token) =>
    Array.from(data(embedding).subarray(token * hiddenSize, (token + 1) * hiddenSize)),
  );
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `model.layers.${layer}.${part}.weight`;
    const inputs = states.map((x) => norm(name("input_layernorm"), x));
    const project = (part: string, count: number) =>
      inputs.map((x) => split(times(name(`self_attn.${part}`), x, count * size), count));
    const rotated = (part: string, count: number) =>
      project(part, count).map((parts, t) => parts.map((head) => turn(head, t)));
    const [queries, keys, values] = [
      rotated("q_proj", heads),
      rotated("k_proj", kvHeads),
      project("v_proj", kvHeads),
    ];
    states = states.map((x, t) => {
      const mixed = (queries[t] as Vector[]).flatMap((query, h) => {
        const shared = Math.floor(h / (heads / kvHeads));
        const seen = (all: Vector[][]) => all.slice(0, t + 1).map((parts) => parts[shared] as Vector);
        return attend(query, seen(keys), seen(values));
      });
      const added = times(name("self_attn.o_proj"), mixed, hiddenSize);
      return x.map((value, i) => value + (added[i] as number));
    });
    states = states.map((x) => {
      const input = norm(name("post_attention_layernorm"), x);
      const gate = times(name("mlp.gate_proj"), input, intermediateSize);
      const up = times(name("mlp.up_proj"), input, intermediateSize);
      const gated = gate.map((value, i) => (value / (1 + Math.exp(-value))) * (up[i] as number));
      const added = times(name("mlp.down_proj"), gated, hiddenSize);
      return x.map((value, i) => value + (added[i] as number));
    });
  }
  const head = config.tieEmbeddings ? embedding : "lm_head.weight";
  return states.map((x) => times(head, norm("model.norm.weight", x), config.vocabSize));
}
