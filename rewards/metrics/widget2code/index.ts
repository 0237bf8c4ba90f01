export {
  type Aggregate,
  aggregateScores,
  BENCHMARK_METRICS,
  type BenchmarkMetric,
  distributionOf,
  flattenScores,
  type Means,
  type Spread,
} from "./aggregate.js";
export { type BenchmarkScores, benchmarkScores, type RawMeasures, smoothScore } from "./composite.js";
export { evaluatePair, type MeasureOptions, measurePair, type NeuralMeasures } from "./evaluate.js";
export { geometryScore } from "./geometry.js";
export { type LayoutDifference, layoutDifference } from "./layout.js";
export { type Legibility, legibility, type TextDetection } from "./legibility.js";
export { type MetricSelection, parseMetricSelection } from "./selection.js";
export { type StyleSimilarity, styleSimilarity } from "./style.js";
export { toUnitImage, type UnitImage } from "./unit-image.js";
