export type {
  EngineState,
  Generated,
  GenerateOptions,
  Loss,
  ModelConfig,
  ModelEngine,
  RolloutSequence,
  Sequence,
  StepMetrics,
  StepOptions,
  Weights,
} from "./engine.js";
export { createLocalEngine, type LocalEngineOptions } from "./local-engine.js";
