import { parentPort, workerData } from "node:worker_threads";
import { chooseBackend } from "../backend/choose.js";
import { Replica } from "./replica.js";
import { createSharedReducer } from "./shared-reducer.js";
import type {
  WorkerCalls,
  WorkerMethod,
  WorkerReply,
  WorkerRequest,
  WorkerStart,
} from "./worker-protocol.js";

/* One replica in a thread of its own. The engine on the other side sends one request at a time. */

type Handlers = {
  [M in WorkerMethod]: (
    ...values: Parameters<WorkerCalls[M]>
  ) => Promise<ReturnType<WorkerCalls[M]>> | ReturnType<WorkerCalls[M]>;
};

const { config, backend, state, rank, memory } = workerData as WorkerStart;
const { ops, description } = await chooseBackend({ prefer: backend });
const replica = new Replica({ config, ops, state, reducer: createSharedReducer(memory, rank) });

const handlers: Handlers = {
  start: () => description,
  generate: (requests, options) => replica.generate(requests, options),
  logProbs: (sequences, weights) => replica.logProbs(sequences, weights),
  step: (loss, completionTokens, options) => replica.step(loss, completionTokens, options),
  keepReference: (weights) => replica.keepReference(weights),
  exportState: () => replica.exportState(),
  importState: (imported) => replica.importState(imported),
};

parentPort?.on("message", async ({ id, method, arguments: values }: WorkerRequest) => {
  const handle = handlers[method] as (...values: readonly unknown[]) => unknown;
  let reply: WorkerReply;
  try {
    reply = { id, value: await handle(...values) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    reply = { id, error: { name, message } };
  }
  parentPort?.postMessage(reply);
});
