export { createEngine, type EngineOptions } from "./create-engine.js";
export type {
  AdamWSettings,
  EngineState,
  Generated,
  GenerateOptions,
  Loss,
  ModelConfig,
  ModelEngine,
  PairLoss,
  PolicyGradientLoss,
  PreferencePair,
  ReferredSequence,
  RolloutSequence,
  Sequence,
  StepMetrics,
  StepOptions,
  Weights,
} from "./engine.js";
export { createLocalEngine, type LocalEngineOptions } from "./local-engine.js";
export { createWorkerEngine, type WorkerEngineOptions } from "./worker-engine.js";
