import type { Ops } from "./ops.js";
import { causalAttention } from "./wasm/attention.js";
import { decodingOps } from "./wasm/decoding.js";
import { embed, headLogProbs } from "./wasm/head.js";
import { shareIdentities } from "./wasm/identity.js";
import { linear } from "./wasm/linear.js";
import { adamW, sumSquares } from "./wasm/optimizer.js";
import { attachHeap } from "./wasm/register.js";
import { rotary } from "./wasm/rotary.js";
import { rmsNorm, swiglu } from "./wasm/rows.js";

/**
 * Own SIMD kernels on the heap of the active tfjs-wasm backend. `adamW` writes parameters in place, so never give a
 * parameter to tfjs's own `matMul`: XNNPACK packs its right operand once and would not see the change.
 * @throws InfrastructureError when another backend is active or the kernels are not built.
 */
export async function openWasmOps(): Promise<Ops> {
  await attachHeap();
  shareIdentities();
  return {
    name: "wasm",
    linear,
    embed,
    rmsNorm,
    rotary,
    causalAttention,
    swiglu,
    headLogProbs,
    ...decodingOps,
    sumSquares,
    adamW,
  };
}
