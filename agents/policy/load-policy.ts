import { basename } from "node:path";
import { loadCheckpoint } from "./checkpoint/index.js";
import { createEngine } from "./engine/index.js";
import type { TrainablePolicy } from "./policy.js";
import { createTransformerPolicy } from "./transformer-policy.js";

/**
 * Opens a checkpoint folder as a policy on the best backend at hand. Close it to end its worker threads.
 *
 * @throws UsageError when there is no checkpoint, or its model is no Llama.
 * @example
 * const policy = await loadPolicy("runs/quickstart/checkpoints/grpo");
 */
export async function loadPolicy(folder: string, name: string = basename(folder)): Promise<TrainablePolicy> {
  const { config, state, tokenizer, template } = await loadCheckpoint(folder);
  const engine = await createEngine({ config, seed: 0 });
  await engine.importState(state);
  return createTransformerPolicy({ engine, tokenizer, template, name });
}
