export * from "./artifact/index.js";
export { type CheckEnvOptions, checkEnv, type EnvCheck, REWARD_MARGIN } from "./check-env.js";
export type { Completion, FinishReason } from "./contract/completion.js";
export type { Feedback, Observation } from "./contract/observation.js";
export type * from "./contract/probe.js";
export * from "./contract/scoring.js";
export * from "./contract/task.js";
export { createEvaluator, type Evaluation, type Evaluator, type EvaluatorOptions } from "./evaluate.js";
export { failedChecks } from "./feedback.js";
export { type EnvSpec, listEnvs, type MakeOptions, make, makeVector, register, specOf } from "./registry.js";
export * from "./render/index.js";
export { type VectorResetOptions, VectorWebGenEnv } from "./vector-env.js";
export {
  type Action,
  type AgentAction,
  type EndReason,
  type ResetOptions,
  type ResetResult,
  type StepInfo,
  type StepResult,
  WebGenEnv,
  type WebGenEnvOptions,
} from "./web-gen-env.js";
