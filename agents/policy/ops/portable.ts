import type { DifferentiableOps, Ops } from "./ops.js";
import { causalAttention } from "./portable/attention.js";
import { cacheOps } from "./portable/cache.js";
import { embed, headLogProbs } from "./portable/head.js";
import { linear, rmsNorm, rotary, swiglu } from "./portable/layers.js";
import { adamW, sumSquares } from "./portable/optimizer.js";
import { sampleTokens } from "./sample.js";

const layers: DifferentiableOps = {
  linear,
  embed,
  rmsNorm,
  rotary,
  causalAttention,
  swiglu,
  headLogProbs,
};

/** Plain tfjs-core: correct on every backend, fast on none but a GPU. */
export const portableOps: Ops = {
  name: "portable",
  ...layers,
  ...cacheOps,
  async sample(logits, draws, options) {
    const values = (await logits.data()) as Float32Array;
    return sampleTokens(values, logits.shape[1], draws, options);
  },
  sumSquares,
  adamW,
};
