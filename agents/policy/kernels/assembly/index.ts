export { attention, attentionGradient } from "./attention";
export { appendToCache, decodeAttention } from "./decode";
export { gatherRows, idsBelow, scatterAddRows } from "./embedding";
export { exponentials } from "./exp";
export { gemm, gemmTransposedA, gemmTransposedB } from "./gemm";
export { headGradient, headLogProbs } from "./head";
export { rmsNorm, rmsNormGradient, rotary, swiglu, swigluGradient } from "./layers";
export { adamW, sumSquares } from "./optimizer";
export { sampleTokens } from "./sample";
