import { availableParallelism } from "node:os";
import { chooseBackend } from "../backend/choose.js";
import type { BackendName } from "../backend/name.js";
import type { EngineState, ModelConfig, ModelEngine } from "./engine.js";
import { createLocalEngine } from "./local-engine.js";
import { createWorkerEngine } from "./worker-engine.js";

/** Options of an engine: the model's sizes, its first weights, and what computes. */
export interface EngineOptions {
  readonly config: ModelConfig;
  /** Of the first weights. */
  readonly seed: number;
  /** Start from here instead of new weights. */
  readonly state?: EngineState;
  /** Default: the best that loads. */
  readonly backend?: BackendName;
  /** For wasm: worker threads. Default: as many as there are cores, at most 2. */
  readonly workers?: number;
}

/**
 * The engine that suits the machine: one replica in this thread on `tensorflow` and `webgpu`, which bring threads of
 * their own; worker threads on `wasm`.
 *
 * @example
 * const engine = await createEngine({ config: smallConfig(tokenizer.vocabSize), seed: 1 });
 * console.log(engine.backend);
 */
export async function createEngine({
  config,
  seed,
  state,
  backend,
  workers = Math.min(2, availableParallelism()),
}: EngineOptions): Promise<ModelEngine> {
  const start = { config, seed, ...(state ? { state } : {}) };
  const choice = await chooseBackend(backend ? { prefer: backend } : {});
  if (choice.name === "wasm") return createWorkerEngine({ ...start, workers });
  return createLocalEngine({ ...start, backend: choice.name });
}
