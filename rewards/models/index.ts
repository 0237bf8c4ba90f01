export { type ClipOptions, type ClipSimilarity, clipSimilarity } from "./clip.js";
export {
  LPIPS_INPUTS,
  type LpipsDistance,
  type LpipsInput,
  type LpipsOptions,
  lpipsDistance,
} from "./lpips.js";
export { type OnnxRuntime, onnxRuntime } from "./onnx.js";
export type { WeightsOptions } from "./weights.js";
