export {
  type FractionBox,
  mergeBlocks,
  mergeBlocksByList,
  mergeByBbox,
  type TextBlock,
} from "./blocks.js";
export { adjustCostForContext, differenceOfMeans, findMaximumMatching } from "./matching.js";
export { findPossibleMerge, type MatchedBlocks } from "./merge-search.js";
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
