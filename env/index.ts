/**
 * Environments, tasks, artifacts and rendering.
 *
 * @module webgen-gym/env
 */

export { type ExtractionRules, registerExtraction } from "./artifact/extraction.js";
export { readArtifact } from "./artifact/index.js";
export { checkEnv } from "./check-env.js";
export type { Artifact } from "./contract/artifact.js";
export type { Observation } from "./contract/observation.js";
export type { Probe } from "./contract/probe.js";
export type { RenderedPage, Renderer } from "./contract/rendered-page.js";
export {
  type Need,
  type RewardContext,
  type Score,
  type Scorecard,
  type Scorer,
  scored,
  unscored,
} from "./contract/scoring.js";
export type { ChecklistItem, Split, Task, TaskSource } from "./contract/task.js";
export { createEvaluator } from "./evaluate.js";
export { type EnvSpec, listEnvs, type MakeOptions, make, makeVector, register } from "./registry.js";
export { ensureBrowser } from "./render/browser/ensure.js";
export { createRenderer } from "./render/pool/renderer.js";
export { VectorWebGenEnv } from "./vector-env.js";
export { type AgentAction, type StepResult, WebGenEnv } from "./web-gen-env.js";
