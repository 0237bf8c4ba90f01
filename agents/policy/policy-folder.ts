import { resolve } from "node:path";
import { UsageError } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from "./checkpoint/checkpoint.js";
import { createEngine, type EngineOptions } from "./engine/create-engine.js";
import type { LoraConfig } from "./model/config.js";
import { mergeAdapters } from "./model/lora.js";
import { initialWeights, trainedParameters } from "./model/parameters.js";
import {
  createTransformerPolicy,
  type TransformerPolicy,
  type TransformerPolicyOptions,
} from "./transformer-policy.js";

/** Options of opening a checkpoint as a policy. */
export interface OpenPolicyOptions
  extends Pick<EngineOptions, "backend" | "workers">,
    Partial<Pick<TransformerPolicyOptions, "name" | "maxPromptTokens" | "onTruncation">> {
  /** Adapters that learn in place of the weights: new ones, which change nothing yet. Default none, or those of the folder. */
  readonly lora?: LoraConfig;
  /** Seed of new adapters, default 0. */
  readonly seed?: number;
}

/**
 * Opens a Hugging Face folder as a policy: one of ours, with its optimiser, or a published Llama, Mistral, Qwen2 or Qwen3, or an
 * adapter of PEFT with the model that it names.
 *
 * @throws UsageError or InfrastructureError as `loadCheckpoint` does, and a UsageError for new adapters beside those of the folder.
 * @example
 * const { policy, trainerState } = await openPolicy("runs/quickstart/checkpoints/grpo");
 */
export async function openPolicy(
  folder: string,
  { backend, workers, lora, seed = 0, name = folder, ...options }: OpenPolicyOptions = {},
): Promise<{ policy: TransformerPolicy; trainerState?: JsonObject }> {
  const checkpoint = await loadCheckpoint(folder);
  const { config, state, tokenizer, template, trainerState, base } = lora
    ? withAdapters(checkpoint, folder, lora, seed)
    : checkpoint;
  const machine = { ...(backend ? { backend } : {}), ...(workers ? { workers } : {}) };
  const engine = await createEngine({ config, seed, state, ...machine });
  const where = base === undefined ? {} : { base };
  const policy = createTransformerPolicy({ engine, tokenizer, template, name, ...where, ...options });
  return { policy, ...(trainerState ? { trainerState } : {}) };
}

/** A checkpoint with new adapters, whose base is its folder. The optimiser of its own weights stays behind. */
function withAdapters(
  { config: plain, state, ...rest }: Checkpoint,
  folder: string,
  lora: LoraConfig,
  seed: number,
): Checkpoint {
  if (plain.lora)
    throw new UsageError(
      `${folder} holds an adapter already, of rank ${plain.lora.rank}; go on with it, or merge it first.`,
    );
  const config = { ...plain, lora };
  const adapters = initialWeights(config, seed, trainedParameters(config));
  return {
    ...rest,
    config,
    state: { weights: new Map([...state.weights, ...adapters]) },
    base: resolve(folder),
  };
}

/** Options of writing a policy. */
export interface SavePolicyOptions {
  /** Write a model without adapters that computes the same, default false: an adapter alone. */
  readonly merge?: boolean;
}

/** Writes a policy as a checkpoint from which `openPolicy` goes on exactly. Throws an InfrastructureError. */
export async function savePolicy(
  folder: string,
  { engine, tokenizer, template, base }: TransformerPolicy,
  trainerState?: JsonObject,
  { merge = false }: SavePolicyOptions = {},
): Promise<void> {
  const state = await engine.exportState();
  const rest = { tokenizer, template, ...(trainerState ? { trainerState } : {}) };
  if (merge && engine.config.lora) {
    const { config, weights } = mergeAdapters(engine.config, state.weights);
    return saveCheckpoint(folder, { config, state: { weights }, ...rest });
  }
  return saveCheckpoint(folder, {
    config: engine.config,
    state,
    ...rest,
    ...(base === undefined ? {} : { base }),
  });
}
