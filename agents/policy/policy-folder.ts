import type { JsonObject } from "../../infra/json.js";
import { loadCheckpoint, saveCheckpoint } from "./checkpoint/checkpoint.js";
import { createEngine, type EngineOptions } from "./engine/create-engine.js";
import {
  createTransformerPolicy,
  type TransformerPolicy,
  type TransformerPolicyOptions,
} from "./transformer-policy.js";

/** Options of opening a checkpoint as a policy. */
export interface OpenPolicyOptions
  extends Pick<EngineOptions, "backend" | "workers">,
    Partial<Pick<TransformerPolicyOptions, "name" | "maxPromptTokens" | "onTruncation">> {}

/**
 * Opens a Hugging Face folder as a policy: one of ours, with its optimiser, or a published Llama, Mistral, Qwen2 or Qwen3.
 *
 * @throws UsageError or InfrastructureError as `loadCheckpoint` does.
 * @example
 * const { policy, trainerState } = await openPolicy("runs/quickstart/checkpoints/grpo");
 */
export async function openPolicy(
  folder: string,
  { backend, workers, name = folder, ...options }: OpenPolicyOptions = {},
): Promise<{ policy: TransformerPolicy; trainerState?: JsonObject }> {
  const { config, state, tokenizer, template, trainerState } = await loadCheckpoint(folder);
  const machine = { ...(backend ? { backend } : {}), ...(workers ? { workers } : {}) };
  const engine = await createEngine({ config, seed: 0, state, ...machine });
  const policy = createTransformerPolicy({ engine, tokenizer, template, name, ...options });
  return { policy, ...(trainerState ? { trainerState } : {}) };
}

/** Writes a policy as a checkpoint from which `openPolicy` goes on exactly. Throws an InfrastructureError. */
export async function savePolicy(
  folder: string,
  { engine, tokenizer, template }: TransformerPolicy,
  trainerState?: JsonObject,
): Promise<void> {
  const state = await engine.exportState();
  await saveCheckpoint(folder, {
    config: engine.config,
    state,
    tokenizer,
    template,
    ...(trainerState ? { trainerState } : {}),
  });
}
