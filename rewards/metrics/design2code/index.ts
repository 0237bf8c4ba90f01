export {
  type FractionBox,
  mergeBlocks,
  mergeBlocksByList,
  mergeByBbox,
  type TextBlock,
} from "./blocks.js";
export { DESIGN2CODE_VIEWPORT, type DesignPage, exactPage } from "./exact.js";
export { inkBlocks, nativePage } from "./ink.js";
export { clipView, maskWithInpainting } from "./mask.js";
export { adjustCostForContext, differenceOfMeans, findMaximumMatching } from "./matching.js";
export { findPossibleMerge, type MatchedBlocks } from "./merge-search.js";
export { type NativeText, nativeBlocks, nativeTexts } from "./native.js";
export { colorPool, PALETTE_SIZE } from "./palette.js";
export {
  aggregateScores,
  type BlockComparison,
  type BlockMatch,
  colorSimilarity,
  compareBlocks,
  type Design2CodeScore,
  distanceMax1d,
  meanOfFour,
  withClip,
} from "./score.js";
