import { onBackend } from "../backend/active.js";
import { chooseBackend } from "../backend/choose.js";
import type { BackendName } from "../backend/name.js";
import { checkWeights, initialWeights, parameterCount } from "../model/parameters.js";
import { checkState, checkStep } from "./checks.js";
import type { EngineState, ModelConfig, ModelEngine } from "./engine.js";
import { checkGeneration } from "./generate.js";
import { checkSequences } from "./packing.js";
import { createQueue } from "./queue.js";
import { Replica } from "./replica.js";

export interface LocalEngineOptions {
  readonly config: ModelConfig;
  /** Of the first weights. */
  readonly seed: number;
  /** Start from here instead of new weights. */
  readonly state?: EngineState;
  /** Default: the best that loads. */
  readonly backend?: BackendName;
}

/**
 * One replica of a model in this thread, which stays on its backend whatever others are opened. Calls, also those of
 * other such engines, are worked off one after the other; between tokens and micro-batches the thread is free.
 *
 * @example
 * const engine = await createLocalEngine({ config: smallConfig(2048), seed: 1 });
 */
export async function createLocalEngine({
  config,
  seed,
  state = { weights: initialWeights(config, seed) },
  backend,
}: LocalEngineOptions): Promise<ModelEngine> {
  checkState(config, state);
  const { name, ops, description } = await chooseBackend(backend ? { prefer: backend } : {});
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  const replica = await onBackend(name, async () => new Replica({ config, ops, state, pause }));
  const queue = createQueue("The engine is closed; create a new one.", (job) => onBackend(name, job));
  return {
    config,
    backend: description,
    parameterCount: parameterCount(config),
    generate: (prompts, options) =>
      queue.run(async () => {
        checkGeneration(prompts, options, config);
        return replica.generate(
          prompts.map((prompt, stream) => ({ prompt, stream })),
          options,
        );
      }),
    logProbs: (sequences, weights = "current") =>
      queue.run(async () => {
        checkSequences(sequences, config.maxPositions);
        return replica.logProbs(sequences, weights);
      }),
    step: (loss, options) =>
      queue.run(async () => replica.step(loss, checkStep(loss, options, config), options)),
    keepReference: (weights) =>
      queue.run(async () => {
        if (weights) checkWeights(config, weights);
        await replica.keepReference(weights);
      }),
    exportState: () => queue.run(() => replica.exportState()),
    importState: (imported) =>
      queue.run(async () => {
        checkState(config, imported);
        replica.importState(imported);
      }),
    close: () => queue.close(async () => replica.dispose()),
  };
}
