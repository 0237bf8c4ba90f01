import { UsageError } from "../../../infra/errors.js";
import type { BackendName } from "../backend/name.js";
import { checkWeights, initialWeights, parameterCount, trainedParameters } from "../model/parameters.js";
import { checkState, checkStep } from "./checks.js";
import type { EngineState, ModelConfig, ModelEngine } from "./engine.js";
import { checkGeneration } from "./generate.js";
import { flatSize } from "./gradient-buffer.js";
import { mergeShards } from "./loss-sums.js";
import { checkSequences } from "./packing.js";
import { createQueue } from "./queue.js";
import { pick, pickUnits, shard, unitsOf, unshard } from "./shards.js";
import { createReducerMemory, PEER_FAILED } from "./shared-reducer.js";
import { startWorker, type WorkerHandle } from "./worker-handle.js";

export interface WorkerEngineOptions {
  readonly config: ModelConfig;
  /** Of the first weights. */
  readonly seed: number;
  /** Start from here instead of new weights. */
  readonly state?: EngineState;
  /** Threads, default 2. Each holds a whole copy of the model. */
  readonly workers?: number;
  /** Default `wasm`. */
  readonly backend?: BackendName;
}

/**
 * Replicas in worker threads that stay in lockstep: every call is cut into shards, gradients are added up through
 * shared memory, and each replica takes the same AdamW step. This thread stays free. Numbers depend on how many
 * workers there are only by rounding, and not at all on timing.
 *
 * @throws InfrastructureError on every call once a thread has died.
 * @example
 * const engine = await createWorkerEngine({ config: smallConfig(2048), seed: 1, workers: 2 });
 */
export async function createWorkerEngine({
  config,
  seed,
  state = { weights: initialWeights(config, seed) },
  workers = 2,
  backend = "wasm",
}: WorkerEngineOptions): Promise<ModelEngine> {
  if (!Number.isInteger(workers) || workers < 1)
    throw new UsageError(`workers must be a positive integer, but is ${workers}.`);
  checkState(config, state);
  const parameters = parameterCount(config);
  const learning = parameterCount(config, trainedParameters(config));
  const memory = createReducerMemory(workers, flatSize(learning));
  const handles: WorkerHandle[] = [];
  const terminate = async () => {
    await Promise.all(handles.map((handle) => handle.terminate()));
  };
  for (let rank = 0; rank < workers; rank++) {
    // The others would wait for a dead one at the barrier for ever.
    handles.push(startWorker({ config, backend, state, rank, memory }, () => void terminate()));
  }
  const all = <T>(call: (handle: WorkerHandle, rank: number) => Promise<T>) => settleAll(handles.map(call));
  const [description] = await all((handle) => handle.call("start"));
  const queue = createQueue("The engine is closed; create a new one.");

  return {
    config,
    backend: `${description}, ${workers} ${workers === 1 ? "worker" : "workers"}`,
    parameterCount: parameters,
    generate: (prompts, options) =>
      queue.run(async () => {
        checkGeneration(prompts, options, config);
        const requests = prompts.map((prompt, stream) => ({ prompt, stream }));
        const shards = shard(requests, workers);
        const parts = await all((handle, rank) =>
          handle.call("generate", pick(requests, shards[rank]), options),
        );
        return unshard(shards, parts);
      }),
    logProbs: (sequences, weights = "current") =>
      queue.run(async () => {
        checkSequences(sequences, config.maxPositions);
        const shards = shard(sequences, workers);
        const parts = await all((handle, rank) =>
          handle.call("logProbs", pick(sequences, shards[rank]), weights),
        );
        return unshard(shards, parts);
      }),
    step: (loss, options) =>
      queue.run(async () => {
        const counts = checkStep(loss, options, config);
        const shards = shard(unitsOf(loss), workers);
        return mergeShards(
          await all((handle, rank) =>
            handle.call("step", pickUnits(loss, shards[rank] ?? []), counts, options),
          ),
        );
      }),
    keepReference: (weights) =>
      queue.run(async () => {
        if (weights) checkWeights(config, weights);
        await all((handle) => handle.call("keepReference", weights));
      }),
    exportState: () => queue.run(async () => handles[0]!.call("exportState")),
    importState: (imported) =>
      queue.run(async () => {
        checkState(config, imported);
        await all((handle) => handle.call("importState", imported));
      }),
    close: () => queue.close(terminate),
  };
}

/** Waits for all, then throws the first error there is, those that only follow from another replica's last. */
async function settleAll<T>(calls: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(calls);
  const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  const error = errors.find(({ message }) => message !== PEER_FAILED) ?? errors[0];
  if (error) throw error;
  return settled.map((one) => (one as PromiseFulfilledResult<T>).value);
}
